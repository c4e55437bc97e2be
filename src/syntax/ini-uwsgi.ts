// INI as uWSGI reads it (core/ini.c of 2.0): every line for itself, no inline comments, `=` alone divides, and `%` means
// something everywhere, in comments too.

import { type Source, type Span, span } from '../text/source.ts';
import { IniBuilder, type RawLine, rawLines } from './ini-build.ts';
import type { IniTree } from './ini-tree.ts';

export interface UwsgiTree extends IniTree {
  /** Each `%` at the end of a line: uWSGI takes the line break with it, so the next line becomes part of this one. */
  readonly joins: readonly Span[];
}

/**
 * What `%` and a letter stand for: `%d` the folder of the file. Undefined for what only the server knows (`%k`, its
 * processor cores), which then stays as it is written. All other letters vanish together with their sign.
 */
export type Magic = (letter: string) => string | undefined;

/**
 * @param path of the file on the server, absolute
 * @param first the file that was named first, which capitals stand for
 */
export function uwsgiMagic(path: string, first: string = path): Magic {
  const own = partsOf(path);
  const others = first === path ? own : partsOf(first);
  return (letter) => {
    if (/[DCNESP]/.test(letter)) return others.known[letter.toLowerCase()];
    if (Object.hasOwn(own.known, letter)) return own.known[letter];
    if (/[0-9]/.test(letter)) return own.folders[Number(letter)] ?? '';
    return /[bghijkotuvGIJOTUV]/.test(letter) ? undefined : '';
  };
}

function partsOf(path: string) {
  const slash = path.lastIndexOf('/');
  const name = path.slice(slash + 1);
  const folder = path.slice(0, slash + 1);
  const dot = name.lastIndexOf('.');
  const folders = folder.split('/').filter((one) => one !== '');
  const known: Readonly<Record<string, string>> = {
    '%': '%',
    '(': '%(',
    d: folder,
    c: folders.at(-1) ?? '',
    n: dot < 0 ? name : name.slice(0, dot),
    e: dot < 0 ? '' : name.slice(dot + 1),
    s: name,
    p: path,
    '[': '\x1b',
  };
  return { known, folders };
}

/** Characters of a line after `%` was replaced, each with its place in the file. */
interface Expanded {
  readonly text: string;
  readonly places: readonly number[];
}

export function readUwsgiIni(source: Source, magic: Magic): UwsgiTree {
  const out = new IniBuilder(source);
  const joins: Span[] = [];
  let parts: RawLine[] = [];
  for (const line of rawLines(source.text, 'lf')) {
    parts.push(line);
    if (swallowsBreak(source.text, line)) {
      joins.push(span(source, line.end - 1, line.end));
      continue;
    }
    readLine(source, parts, magic, out);
    parts = [];
  }
  if (parts.length > 0) readLine(source, parts, magic, out);
  return { ...out.finish('uwsgi'), joins };
}

// Signs go in pairs from the left; the last one takes the line break where it has no other partner.
function swallowsBreak(text: string, { start, end, ending }: RawLine): boolean {
  if (ending !== '\n' || text[end - 1] !== '%') return false;
  for (let at = start; at < end; at++) {
    if (text[at] !== '%') continue;
    if (at + 1 === end) return true;
    at++;
  }
  return false;
}

const isBlank = (character: string) => character === ' ' || character === '\t' || character === '\r';

function readLine(source: Source, parts: readonly RawLine[], magic: Magic, out: IniBuilder): void {
  const first = parts[0] as RawLine;
  const rest = (kind: 'comment' | 'continuation' | 'blank' | 'ignored' | 'header') => {
    for (const one of parts.slice(1)) out.line(one, kind, kind === 'continuation');
  };
  const { text, places } = expand(source.text, parts, magic);
  let from = 0;
  let to = text.length;
  while (from < to && isBlank(text[from] as string)) from++;
  while (to > from && isBlank(text[to - 1] as string)) to--;
  const place = (start: number, end: number): Span =>
    start < end
      ? span(source, places[start] as number, (places[end - 1] as number) + 1)
      : span(source, places[start] ?? first.end);
  if (from === to) {
    out.line(first, 'blank');
    rest('blank');
  } else if (text[from] === ';' || text[from] === '#') {
    out.line(first, 'comment');
    rest('comment');
  } else if (text[from] === '[') {
    // Whatever the last character is, it is dropped.
    out.header(first, text.slice(from + 1, Math.max(from + 1, to - 1)), place(from, to));
    rest('header');
  } else if (!out.started) {
    out.line(first, 'ignored');
    rest('ignored');
  } else {
    const sign = text.slice(0, to).indexOf('=', from);
    const key = trimmed(text, from, sign < 0 ? to : sign);
    const value = sign < 0 ? ([to, to] as const) : trimmed(text, sign + 1, to);
    const words = text.slice(...value);
    out.option(first, place(...key), place(...value), words, sign < 0, text.slice(...key));
    rest('continuation');
  }
}

function trimmed(text: string, start: number, end: number): readonly [number, number] {
  let from = start;
  let to = end;
  while (from < to && isBlank(text[from] as string)) from++;
  while (to > from && isBlank(text[to - 1] as string)) to--;
  return [from, to];
}

function expand(text: string, parts: readonly RawLine[], magic: Magic): Expanded {
  const words: string[] = [];
  const places: number[] = [];
  for (const { start, end, ending } of parts) {
    // The CR of CRLF is a character of the line.
    const last = ending === '\r\n' ? end + 1 : end;
    for (let at = start; at < last; at++) {
      const character = text[at] as string;
      const next = text[at + 1];
      // The very last one is followed by the end of the text, which it takes with it.
      if (character === '%' && next === undefined) continue;
      if (character !== '%' || next === undefined) {
        words.push(character);
        places.push(at);
        continue;
      }
      const replacement = next === '\n' ? '' : (magic(next) ?? `%${next}`);
      for (const one of replacement) {
        words.push(one);
        for (let unit = 0; unit < one.length; unit++) places.push(at + 1 < last ? at + 1 : at);
      }
      at++;
    }
  }
  return { text: words.join(''), places };
}
