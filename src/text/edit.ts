// Edits of a text by offsets.

import type { Source, Span } from './source.ts';

/** Replace what `span` covers by `text`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly text: string;
}

/**
 * The text of `source` after the edits, given in any order. Insertions at one place keep the order in which they
 * are given.
 * @returns undefined when two edits overlap, or one belongs to another source or lies outside the text: whoever
 *   offered them did not know of each other, and any result would be a guess
 */
export function applyEdits(source: Source, edits: readonly TextEdit[]): string | undefined {
  const sorted = [...edits].sort((a, b) => a.span.start - b.span.start || a.span.end - b.span.end);
  const parts: string[] = [];
  let done = 0;
  for (const { span, text } of sorted) {
    if (span.source.path !== source.path || span.start > span.end || span.end > source.text.length)
      return undefined;
    if (span.start < done) return undefined;
    parts.push(source.text.slice(done, span.start), text);
    done = span.end;
  }
  parts.push(source.text.slice(done));
  return parts.join('');
}
