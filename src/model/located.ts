// A value that knows where it comes from.

import type { Span } from '../text/source.ts';

/** `source`: written there; `default`: nobody wrote it; `derived`: follows from something else, named in `from`. */
export type Origin =
  | { readonly kind: 'source'; readonly span: Span }
  | { readonly kind: 'default' }
  | { readonly kind: 'derived'; readonly from: string; readonly span?: Span };

export interface Located<T> {
  readonly value: T;
  readonly origin: Origin;
}

export function written<T>(value: T, span: Span): Located<T> {
  return { value, origin: { kind: 'source', span } };
}

export function byDefault<T>(value: T): Located<T> {
  return { value, origin: { kind: 'default' } };
}

/** @param from what it follows from, in words: `galaxy.data_dir` */
export function derived<T>(value: T, from: string, span?: Span): Located<T> {
  return { value, origin: { kind: 'derived', from, ...(span ? { span } : {}) } };
}

/** The same origin with another value: for a conversion of what was written. */
export function map<T, U>(located: Located<T>, change: (value: T) => U): Located<U> {
  return { value: change(located.value), origin: located.origin };
}

/** The place to point at, if there is one. */
export function spanOf(located: Located<unknown> | undefined): Span | undefined {
  const origin = located?.origin;
  return origin === undefined || origin.kind === 'default' ? undefined : origin.span;
}

/** True when the administrator wrote the value. */
export function isWritten(located: Located<unknown> | undefined): boolean {
  return located?.origin.kind === 'source';
}
