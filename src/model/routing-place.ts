// Where to point in the job configuration, and how to name what stands there.

import type { Label } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';
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
