// The comments of a source that speak to gxgen. Comments are in no tree, so the text is read again, but only where the
// word stands in it at all.

import { yamlComments } from '../syntax/yaml-compose.ts';
import { lineStart, position, type Source, type Span, span } from '../text/source.ts';

export interface Comment {
  /** With its marks. */
  readonly span: Span;
  /** Offset of the first and behind the last character between the marks. */
  readonly start: number;
  readonly end: number;
}

const word = 'gxgen-';

/** XML files begin with a tag; no YAML file that gxgen reads does. */
export function isXml({ text }: Source): boolean {
  return /^\s*<[?!A-Za-z_]/.test(text.slice(0, 1_000));
}

/** The comments that begin with `gxgen-`, in order. @param source without errors of syntax */
export function ownComments(source: Source): Comment[] {
  if (!source.text.includes(word)) return [];
  const all = isXml(source) ? xmlComments(source) : yamlComments(source).map(yamlComment);
  return all.filter(({ start, end }) => source.text.slice(start, end).trimStart().startsWith(word));
}

function yamlComment(place: Span): Comment {
  return { span: place, start: place.start + 1, end: place.end };
}

/** Comments of well-formed XML: outside CDATA sections and instructions, and no attribute may hold a "<". */
function xmlComments(source: Source): Comment[] {
  const { text } = source;
  const comments: Comment[] = [];
  for (let at = text.indexOf('<'); at >= 0; at = text.indexOf('<', at)) {
    if (text.startsWith('<!--', at)) {
      const close = endOf(text, '-->', at + 4);
      comments.push({ span: span(source, at, close), start: at + 4, end: Math.max(at + 4, close - 3) });
      at = close;
    } else if (text.startsWith('<![CDATA[', at)) at = endOf(text, ']]>', at);
    else if (text.startsWith('<?', at)) at = endOf(text, '?>', at);
    else at++;
  }
  return comments;
}

function endOf(text: string, mark: string, from: number): number {
  const found = text.indexOf(mark, from);
  return found < 0 ? text.length : found + mark.length;
}

/** What lines the comments of one source are about. */
export interface Lines {
  /**
   * Where the next line begins that holds more than blanks and comments; the end of the text where there is none.
   * To be asked from the last comment to the first: a thousand comments in a row are read once.
   */
  next(comment: Comment): number;
  /** Behind the end of the line that begins at an offset; in XML behind the start tag that begins in it and goes on. */
  end(start: number): number;
}

export function makeLines(source: Source): Lines {
  const { text } = source;
  const xml = isXml(source);
  const ends = new Map<number, number>();
  let later: { readonly from: number; readonly found: number } | undefined;
  return {
    next: (comment) => {
      const from = lineAfter(source, comment.span.end);
      const found = findLine(from);
      later = { from, found };
      return found;
    },
    end: (start) => {
      const known = ends.get(start);
      if (known !== undefined) return known;
      const end = lineAfter(source, start);
      const found = xml ? tagEnd(text, start, end) : end;
      ends.set(start, found);
      return found;
    },
  };

  function findLine(from: number): number {
    for (let at = from, line = from; at < text.length; ) {
      if (later && at >= later.from) return later.found;
      const unit = text.charAt(at);
      if (unit === '\n' || unit === '\r') {
        at++;
        line = at;
      } else if (unit === ' ' || unit === '\t') at++;
      else if (xml && text.startsWith('<!--', at)) {
        at = endOf(text, '-->', at);
        line = lineStart(source, position(source, at).line);
      } else if (!xml && unit === '#') {
        at = lineAfter(source, at);
        line = at;
      } else return line;
    }
    return text.length;
  }
}

function tagEnd(text: string, start: number, end: number): number {
  const open = text.lastIndexOf('<', end - 1);
  if (open < start || text.startsWith('<!', open)) return end;
  let quote = '';
  for (let at = open; at < text.length; at++) {
    const unit = text.charAt(at);
    if (quote === '' && unit === '>') return Math.max(end, at + 1);
    if (unit === quote) quote = '';
    else if (quote === '' && (unit === '"' || unit === "'")) quote = unit;
  }
  return end;
}

function lineAfter(source: Source, offset: number): number {
  return lineStart(source, position(source, offset).line + 1);
}
