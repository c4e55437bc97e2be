// What a report must not show. Frames mask by place; notes and the like, which quote values, mask by text.

import type { Fix } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';

/** Stands for a secret of any length, so that not even its length is told. */
export const mask = '********';

// A shorter secret is likely to be an ordinary word ("galaxy"), which would be blotted out everywhere.
const distinctive = 8;

export interface Secrets {
  /** The secret ranges of a source that touch `[start, end)`, in order, not overlapping. */
  within(span: Span): readonly { readonly start: number; readonly end: number }[];
  /**
   * The text with secrets masked: those of 8 characters and more wherever they appear. Shorter ones only where
   * `quotesValues` says that the text quotes configuration, and only as whole words.
   */
  redact(text: string, quotesValues: boolean): string;
}

/** Prepares the masking of these places; sources are told apart by path. */
export function makeSecrets(spans: readonly Span[]): Secrets {
  const places = new Map<string, { start: number; end: number }[]>();
  for (const span of [...spans].sort((a, b) => a.start - b.start)) {
    if (span.end <= span.start) continue;
    const list = places.get(span.source.path) ?? [];
    const last = list.at(-1);
    if (last && span.start < last.end) last.end = Math.max(last.end, span.end);
    else list.push({ start: span.start, end: span.end });
    places.set(span.source.path, list);
  }
  const texts = [...new Set(spans.flatMap(spellings))].sort(
    (a, b) => b.length - a.length || (a < b ? -1 : 1),
  );
  const long = texts.filter((text) => text.length >= distinctive);
  const short = wholeWords(texts.filter((text) => text.length < distinctive));
  return {
    within: ({ source, start, end }) => {
      const list = places.get(source.path) ?? [];
      let first = firstAfter(list, start);
      const found = [];
      for (let one = list[first]; one && one.start < end; one = list[++first]) found.push(one);
      return found;
    },
    redact: (text, quotesValues) => {
      // No regular expression: one secret may be longer than any may be.
      const once = long.reduce((rest, secret) => rest.replaceAll(secret, mask), text);
      return quotesValues && short ? once.replace(short, mask) : once;
    },
  };
}

/** False for a fix that holds a secret. A masked edit would write the mask into the file: only `--fix` may use it. */
export function isPublic(fix: Fix, { redact, within }: Secrets): boolean {
  return fix.edits.every((edit) => redact(edit.text, true) === edit.text && within(edit.span).length === 0);
}

/** The index of the first range that ends after `offset`. */
function firstAfter(list: readonly { end: number }[], offset: number): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.end ?? 0) > offset) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** How a secret may be quoted in a note: as written, without quotes, and line by line. */
function spellings({ source, start, end }: Span): string[] {
  const raw = source.text.slice(start, end).trim();
  const inner = /^(["'])[\s\S]*\1$/.test(raw) && raw.length > 1 ? raw.slice(1, -1) : raw;
  return [inner, ...inner.split(/[\r\n]+/).map((line) => line.trim())].filter((text) => text.length > 0);
}

function wholeWords(texts: readonly string[]): RegExp | undefined {
  if (texts.length === 0) return undefined;
  const either = texts.map((text) => text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&')).join('|');
  return new RegExp(`(?<![\\p{L}\\p{N}_])(?:${either})(?![\\p{L}\\p{N}_])`, 'gu');
}
