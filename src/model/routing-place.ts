// Where to point in the job configuration, and how to name what stands there.

import type { Label } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';
import { suggest } from '../text/suggest.ts';
import { type Located, spanOf } from './located.ts';
import type { Written } from './routing.ts';

/** The place of a value, or of its entry where the value has none. */
export function placeIn(value: Located<unknown> | undefined, entry: { readonly span: Span }): Span {
  const span = spanOf(value);
  return span && span.end > span.start ? span : entry.span;
}

/** The `<expand>` of an entry that a macro made, and nothing for all others. */
export function expansionOf({ expandedAt }: Written): readonly Label[] {
  return expandedAt ? [{ span: expandedAt, text: 'expanded here' }] : [];
}

/** A name in double quotes, cut where it is too long for a message. */
export function quoted(name: string): string {
  return `"${name.length > 60 ? `${name.slice(0, 57)}...` : name}"`;
}

/** Distinct wrong names for which the nearest right one is looked for. */
const MOST_SEARCHES = 200;

/**
 * "did you mean" for many wrong names against the same right ones: remembers its answers, and gives up on a file with
 * more wrong names than anybody reads suggestions for.
 */
export function suggester(candidates: Iterable<string>): (wrong: string) => string | undefined {
  const names = [...candidates];
  const found = new Map<string, string | undefined>();
  return (wrong) => {
    if (!found.has(wrong) && found.size < MOST_SEARCHES) found.set(wrong, suggest(wrong, names));
    return found.get(wrong);
  };
}

/** What follows a wrong name in a message: a suggestion, or nothing. */
export function didYouMean(near: string | undefined): string {
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
