// Strict reading of start and end tags.

import { suggest } from '../text/suggest.ts';
import { nameEnd, skipSpace } from './xml-chars.ts';
import { type Cursor, place, REFUSED, stop, tell } from './xml-cursor.ts';
import { attributeNames, hasColon, scanAttribute } from './xml-scan-attribute.ts';

/** Depth of nesting that is read; a job configuration needs six. */
export const DEEPEST = 100;

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
