// Strict reading of attributes, and of references in them and in text.

import { isSpace, nameEnd, readReference, skipSpace } from './xml-chars.ts';
import { type Cursor, place, REFUSED, stop, tell } from './xml-cursor.ts';

/** Attributes of one tag from which on they are found through a map: until then comparing costs less. */
const MANY = 16;

/** Reads the attribute at `at`. @returns the offset behind its value */
export function scanAttribute(cursor: Cursor, at: number): number {
  const { text } = cursor;
  const stopAt = nameEnd(text, at);
  const equals = skipSpace(text, stopAt);
  const quoteAt = skipSpace(text, equals + 1);
  const quote = text.charCodeAt(quoteAt);
  if (text.charCodeAt(equals) !== 61 || (quote !== 34 && quote !== 39)) {
    const name = text.slice(at, stopAt);
    const missing = text.charCodeAt(equals) === 61 ? 'quotes around its value' : 'a value';
    stop(cursor, 'GX140', `attribute "${name}" has no ${missing}`, at, stopAt, {
      why: REFUSED,
      help: `write ${name}="..."`,
    });
    return text.length;
  }
  remember(cursor, at, stopAt);
  return scanValue(cursor, at, stopAt, quoteAt);
}

function remember(cursor: Cursor, at: number, end: number): void {
  const { names, text } = cursor;
  if (names.count === 0) names.byName = undefined;
  const first = firstPlace(cursor, at, end);
  if (first >= 0) {
    const name = text.slice(at, end);
    tell(cursor, 'GX143', `attribute "${name}" stands twice in one tag`, at, end, {
      labels: [{ span: place(cursor, first, first + name.length), text: 'first here' }],
      why: REFUSED,
      help: 'keep one of the two',
    });
    return;
  }
  names.starts[names.count] = at;
  names.ends[names.count] = end;
  names.count++;
  names.byName?.set(text.slice(at, end), at);
  names.qualified ||= hasColon(text, at, end);
}

/** Where an attribute of the same name stands in this tag, or -1. */
function firstPlace(cursor: Cursor, at: number, end: number): number {
  const { names, text } = cursor;
  if (names.count < MANY) {
    for (let index = 0; index < names.count; index++) {
      const start = names.starts[index] ?? 0;
      if ((names.ends[index] ?? 0) - start === end - at && same(text, start, at, end - at)) return start;
    }
    return -1;
  }
  names.byName ??= new Map(attributeNames(cursor).map((one) => [one.name, one.place]));
  return names.byName.get(text.slice(at, end)) ?? -1;
}

function same(text: string, a: number, b: number, length: number): boolean {
  for (let offset = 0; offset < length; offset++) {
    if (text.charCodeAt(a + offset) !== text.charCodeAt(b + offset)) return false;
  }
  return true;
}

/** True when a name in a range has a prefix. */
export function hasColon(text: string, from: number, to: number): boolean {
  for (let at = from; at < to; at++) if (text.charCodeAt(at) === 58) return true;
  return false;
}

function scanValue(cursor: Cursor, nameAt: number, nameStop: number, quoteAt: number): number {
  const { text } = cursor;
  const quote = text.charCodeAt(quoteAt);
  let lines = false;
  for (let pos = quoteAt + 1; pos < text.length && !cursor.stopped; pos++) {
    const code = text.charCodeAt(pos);
    if (code === quote) return pos + 1;
    if (code === 38) checkReference(cursor, pos);
    else if (code === 10 || code === 13) lines = true;
    else if (code === 60) {
      // Without a quote to come, or when a later line starts a tag, the quote is missing; "<" needs no escaping.
      if (lines || text.indexOf(quote === 34 ? '"' : "'", pos) < 0) break;
      tell(cursor, 'GX141', `an unescaped "<" in attribute "${text.slice(nameAt, nameStop)}"`, pos, pos + 1, {
        why: REFUSED,
        help: 'write "&lt;"',
        fix: {
          title: 'write "&lt;"',
          edits: [{ span: place(cursor, pos, pos + 1), text: '&lt;' }],
          safe: true,
        },
      });
    }
  }
  const name = text.slice(nameAt, nameStop);
  stop(cursor, 'GX140', `the value of attribute "${name}" is not closed`, quoteAt, quoteAt + 1, {
    why: REFUSED,
    help: `add the missing ${quote === 34 ? 'double' : 'single'} quote`,
  });
  return text.length;
}

/** Tells what is wrong with the reference at the `&` at `at`, if anything is. */
export function checkReference(cursor: Cursor, at: number): void {
  const { text } = cursor;
  const reference = readReference(text, at);
  if (reference.text !== undefined) return;
  if (reference.end === at) {
    tell(cursor, 'GX141', 'an unescaped "&"', at, at + 1, {
      why: REFUSED,
      help: 'write "&amp;"',
      fix: {
        title: 'write "&amp;"',
        edits: [{ span: place(cursor, at, at + 1), text: '&amp;' }],
        safe: true,
      },
    });
    return;
  }
  const raw = text.slice(at, reference.end);
  const shown = raw.length > 40 ? `${raw.slice(0, 40)}...` : raw;
  if (reference.name === undefined) {
    tell(cursor, 'GX145', `"${shown}" stands for no character that XML allows`, at, reference.end, {
      why: REFUSED,
      help: 'remove it',
    });
    return;
  }
  tell(cursor, 'GX145', `entity "${shown}" is not defined`, at, reference.end, {
    why: REFUSED,
    help: 'XML knows "&amp;", "&lt;", "&gt;", "&quot;", "&apos;" and numbers such as "&#160;"',
  });
}

/** The attributes of the tag being read, so far. */
export function attributeNames({ text, names }: Cursor): { name: string; place: number }[] {
  const found: { name: string; place: number }[] = [];
  for (let index = 0; index < names.count; index++) {
    const start = names.starts[index] ?? 0;
    found.push({ name: text.slice(start, names.ends[index]), place: start });
  }
  return found;
}

/** True when nothing but white space stands in a range. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let pos = from; pos < to; pos++) if (!isSpace(text.charCodeAt(pos))) return false;
  return true;
}
