// INI as Python reads it: `ConfigParser` of 2.7, which legacy files were written for, and `configparser` of Python 3 in
// its strict default. Both keep the case of keys here, as PasteDeploy and Galaxy make them.

import { type Source, type Span, span } from '../text/source.ts';
import { IniBuilder, rawLines, trimSpan } from './ini-build.ts';
import type { IniTree } from './ini-tree.ts';

/** Reads the whole file; lines that Python refuses are in `refusals`, and the rest is read all the same. */
export function readPythonIni(source: Source, reader: 'python2' | 'python3'): IniTree {
  return reader === 'python2' ? readPython2(source) : readPython3(source);
}

// Bytes, so no blanks beyond ASCII.
const isBlank2 = (character: string) => ' \t\n\r\v\f'.includes(character);
// As `str.isspace`, which differs from JavaScript's trim in a few characters.
const isBlank3 = (character: string) =>
  (character.trim() === '' && character !== '\ufeff') ||
  (character >= '\x1c' && character <= '\x1f') ||
  character === '\x85';

function readPython2(source: Source): IniTree {
  const { text } = source;
  const out = new IniBuilder(source);
  let open = false;
  for (const line of rawLines(text, 'lf')) {
    // The CR of CRLF is a blank at the end of the line.
    const end = line.ending === '\r\n' ? line.end + 1 : line.end;
    const first = text[line.start] ?? '';
    const place = trimSpan(source, line.start, end, isBlank2);
    if (place.start === place.end) out.line(line, 'blank');
    else if (first === '#' || first === ';') out.line(line, 'comment');
    else if (isRemark(text.slice(line.start, end))) out.line(line, 'ignored');
    else if (isBlank2(first) && open) out.more(line, place);
    else {
      const header = headerOf(source, line.start, end, 'first');
      if (header) {
        out.header(line, nameOf(header), header);
        open = false;
      } else if (!out.started) {
        out.refuse({ kind: 'no-section', span: place });
        out.line(line, 'refused');
      } else {
        const sign = isBlank2(first) ? -1 : delimiter(text, line.start, end);
        if (sign > line.start) {
          out.option(line, ...optionOf2(source, line.start, sign, end));
          open = true;
        } else {
          out.refuse({ kind: 'no-delimiter', span: place });
          out.line(line, 'refused');
        }
      }
    }
  }
  return out.finish('python2');
}

// `rem` was a comment once, and ConfigParser still passes over the line.
function isRemark(line: string): boolean {
  return /^[rR][eE][mM](?:[ \t\n\r\v\f]|$)/.test(line);
}

function optionOf2(source: Source, start: number, sign: number, end: number): [Span, Span, string] {
  const { text } = source;
  const key = trimSpan(source, start, sign, isBlank2);
  let from = sign + 1;
  while (from < end && isBlank2(text[from] as string)) from++;
  let to = end;
  const rest = text.slice(from, end);
  const comment = rest.indexOf(';');
  // Only the first one is looked at. In front of one at the very beginning Python looks at the last character.
  if (comment >= 0 && isBlank2(rest.at(comment - 1) as string)) to = from + comment;
  const value = trimSpan(source, from, to, isBlank2);
  const words = text.slice(value.start, value.end);
  return [key, value, words === '""' ? '' : words];
}

function readPython3(source: Source): IniTree {
  const { text } = source;
  const out = new IniBuilder(source);
  // What strict parsing has seen: `section` and `section LF key`.
  const seen = new Map<string, Span>();
  let section = '';
  let open = false;
  let indent = 0;
  for (const line of rawLines(text, 'all')) {
    const place = trimSpan(source, line.start, line.end, isBlank3);
    if (place.start === place.end) {
      if (open) out.more(line, place, 'blank');
      else out.line(line, 'blank');
      continue;
    }
    const first = text[place.start];
    if (first === '#' || first === ';') {
      out.line(line, 'comment');
      continue;
    }
    const depth = place.start - line.start;
    if (open && depth > indent) {
      out.more(line, place);
      continue;
    }
    indent = depth;
    const header = headerOf(source, place.start, place.end, 'last');
    if (header) {
      section = nameOf(header);
      const other = seen.get(section);
      if (other && section !== 'DEFAULT') out.refuse({ kind: 'duplicate-section', span: header, other });
      else seen.set(section, header);
      out.header(line, section, header);
      open = false;
    } else if (!out.started) {
      out.refuse({ kind: 'no-section', span: place });
      out.line(line, 'refused');
    } else {
      const sign = delimiter(text, place.start, place.end);
      if (sign <= place.start) {
        out.refuse({ kind: 'no-delimiter', span: place });
        out.line(line, 'refused');
        continue;
      }
      const key = trimSpan(source, place.start, sign, isBlank3);
      const name = `${section}\n${text.slice(key.start, key.end)}`;
      const other = seen.get(name);
      if (other) out.refuse({ kind: 'duplicate', span: key, other });
      else seen.set(name, key);
      out.option(line, key, trimSpan(source, sign + 1, place.end, isBlank3));
      open = true;
    }
  }
  return out.finish('python3');
}

/** @param close which `]` ends the name */
function headerOf(source: Source, start: number, end: number, close: 'first' | 'last'): Span | undefined {
  if (source.text[start] !== '[') return undefined;
  const line = source.text.slice(start, end);
  const at = close === 'first' ? line.indexOf(']') : line.lastIndexOf(']');
  return at < 2 ? undefined : span(source, start, start + at + 1);
}

function nameOf({ source, start, end }: Span): string {
  return source.text.slice(start + 1, end - 1);
}

// The first of the two, whichever it is.
function delimiter(text: string, start: number, end: number): number {
  for (let at = start; at < end; at++) if (text[at] === '=' || text[at] === ':') return at;
  return -1;
}
