// Strict reading of start and end tags.

import { suggest } from '../text/suggest.ts';
import { isSpace, nameEnd, readReference, skipSpace } from './xml-chars.ts';
import { type Cursor, place, stop, tell } from './xml-cursor.ts';

/** Depth of nesting that is read; a job configuration needs six. */
export const DEEPEST = 100;

const REFUSED = 'no XML parser accepts the file, and Galaxy does not start with it';

/** Attributes of one tag from which on they are found through a map: until then comparing costs less. */
const MANY = 16;

/**
 * A start tag without anything to look into: at most eight attributes, plain names, values free of `&`, `<` and `>`, no
 * name twice. One native match instead of a walk over characters makes the scan of a long file six times faster.
 */
const PLAIN_TAG =
  /<[A-Za-z_][\w.-]*(?:[ \t\r\n]+([A-Za-z_][\w.-]*)(?![^<>]*[ \t\r\n]\1[ \t\r\n]*=)[ \t\r\n]*=[ \t\r\n]*(?:"[^"<>&]*"|'[^'<>&]*')){0,8}[ \t\r\n]*\/?>/y;

/**
 * Reads the start tag at `at` and opens its element, unless it closes itself.
 * @returns the offset behind the tag
 */
export function scanStartTag(cursor: Cursor, at: number): number {
  const { text } = cursor;
  const from = at + 1;
  PLAIN_TAG.lastIndex = at;
  if (cursor.open.length < DEEPEST && PLAIN_TAG.test(text)) {
    const end = PLAIN_TAG.lastIndex;
    if (text.charCodeAt(end - 2) !== 47) {
      cursor.open.push({ name: text.slice(from, nameEnd(text, from)), at: from });
    }
    return end;
  }
  let pos = nameEnd(text, from);
  if (pos === from) {
    stop(cursor, 'GX141', 'a "<" that starts no tag', at, at + 1, {
      why: REFUSED,
      help: 'write "&lt;" for a "<" that is text',
    });
    return at + 1;
  }
  const nameStop = pos;
  const names = cursor.names;
  names.count = 0;
  names.qualified = false;
  while (!cursor.stopped) {
    const next = skipSpace(text, pos);
    const code = text.charCodeAt(next);
    if (code === 62 || (code === 47 && text.charCodeAt(next + 1) === 62)) {
      open(cursor, from, nameStop, code === 47);
      return next + (code === 62 ? 1 : 2);
    }
    if (next >= text.length || code === 60) unclosedTag(cursor, from, nameStop, next);
    else if (next === pos || nameEnd(text, next) === next) {
      unexpected(cursor, next, text.slice(from, nameStop), next === pos);
    } else pos = scanAttribute(cursor, next);
  }
  return text.length;
}

/** Reads the end tag at `at` and closes its element. @returns the offset behind the tag */
export function scanEndTag(cursor: Cursor, at: number): number {
  const { text, open: stack } = cursor;
  const from = at + 2;
  const nameStop = nameEnd(text, from);
  const close = skipSpace(text, nameStop);
  const current = stack.at(-1);
  if (nameStop === from || text.charCodeAt(close) !== 62) {
    stop(cursor, 'GX140', 'an end tag that is not complete', at, Math.max(nameStop, at + 2), {
      why: REFUSED,
      help: current ? `write "</${current.name}>"` : 'remove it',
    });
    return text.length;
  }
  const name = text.slice(from, nameStop);
  if (current?.name === name) {
    stack.pop();
    return close + 1;
  }
  mismatch(cursor, name, at, close + 1);
  return text.length;
}

function mismatch(cursor: Cursor, name: string, start: number, end: number): void {
  const current = cursor.open.at(-1);
  if (!current) {
    stop(cursor, 'GX142', `"</${name}>" closes nothing`, start, end, { why: REFUSED, help: 'remove it' });
    return;
  }
  const outer = cursor.open.findLast((one) => one.name === name);
  const similar = outer === undefined && suggest(name, [current.name]) !== undefined;
  stop(
    cursor,
    'GX142',
    outer
      ? `"${current.name}" is not closed before "</${name}>"`
      : `"</${name}>" does not close "${current.name}"`,
    start,
    end,
    {
      labels: [
        {
          span: place(cursor, current.at, current.at + current.name.length),
          text: `"${current.name}" is opened here`,
        },
      ],
      why: REFUSED,
      help: similar ? `write "</${current.name}>"` : `close "${current.name}" first`,
    },
  );
}

function open(cursor: Cursor, from: number, to: number, closed: boolean): void {
  const { text, names } = cursor;
  if (cursor.open.length >= DEEPEST) {
    stop(cursor, 'GX147', `elements are nested more than ${DEEPEST} deep`, from, to, {
      why: 'a configuration never is, and reading it could take unbounded memory',
      help: 'this is not a Galaxy configuration file',
    });
    return;
  }
  const qualified = hasColon(text, from, to) || names.qualified;
  if (closed && !qualified) return;
  const element = { name: text.slice(from, to), at: from };
  cursor.open.push(qualified ? { ...element, prefixes: declaredPrefixes(cursor) } : element);
  if (qualified) checkPrefixes(cursor, element.name, from);
  if (closed) cursor.open.pop();
}

function declaredPrefixes(cursor: Cursor): ReadonlySet<string> {
  const prefixes = new Set<string>();
  for (const { name } of attributeNames(cursor)) if (name.startsWith('xmlns:')) prefixes.add(name.slice(6));
  return prefixes;
}

function checkPrefixes(cursor: Cursor, element: string, at: number): void {
  for (const { name, place: start } of [{ name: element, place: at }, ...attributeNames(cursor)]) {
    const prefix = name.slice(0, Math.max(0, name.indexOf(':')));
    if (!name.includes(':') || prefix === 'xml' || prefix === 'xmlns') continue;
    if (cursor.open.some((one) => one.prefixes?.has(prefix))) continue;
    tell(cursor, 'GX151', `the name space prefix of "${name}" is not declared`, start, start + name.length, {
      why: 'the XML library that Galaxy uses refuses the file',
      help: 'write the name without ":"',
    });
  }
}

function attributeNames({ text, names }: Cursor): { name: string; place: number }[] {
  const found: { name: string; place: number }[] = [];
  for (let index = 0; index < names.count; index++) {
    const start = names.starts[index] ?? 0;
    found.push({ name: text.slice(start, names.ends[index]), place: start });
  }
  return found;
}

/** @returns the offset behind the attribute's value */
function scanAttribute(cursor: Cursor, at: number): number {
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

function hasColon(text: string, from: number, to: number): boolean {
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

function unclosedTag(cursor: Cursor, from: number, to: number, end: number): void {
  const next = { span: place(cursor, end, end + 1), text: 'the next tag starts here' };
  stop(cursor, 'GX140', `the tag "<${cursor.text.slice(from, to)}" is not closed`, from - 1, to, {
    labels: end < cursor.text.length ? [next] : [],
    why: REFUSED,
    help: 'add ">" or "/>"',
  });
}

function unexpected(cursor: Cursor, at: number, name: string, joined: boolean): void {
  const character = String.fromCodePoint(cursor.text.codePointAt(at) ?? 0);
  const missingSpace = joined && nameEnd(cursor.text, at) > at;
  stop(
    cursor,
    'GX140',
    missingSpace
      ? `no white space before the next attribute of "${name}"`
      : `unexpected "${character}" in the tag "<${name}"`,
    at,
    at + (missingSpace ? 1 : character.length),
    { why: REFUSED, help: missingSpace ? 'add a space' : 'write attributes as name="value"' },
  );
}

/** True when nothing but white space stands in a range. */
export function isBlank(text: string, from: number, to: number): boolean {
  for (let pos = from; pos < to; pos++) if (!isSpace(text.charCodeAt(pos))) return false;
  return true;
}
