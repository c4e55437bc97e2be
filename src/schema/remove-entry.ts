// A key and its value taken out of a block mapping, with every comment left where it is.

import type { Edit } from '../diagnostics/diagnostic.ts';
import type { Entry, MapNode } from '../syntax/tree.ts';
import { type Source, span } from '../text/source.ts';

/**
 * The edits that remove an entry. A comment behind a value on one line stays, as a line of its own.
 * @returns undefined where that would take more with it than the entry: flow mappings, the only entry, an anchor or
 *   comments inside the value
 */
export function removeEntry(node: MapNode, { key, value, merged }: Entry): Edit[] | undefined {
  const { source, start } = key.span;
  const { text } = source;
  if (merged || node.entries.length < 2 || text[node.span.start] === '{') return undefined;
  const lineStart = startOfLine(text, start);
  if (!/^ *$/.test(text.slice(lineStart, start))) return undefined;
  const end = Math.max(value.span.end, text.indexOf(':', key.span.end) + 1);
  if (value.span.source !== source || end <= key.span.end) return undefined;
  const inside = text.slice(start, end);
  if (/(?:^|\s)[&*]/.test(inside) || (/[\r\n]/.test(inside) && inside.includes('#'))) return undefined;
  const rest = /^[ \t]*(#)?[^\r\n]*(?:\r\n|\r|\n)?/.exec(text.slice(end, endOfLine(text, end))) ?? [''];
  if (rest[1] === undefined && rest[0].trim() !== '') return undefined;
  if (rest[1] === undefined) return [cut(source, lineStart, end + rest[0].length)];
  return [cut(source, start, end + rest[0].indexOf('#'))];
}

function cut(source: Source, start: number, end: number): Edit {
  return { span: span(source, start, end), text: '' };
}

function startOfLine(text: string, at: number): number {
  let start = at;
  while (start > 0 && text[start - 1] !== '\n' && text[start - 1] !== '\r') start--;
  return start;
}

/** Behind the line end, or the end of the text. */
function endOfLine(text: string, at: number): number {
  let end = at;
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++;
  if (text[end] === '\r' && text[end + 1] === '\n') end++;
  return Math.min(end + 1, text.length);
}
