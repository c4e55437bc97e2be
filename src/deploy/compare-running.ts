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
    };
  const atStart = settingsThatDiffer(before.atStart, after.atStart).flatMap((key) =>
    startWords(key, before, after),
  );
  const atOnce = settingsThatDiffer(before.atOnce, after.atOnce).map((key) =>
    changeWords(key, before.atOnce, after.atOnce),
  );
  return { id, before, after, same: atStart.length === 0, atStart, atOnce };
}

function settingsThatDiffer(a: ReadonlyMap<string, string>, b: ReadonlyMap<string, string>): string[] {
  return [...new Set([...a.keys(), ...b.keys()])].filter((key) => a.get(key) !== b.get(key));
}

function startWords(key: string, before: RunningProcess, after: RunningProcess): string[] {
  // supervisor has the command as text, in which only quotes may differ.
  if (key === 'command') {
    const sides = [before.argv, after.argv].map((argv) => maskedArguments(argv) ?? [...argv]);
    const [old = [], fresh = []] = sides;
    if (JSON.stringify(before.argv) === JSON.stringify(after.argv))
      return ['the command is written otherwise'];
    return [
      differenceWords({
        path: ['process', after.name, 'argv'],
        change: 'changed',
        before: { value: old, shown: old },
        after: { value: fresh, shown: fresh },
        secret: [before.argv, after.argv].some((argv) => maskedArguments(argv) !== undefined),
      }).replace(/^.*?: /s, ''),
    ];
  }
  if (key === 'environment') return environmentWords(before.env, after.env);
  return [changeWords(key, before.atStart, after.atStart)];
}

function environmentWords(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): string[] {
  const names = settingsThatDiffer(before, after);
  const words = names.map((name) => {
    const [old, fresh] = [before.get(name), after.get(name)];
    const secret = looksSecret(name, old ?? '') || looksSecret(name, fresh ?? '');
    const state = fresh === undefined ? 'removed' : old === undefined ? 'added' : 'changed';
    if (secret) return `variable ${valueWords(name)} ${state} (secret)`;
    if (state === 'removed') return `variable ${valueWords(name)} removed`;
    return state === 'added'
      ? `variable ${valueWords(name)} set to ${valueWords(fresh)}`
      : `variable ${valueWords(name)} ${valueWords(old)} to ${valueWords(fresh)}`;
  });
  return words.length > 0 ? words : ['the order of its variables'];
}

function changeWords(
  key: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string {
  const name = key.replace(/^\w+\./, '');
  const [old, fresh] = [before.get(key), after.get(key)];
  if (name.startsWith('Exec')) return `${name} changed`;
  if (old === undefined || old === '') return `${name} set to ${valueWords(fresh)}`;
  if (fresh === undefined || fresh === '') return `${name} removed (it was ${valueWords(old)})`;
  return `${name} ${valueWords(old)} to ${valueWords(fresh)}`;
}
