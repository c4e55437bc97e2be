// What two sets of files run, process by process: what each would be given otherwise, in words without secrets.

import { differenceWords, valueWords } from '../model/compare-words.ts';
import { maskedArguments } from '../model/fact.ts';
import type { RunningProcess, RunningSet } from '../model/running.ts';
import { looksSecret } from '../model/secrets.ts';

export interface RunningDifference {
  /** As its manager calls it. */
  readonly id: string;
  readonly before?: RunningProcess;
  readonly after?: RunningProcess;
  /** True when both are there and a restart would change nothing. */
  readonly same: boolean;
  /** What it only gets by a restart: `UMask 022 to 027`. */
  readonly atStart: readonly string[];
  /** What it gets without one. */
  readonly atOnce: readonly string[];
  /** Settings that have another value, or none any more: what is added is not among them. */
  readonly replaced: readonly string[];
}

/** One setting, or one variable, that differs. */
interface Change {
  readonly change: 'added' | 'removed' | 'changed';
  readonly words: string;
}

/** Every process of either set, in the order of `after`, then those that are gone. */
export function compareRunning(before: RunningSet, after: RunningSet): RunningDifference[] {
  const old = new Map(before.processes.map((one) => [one.id, one]));
  const fresh = new Set(after.processes.map((one) => one.id));
  const gone = before.processes.filter((one) => !fresh.has(one.id));
  return [
    ...after.processes.map((one) => compareProcess(one.id, old.get(one.id), one)),
    ...gone.map((one) => compareProcess(one.id, one, undefined)),
  ];
}

function compareProcess(
  id: string,
  before: RunningProcess | undefined,
  after: RunningProcess | undefined,
): RunningDifference {
  if (!before || !after)
    return {
      id,
      ...(before ? { before } : {}),
      ...(after ? { after } : {}),
      same: false,
      atStart: [],
      atOnce: [],
      replaced: [],
    };
  const atStart = settingsThatDiffer(before.atStart, after.atStart).flatMap((key) =>
    startChanges(key, before, after),
  );
  const atOnce = settingsThatDiffer(before.atOnce, after.atOnce).map((key) =>
    settingChange(key, before.atOnce, after.atOnce),
  );
  const wordsOf = (changes: readonly Change[]) => changes.map((one) => one.words);
  return {
    id,
    before,
    after,
    same: atStart.length === 0,
    atStart: wordsOf(atStart),
    atOnce: wordsOf(atOnce),
    replaced: wordsOf([...atStart, ...atOnce].filter((one) => one.change !== 'added')),
  };
}

function settingsThatDiffer(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
}

function startChanges(key: string, before: RunningProcess, after: RunningProcess): Change[] {
  if (key === 'command') return [{ change: 'changed', words: commandWords(before, after) }];
  if (key === 'environment') return variableChanges(before.env, after.env);
  return [settingChange(key, before.atStart, after.atStart)];
}

function commandWords(before: RunningProcess, after: RunningProcess): string {
  // supervisor has the command as text, in which only quotes may differ.
  if (JSON.stringify(before.argv) === JSON.stringify(after.argv)) return 'the command is written otherwise';
  const [old, fresh] = [before.argv, after.argv].map((argv) => maskedArguments(argv) ?? [...argv]);
  const words = differenceWords({
    path: ['process', after.name, 'argv'],
    change: 'changed',
    before: { value: old ?? [], shown: old ?? [] },
    after: { value: fresh ?? [], shown: fresh ?? [] },
    secret: [before.argv, after.argv].some((argv) => maskedArguments(argv) !== undefined),
  });
  return words.slice(words.indexOf(': ') + 2);
}

function variableChanges(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): Change[] {
  const found = settingsThatDiffer(before, after).map((name): Change => {
    const [old, fresh] = [before.get(name), after.get(name)];
    const secret = looksSecret(name, old ?? '') || looksSecret(name, fresh ?? '');
    const change = fresh === undefined ? 'removed' : old === undefined ? 'added' : 'changed';
    const variable = `variable ${valueWords(name)}`;
    if (secret) return { change, words: `${variable} ${change} (secret)` };
    if (change === 'removed') return { change, words: `${variable} removed` };
    return change === 'added'
      ? { change, words: `${variable} set to ${valueWords(fresh)}` }
      : { change, words: `${variable} ${valueWords(old)} to ${valueWords(fresh)}` };
  });
  return found.length > 0 ? found : [{ change: 'changed', words: 'the order of its variables' }];
}

function settingChange(
  key: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): Change {
  const name = key.replace(/^\w+\./, '');
  const [old = '', fresh = ''] = [before.get(key), after.get(key)];
  const change = old === '' ? 'added' : fresh === '' ? 'removed' : 'changed';
  if (name.startsWith('Exec')) return { change, words: `${name} ${change}` };
  if (change === 'added') return { change, words: `${name} set to ${valueWords(fresh)}` };
  return change === 'removed'
    ? { change, words: `${name} removed (it was ${valueWords(old)})` }
    : { change, words: `${name} ${valueWords(old)} to ${valueWords(fresh)}` };
}
