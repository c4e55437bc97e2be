// Which places of a diagnostic are shown together: each frame is one excerpt of one file.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { position, type Source, type Span } from '../text/source.ts';
import { lineRange } from './line.ts';

/** A place to mark: on one line, or the first and the last of several. */
export interface Place {
  readonly source: Source;
  readonly primary: boolean;
  /** What stands beside the mark; may be empty. */
  readonly text: string;
  readonly parts: readonly { readonly line: number; readonly start: number; readonly end: number }[];
}

export interface Frame {
  readonly source: Source;
  /** `FILE:LINE:COLUMN` of the place that opened the frame. */
  readonly at: string;
  readonly places: Place[];
}

// Places at most this many lines apart share a frame, as do places on one line that is shorter than `shortLine`, or
// that are at most `nearColumns` apart.
const nearLines = 3;
const shortLine = 90;
const nearColumns = 50;
// Indentation deeper than this is not looked for: a line may be megabytes long.
const deepest = 200;

/** The frames of a diagnostic: that of its own place first, then the labels as they come. */
export function makeFrames(one: Diagnostic): Frame[] {
  const frames: Frame[] = [];
  if (one.span) add(one.span, one.mark ?? '', true);
  for (const label of one.labels) add(label.span, label.text, false);
  return frames;

  function add(span: Span, text: string, primary: boolean): void {
    const { source } = span;
    const place = { source, primary, text, parts: partsOf(span) };
    const frame = frames.find((other) => other.source.path === source.path && fits(place, other));
    if (frame) {
      frame.places.push(place);
      return;
    }
    const { line, column } = position(source, span.start);
    frames.push({ source, at: `${source.path}:${line}:${column}`, places: [place] });
  }
}

/** Near enough to be seen together: a shared line that is too long to show whole would hide one of the places. */
function fits(place: Place, frame: Frame): boolean {
  const lines = frame.places.flatMap((other) => other.parts);
  return place.parts.every((part) => {
    if (!lines.some((other) => Math.abs(other.line - part.line) <= nearLines)) return false;
    return lines
      .filter((other) => other.line === part.line)
      .every((other) => {
        const { start, end } = lineRange(place.source, part.line);
        const spread = Math.max(part.end, other.end) - Math.min(part.start, other.start);
        return end - start <= shortLine || spread <= nearColumns;
      });
  });
}

function partsOf(span: Span): Place['parts'] {
  const { source } = span;
  const end = trimmedEnd(span);
  const first = position(source, span.start).line;
  const last = end > span.start ? position(source, end - 1).line : first;
  if (first === last) return [{ line: first, start: span.start, end }];
  const lastStart = lineRange(source, last).start;
  const blank = /^[ \t]*/.exec(source.text.slice(lastStart, Math.min(end, lastStart + deepest)))?.[0] ?? '';
  return [
    { line: first, start: span.start, end: lineRange(source, first).end },
    { line: last, start: lastStart + blank.length, end },
  ];
}

/** Without the line ends and spaces at its end: a YAML block ends where the next line starts. */
export function trimmedEnd({ source, start, end }: Span): number {
  let trimmed = end;
  while (trimmed > start && /\s/.test(source.text[trimmed - 1] ?? '')) trimmed--;
  if (trimmed > start) return trimmed;
  const line = lineRange(source, position(source, start).line);
  return Math.min(end, Math.max(start, line.end));
}
