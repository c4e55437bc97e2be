// The strings that break naive escaping, with what each target format can carry (test/hostile-values.json).

import { readFileSync } from 'node:fs';

interface HostileEntry {
  readonly value: string;
  readonly repeat?: number;
  readonly why: string;
  readonly [context: string]: unknown;
}

export interface Hostile {
  readonly value: string;
  readonly why: string;
  /** Whether the context can carry the value at all. */
  possible(context: string): boolean;
}

export const hostile: readonly Hostile[] = (
  JSON.parse(readFileSync('test/hostile-values.json', 'utf8')) as HostileEntry[]
).map((one) => ({
  value: one.value.repeat(one.repeat ?? 1),
  why: one.why,
  possible: (context) => one[context] === 'ok',
}));
