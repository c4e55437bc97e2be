// The INI of supervisord with places: Python's RawConfigParser, duplicates allowed, inline comments with ";" and "#".

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../text/source.ts';

/** One line of a value: where it begins in the joined text, and where it stands. */
interface Piece {
  readonly at: number;
  readonly span: Span;
}

export interface IniValue {
  /** The lines without their blanks and comments, joined by LF; `%` is not expanded. */
  readonly text: string;
  /** In order, at least one. */
  readonly pieces: readonly Piece[];
  readonly key: Span;
}

export interface IniSection {
  readonly name: string;
  readonly header: Span;
  /** By lower-cased key; of duplicates the last. */
  readonly values: ReadonlyMap<string, IniValue>;
}

export interface Ini {
  /** In the order of their first headers; sections of one name are one. */
  readonly sections: readonly IniSection[];
  /** True when supervisord refuses the file: what could be read is here all the same. */
  readonly broken: boolean;
}

// What Python counts as white space, line ends included.
const blanks = '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000';
const blank = new RegExp(`[${blanks}]`);

/** Reads the text; lines that supervisord refuses are reported and left out. */
export function parseIni(source: Source, report: Report): Ini {
  const sections = new Map<string, { header: Span; values: Map<string, MutableValue> }>();
  let values: Map<string, MutableValue> | undefined;
  let open: MutableValue | undefined;
  let indent = 0;
  let broken = false;

  for (const { start, end } of lines(source.text)) {
    const comment = commentStart(source.text, start, end);
    const place = trimmed(source, start, comment ?? end);
    if (place.start === place.end) {
      if (comment === undefined && open) open.pieces.push(place);
      continue;
    }
    const depth = trimmed(source, start, end).start - start;
    if (open && depth > indent) {
      open.pieces.push(place);
      continue;
    }
    indent = depth;
    const text = source.text.slice(place.start, place.end);
    const close = text.startsWith('[') ? text.lastIndexOf(']') : -1;
    if (close > 1) {
      const name = text.slice(1, close);
      const section = sections.get(name) ?? { header: place, values: new Map() };
      sections.set(name, section);
      values = section.values;
      open = undefined;
      continue;
    }
    if (!values) {
      report(problem('GX181', 'a line stands before the first section', place, { help: noSection }));
      return { sections: [], broken: true };
    }
    const sign = text.search(/[=:]/);
    if (sign < 1) {
      const what = sign < 0 ? 'is neither a section nor "key=value"' : 'has no key';
      report(problem('GX180', `the line ${what}`, place, { help: indented }));
      broken = true;
      continue;
    }
    const key = trimmed(source, place.start, place.start + sign);
    open = { key, pieces: [trimmed(source, place.start + sign + 1, place.end)] };
    values.set(source.text.slice(key.start, key.end).toLowerCase(), open);
  }
  return {
    sections: [...sections].map(([name, one]) => ({
      name,
      header: one.header,
      values: new Map([...one.values].map(([key, value]) => [key, finished(value)])),
    })),
    broken,
  };
}

/** Where a stretch of a value's text stands; of more than one line, the part on the first. */
export function placeInValue(value: IniValue, from: number, to: number): Span {
  let first = value.pieces[0] as Piece;
  for (const piece of value.pieces) if (piece.at <= from) first = piece;
  const start = Math.min(first.span.start + from - first.at, first.span.end);
  return span(first.span.source, start, Math.max(start, Math.min(start + to - from, first.span.end)));
}

const noSection = 'begin the file with a section: [program:handler0]';
const indented = 'write key=value; a line that continues a value is indented';

interface MutableValue {
  readonly key: Span;
  readonly pieces: Span[];
}

function finished({ key, pieces: spans }: MutableValue): IniValue {
  const pieces: Piece[] = [];
  let at = 0;
  const texts = spans.map((one) => one.source.text.slice(one.start, one.end));
  // Empty lines behind a value are no part of it.
  while (texts.length > 1 && texts.at(-1) === '') texts.pop();
  for (const [index, text] of texts.entries()) {
    pieces.push({ at, span: spans[index] as Span });
    at += text.length + 1;
  }
  return { key, pieces, text: texts.join('\n') };
}

// Universal newlines: LF, CRLF and a lone CR.
function* lines(text: string): Generator<{ start: number; end: number }> {
  const breaks = /\r\n|\r|\n/g;
  let start = 0;
  for (let match = breaks.exec(text); match; match = breaks.exec(text)) {
    yield { start, end: match.index };
    start = breaks.lastIndex;
  }
  yield { start, end: text.length };
}

// A ";" or "#" at the start of the line or behind a blank, also inside quotes. Python looks at the first ";" and the
// first "#" together, then at the second of each: a sign glued to a word puts off the others of its kind.
function commentStart(text: string, start: number, end: number): number | undefined {
  const line = text.slice(start, end);
  let places = [';', '#'].map((sign) => ({ sign, at: -1 }));
  while (places.length > 0) {
    places = places
      .map(({ sign, at }) => ({ sign, at: line.indexOf(sign, at + 1) }))
      .filter(({ at }) => at >= 0);
    const found = places.filter(({ at }) => at === 0 || blank.test(line[at - 1] as string));
    if (found.length > 0) return start + Math.min(...found.map(({ at }) => at));
  }
  return undefined;
}

function trimmed(source: Source, from: number, to: number): Span {
  let start = from;
  let end = to;
  while (start < end && blank.test(source.text[start] as string)) start++;
  while (end > start && blank.test(source.text[end - 1] as string)) end--;
  return span(source, start, end);
}
