// What fixes do to a file, as a diff that shows no secret.

import { unifiedDiff } from '../text/patch.ts';
import type { Span } from '../text/source.ts';
import { type Document, originalOffset } from './document.ts';
import { merged, type Range } from './ranges.ts';

/** Where secrets stand in a document, before and after. */
export interface SecretPlaces {
  readonly before: readonly Span[];
  readonly after: readonly Span[];
}

/**
 * The unified diff of a document, which `patch` applies unless a secret stands in it.
 * @param mask stands for a secret
 * @param redact masks secrets that are quoted elsewhere in the file, in a comment for example
 */
export function showChanges(
  document: Document,
  secrets: SecretPlaces,
  mask: string,
  redact: (text: string) => string,
): { readonly diff: string; readonly masked: boolean } {
  // What only the fixed file shows to be a secret was one before.
  const back = secrets.after.map(({ start, end }) => ({
    start: originalOffset(document, start),
    end: originalOffset(document, end),
  }));
  const name = document.original.path;
  const before = document.mark + redact(cover(document.original.text, [...secrets.before, ...back], mask));
  const after = document.mark + redact(cover(document.text, secrets.after, mask));
  const diff = unifiedDiff({ name, text: before }, { name, text: after });
  return { diff, masked: diff.includes(mask) };
}

/** The text with these ranges masked, but for quotes around them and line ends in them. */
function cover(text: string, ranges: readonly Range[], mask: string): string {
  const parts: string[] = [];
  let done = 0;
  for (const { start, end } of merged(ranges)) {
    const raw = text.slice(start, end);
    const quote = /^(["'])[\s\S]*\1$/.test(raw) && raw.length > 1 ? (raw[0] ?? '') : '';
    const inner = raw.slice(quote.length, raw.length - quote.length);
    parts.push(text.slice(done, start), quote, inner.replace(/[^\s][^\r\n]*/g, mask), quote);
    done = end;
  }
  parts.push(text.slice(done));
  return parts.join('');
}
