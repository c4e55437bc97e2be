// A text with a name, and places in it. Offsets are UTF-16 units into `text`; lines and columns exist only at
// the edge, where a person reads them.

/** A file as gxgen read it: `path` is the name shown to people, `text` has no byte order mark. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Offsets at which lines start; built on first use. */
  lineStarts?: readonly number[];
}

/** A half-open range of a source. */
export interface Span {
  readonly source: Source;
  readonly start: number;
  readonly end: number;
}

/** 1-based line and column (in UTF-16 units), as editors count them. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export function makeSource(path: string, text: string): Source {
  return { path, text };
}

export function span(source: Source, start: number, end: number = start): Span {
  return { source, start, end };
}

/** Line and column of an offset; LF, CRLF and a lone CR each end a line. */
export function position(source: Source, offset: number): Position {
  const starts = lineStarts(source);
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
}

/** The text of a 1-based line without its line end; empty past the last line. */
export function lineText(source: Source, line: number): string {
  const starts = lineStarts(source);
  const start = starts[line - 1];
  if (start === undefined) return '';
  return source.text.slice(start, starts[line] ?? source.text.length).replace(/\r?\n$|\r$/, '');
}

/** The offset at which a 1-based line starts. */
export function lineStart(source: Source, line: number): number {
  return lineStarts(source)[line - 1] ?? source.text.length;
}

function lineStarts(source: Source): readonly number[] {
  if (source.lineStarts) return source.lineStarts;
  const starts = [0];
  const breaks = /\r\n|\r|\n/g;
  for (let match = breaks.exec(source.text); match; match = breaks.exec(source.text))
    starts.push(breaks.lastIndex);
  source.lineStarts = starts;
  return starts;
}
