// What became of the strings of one place, or of all.

import type { Outcomes } from './attempt.ts';
import { compare } from './compare.ts';
import type { Place } from './places.ts';
import type { Trial } from './trial.ts';

export interface Tally {
  exact: number;
  /** Refused, and rightly so. */
  refused: number;
  /** Neither refused nor possible to try: the file cannot exist. */
  untried: number;
  /** What went wrong, one line a string. */
  readonly wrong: string[];
}

/** Adds up tallies. */
export function total(tallies: readonly Tally[]): Tally {
  const sum = emptyTally();
  for (const one of tallies) {
    sum.exact += one.exact;
    sum.refused += one.refused;
    sum.untried += one.untried;
    sum.wrong.push(...one.wrong);
  }
  return sum;
}

export function emptyTally(): Tally {
  return { exact: 0, refused: 0, untried: 0, wrong: [] };
}

/** Counts what arrived. @param whole see `compare` */
export function judge(
  place: Place,
  running: readonly Trial[],
  seen: Outcomes,
  whole: boolean,
  tally: Tally,
): void {
  for (const trial of running) {
    const expected = place.expected(trial.string.value, trial.spot);
    const difference = compare(expected, seen.get(trial.spot.instance), whole);
    if (difference === undefined) tally.exact++;
    else tally.wrong.push(`${describe(trial)}: ${difference}`);
  }
}

/** The string in words, for a list of what went wrong. */
export function describe({ string }: Trial): string {
  return `#${string.index} (${string.why})`;
}
