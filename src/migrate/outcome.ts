// What became of a line of a legacy file. Every line ends in exactly one of these.

/**
 * `kept`: the same name and value; `renamed`: the same value under another name; `moved`: the same thing in another
 * section or file; `replaced`: something else does its work; `dropped`: gone, with the reason; `undecided`: a person has
 * to choose, and the most careful choice stands until then.
 */
export const fates = ['kept', 'renamed', 'moved', 'replaced', 'dropped', 'undecided'] as const;

export type Fate = (typeof fates)[number];

export interface Outcome {
  readonly fate: Fate;
  /** Where it is now: `galaxy.brand`, `gravity.gunicorn.workers`, `the proxy`. */
  readonly to?: string;
  /** The reason, or what changes: one clause. Always there for `replaced`, `dropped` and `undecided`. */
  readonly why?: string;
  /** What there is to choose from when undecided; the first is what stands now. */
  readonly choices?: readonly string[];
  /** True for what an administrator should read even though nothing is asked. */
  readonly notable?: boolean;
}

export function kept(to?: string, why?: string): Outcome {
  return { fate: 'kept', ...(to === undefined ? {} : { to }), ...(why === undefined ? {} : { why }) };
}

export function renamed(to: string, why: string): Outcome {
  return { fate: 'renamed', to, why };
}

export function moved(to: string, why?: string): Outcome {
  return { fate: 'moved', to, ...(why === undefined ? {} : { why }) };
}

export function replaced(to: string, why: string, notable = false): Outcome {
  return { fate: 'replaced', to, why, ...(notable ? { notable } : {}) };
}

export function dropped(why: string, notable = false): Outcome {
  return { fate: 'dropped', why, ...(notable ? { notable } : {}) };
}

/** @param choices the first is what stands now */
export function undecided(why: string, choices: readonly string[], to?: string): Outcome {
  return { fate: 'undecided', why, choices, ...(to === undefined ? {} : { to }) };
}
