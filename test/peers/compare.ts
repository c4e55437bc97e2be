// Compares what two writers made of one configuration, and explains each difference from the list or reports it.

import type { Case } from './case.ts';
import type { Difference } from './differences.ts';
import type { Effective, Target } from './effective.ts';

/** One field of one process that is not the same on both sides. */
export interface Found {
  readonly target: Target;
  readonly id: string;
  /** `presence` when the whole process is on one side only. */
  readonly field: string;
  readonly gravity: string | undefined;
  readonly gxgen: string | undefined;
  /** Both sides of the process, as far as they exist. */
  readonly pair: { readonly gravity: Effective | undefined; readonly gxgen: Effective | undefined };
  readonly one: Case;
}

export interface Comparison {
  /** Processes on both sides; targets are not counted. */
  readonly compared: number;
  /** How often each entry of the list was needed, by its id. */
  readonly explained: ReadonlyMap<string, number>;
  readonly defects: readonly Found[];
}

/** @param about what the explanations may look at besides the two values */
export function compare(
  gravity: readonly Effective[],
  gxgen: readonly Effective[],
  about: Pick<Found, 'target' | 'one'>,
  allowed: readonly Difference[],
): Comparison {
  const left = new Map(gravity.map((one) => [one.id, one]));
  const right = new Map(gxgen.map((one) => [one.id, one]));
  const explained = new Map<string, number>();
  const defects: Found[] = [];
  let compared = 0;
  const judge = (found: Found) => {
    const entry = allowed.find((one) => (one.target ?? found.target) === found.target && one.explains(found));
    if (entry === undefined) defects.push(found);
    else explained.set(entry.id, (explained.get(entry.id) ?? 0) + 1);
  };
  for (const id of [...new Set([...left.keys(), ...right.keys()])].sort()) {
    const pair = { gravity: left.get(id), gxgen: right.get(id) };
    const base = { ...about, id, pair };
    if (pair.gravity === undefined || pair.gxgen === undefined) {
      judge({ ...base, field: 'presence', gravity: pair.gravity && 'there', gxgen: pair.gxgen && 'there' });
      continue;
    }
    if (pair.gravity.fields.has('argv')) compared++;
    const fields = new Set([...pair.gravity.fields.keys(), ...pair.gxgen.fields.keys()]);
    for (const field of [...fields].sort()) {
      const [one, other] = [pair.gravity.fields.get(field), pair.gxgen.fields.get(field)];
      if (one !== other) judge({ ...base, field, gravity: one, gxgen: other });
    }
  }
  return { compared, explained, defects };
}

/** The defect in words, with both values. */
export function describe(found: Found): string {
  const side = (value: string | undefined) => value ?? '(absent)';
  return `${found.target} ${found.id}: ${found.field}\n    Gravity: ${side(found.gravity)}\n    gxgen:   ${side(found.gxgen)}`;
}
