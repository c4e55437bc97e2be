// The picture of a problem: the lines it stands on, with marks under the places. rustc's form.

import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { visible } from '../text/width.ts';
import type { Paint } from './colour.ts';
import { type Columns, lineRange, showLine } from './line.ts';
import { type Frame, makeFrames } from './places.ts';
import type { Secrets } from './secrets.ts';

/** Columns of a whole row, gutter included; words beside a mark may go beyond. */
export const widest = 100;

interface Pen {
  readonly paint: Paint;
  readonly secrets: Secrets;
  readonly severity: Severity;
  /** Columns of the largest line number. */
  readonly gutter: number;
}

interface Mark {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly primary: boolean;
  readonly text: string;
}

/**
 * The lines from `-->` to the last mark, and the width of their gutter, behind which the notes go on.
 * A diagnostic without a source has only its `-->` line, one without a file has nothing.
 */
export function drawFrames(
  one: Diagnostic,
  secrets: Secrets,
  paint: Paint,
): { readonly lines: string[]; readonly gutter: number } {
  const frames = makeFrames(one);
  const numbers = frames.flatMap((frame) =>
    frame.places.flatMap((place) => place.parts.map((part) => part.line)),
  );
  const gutter = String(Math.max(1, ...numbers)).length;
  const pen: Pen = { paint, secrets, severity: one.severity, gutter };
  const lines: string[] = [];
  if (!one.span && one.file !== undefined) lines.push(arrow(pen, '-->', one.file));
  for (const [index, frame] of frames.entries()) {
    if (lines.length > 0) lines.push(bar(pen));
    lines.push(arrow(pen, index === 0 && one.span ? '-->' : ':::', frame.at), bar(pen));
    lines.push(...drawFrame(frame, pen));
  }
  return { lines, gutter };
}

function arrow({ gutter, paint }: Pen, sign: string, at: string): string {
  return `${' '.repeat(gutter)}${paint('dim', sign)} ${visible(at)}`;
}

function bar({ gutter, paint }: Pen): string {
  return paint('dim', `${' '.repeat(gutter)} |`);
}

function drawFrame(frame: Frame, pen: Pen): string[] {
  const marks = frame.places.flatMap(({ parts, primary, text }) =>
    parts.map((part, index) => ({ ...part, primary, text: index === parts.length - 1 ? text : '' })),
  );
  const lines = [...new Set(marks.map((mark) => mark.line))].sort((a, b) => a - b);
  const first = lines[0] ?? 1;
  // A mark that opens its line is a key or an element: the line above says what it belongs to.
  const opens = marks.some((mark) => mark.line === first && !hasText(frame, first, mark.start));
  if (opens && hasText(frame, first - 1)) lines.unshift(first - 1);
  const drawn: string[] = [];
  for (const [index, line] of lines.entries()) {
    const gap = line - (lines[index - 1] ?? line);
    if (gap === 2) drawn.push(...drawLine(frame, line - 1, marks, pen));
    else if (gap > 2) drawn.push(pen.paint('dim', '...'));
    drawn.push(...drawLine(frame, line, marks, pen));
  }
  return drawn;
}

/** Whether a line has something other than blanks, before an offset if one is given. */
function hasText({ source }: Frame, line: number, before?: number): boolean {
  if (line < 1) return false;
  const { start, end } = lineRange(source, line);
  return /\S/.test(source.text.slice(start, before ?? end));
}

function drawLine(frame: Frame, line: number, marks: readonly Mark[], pen: Pen): string[] {
  const here = marks.filter((mark) => mark.line === line);
  const room = widest - pen.gutter - ' | '.length;
  const shown = showLine(frame.source, line, here, pen.secrets, room);
  const number = pen.paint('dim', `${String(line).padStart(pen.gutter)} |`);
  return [
    `${number} ${shown.text}`.trimEnd(),
    ...here.map((mark, index) => drawMark(mark, shown.marks[index], pen)),
  ];
}

function drawMark({ primary, text }: Mark, at: Columns = { start: 0, end: 1 }, pen: Pen): string {
  const sign = (primary ? '^' : '-').repeat(at.end - at.start);
  const words = visible(pen.secrets.redact(text, true));
  const painted = pen.paint(primary ? pen.severity : 'label', words === '' ? sign : `${sign} ${words}`);
  return `${bar(pen)} ${' '.repeat(at.start)}${painted}`;
}
