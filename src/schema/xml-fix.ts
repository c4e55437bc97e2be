// Remedies for what is misspelt in XML: edits of tags and values, where they can be made in one place.

import type { Edit, Fix } from '../diagnostics/diagnostic.ts';
import type { XmlElement } from '../syntax/xml-tree.ts';
import type { Span } from '../text/source.ts';
import { certain, suggest } from '../text/suggest.ts';

/**
 * Renames the start tag and, where there is one, the end tag; undefined for what a macro brought here.
 */
export function renameTags(
  { name, nameSpan, openSpan, span, expandedAt }: XmlElement,
  to: string,
): Edit[] | undefined {
  if (expandedAt.length > 0) return undefined;
  const edits = [{ span: nameSpan, text: to }];
  if (openSpan.end >= span.end) return edits;
  const { source } = span;
  const start = source.text.lastIndexOf('</', span.end) + 2;
  const end = start + name.length;
  if (start <= openSpan.end || source.text.slice(start, end) !== name) return undefined;
  return [...edits, { span: { source, start, end }, text: to }];
}

/** True for a handler among lists of handlers: that is a thing of its own, not a slip. */
export function isPlural(one: string, other: string): boolean {
  return `${one}s` === other || `${other}s` === one;
}

/** The allowed word that is nearest to a value, in its place. @param span of the value, without quotes */
export function correctWord(value: string, words: readonly string[], span: Span): Fix | undefined {
  const near = suggest(value, words);
  if (near === undefined || span.end <= span.start || /[<&"']/.test(near)) return undefined;
  return {
    title: `write "${near}"`,
    safe: value.length >= 4 && certain(value, words) === near,
    edits: [{ span, text: near }],
  };
}
