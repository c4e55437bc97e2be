// What gxgen does with every hostile string in one place: refuses it at the value, or has it delivered.

import { readFileSync } from 'node:fs';
import { attempt } from './attempt.ts';
import { errorsOf, type Problem, render } from './gxgen.ts';
import type { Place, Target } from './places.ts';
import { folder } from './scratch.ts';
import { describe, emptyTally, judge, type Tally } from './tally.ts';
import type { Trial } from './trial.ts';

/** What gxgen made of a place. */
export interface Compiled {
  readonly place: Place;
  readonly target: Target;
  /** With what was decided already: the refusals. */
  readonly tally: Tally;
  /** Those whose process can be started. */
  readonly running: readonly Trial[];
  /** The folder with the files. */
  readonly out: string;
}

/** Compiles a place: first all strings, to see which are refused and how; then the others, into files. */
export async function compilePlace(
  place: Place,
  target: Target,
  trials: readonly Trial[],
): Promise<Compiled> {
  const tally = emptyTally();
  const errors = await errorsOf(
    trials.map(({ spot }) => spot.config),
    target,
  );
  const running = trials.filter((trial) => {
    const own = errors.filter(({ file }) => file === trial.spot.config);
    if (own.length > 0) judgeRefusal(place, target, trial, own, tally);
    else if (!trial.exists) tally.untried++;
    return own.length === 0 && trial.exists;
  });
  const configs = new Set(trials.map(({ spot }) => spot.config));
  for (const { file, message } of errors) {
    if (file === null || !configs.has(file)) tally.wrong.push(`an error without a place: ${message}`);
  }
  const out = folder('fidelity', place.key, `out-${target}`);
  if (running.length > 0)
    await render(
      running.map(({ spot }) => spot.config),
      target,
      out,
    );
  return { place, target, tally, running, out };
}

/** Starts what was compiled and looks at every process. @param python see `startSupervisor` */
export async function deliver(
  { place, target, tally, running, out }: Compiled,
  python?: string,
): Promise<Tally> {
  const result: Tally = { ...tally, wrong: [...tally.wrong] };
  if (running.length === 0) return result;
  const files = target === 'supervisor' ? [`${out}/*.conf`] : [out];
  const seen = await attempt({
    place,
    target,
    trials: running,
    files,
    patience: 20,
    ...(python ? { python } : {}),
  });
  judge(place, running, seen, true, result);
  return result;
}

function judgeRefusal(
  place: Place,
  target: Target,
  trial: Trial,
  errors: readonly Problem[],
  tally: Tally,
): void {
  const [first] = errors;
  const reason = place.impossible(trial.string.value, target, trial.spot);
  const lines = readFileSync(trial.spot.config, 'utf8').split('\n');
  const line = lines.findIndex((text) => text.trimStart().startsWith(`${place.mark}:`)) + 1;
  const off = errors.find((one) => one.line !== (place.markIsAbove ? line + 1 : line));
  if (reason === undefined)
    tally.wrong.push(
      `${describe(trial)}: refused, though possible: ${first?.code} ${first?.message.slice(0, 300)}`,
    );
  else if (off)
    tally.wrong.push(
      `${describe(trial)}: ${off.code} points at line ${off.line}, the value stands in line ${line}`,
    );
  else tally.refused++;
}
