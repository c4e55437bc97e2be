// One line of a source as it is shown: fit for a terminal, secrets masked, cut to a width, with the columns of
// the places to mark.

import { lineStart, type Source } from '../text/source.ts';
import { characterWidth, textWidth, visible } from '../text/width.ts';
import { mask, type Secrets } from './secrets.ts';

/** A range of columns, 0-based, at least one column wide. */
export interface Columns {
  readonly start: number;
  readonly end: number;
}

export interface ShownLine {
  readonly text: string;
  /** One for each range asked for, in the same order. */
  readonly marks: readonly Columns[];
}

interface Cell {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  readonly column: number;
  readonly width: number;
}

interface Range {
  readonly start: number;
  readonly end: number;
}

const cut = '...';
const tab = '    ';

/** Where a 1-based line starts and ends in its source, without its line end. */
export function lineRange(source: Source, line: number): Range {
  const start = lineStart(source, line);
  let end = lineStart(source, line + 1);
  while (end > start && (source.text[end - 1] === '\n' || source.text[end - 1] === '\r')) end--;
  return { start, end };
}

/** The line in at most `width` columns. The first range decides what stays visible when the line is too long. */
export function showLine(
  source: Source,
  line: number,
  ranges: readonly Range[],
  secrets: Secrets,
  width: number,
): ShownLine {
  const whole = lineRange(source, line);
  const near = excerpt(source, whole, ranges[0]?.start ?? whole.start, width * 2);
  const cells = toCells(source, near, secrets);
  const last = cells.at(-1);
  const total = last ? last.column + last.width : 0;
  const columns = ranges.map((range) => columnsOf(range, cells, total));
  const view = chooseView(total, columns[0] ?? { start: 0, end: 1 }, near, whole, width);
  const kept = cells.filter((cell) => cell.column >= view.start && cell.column + cell.width <= view.end);
  const before = view.start > 0 || near.start > whole.start ? cut : '';
  const after = view.end < total || near.end < whole.end ? cut : '';
  const shift = before.length - (kept[0]?.column ?? view.start);
  const text = before + kept.map((cell) => cell.text).join('') + after;
  const limit = textWidth(text) + (after === '' ? 1 : 0);
  return {
    text,
    marks: columns.map(({ start, end }) => {
      const first = Math.min(Math.max(start + shift, 0), limit - 1);
      return { start: first, end: Math.max(first + 1, Math.min(end + shift, limit)) };
    }),
  };
}

/** A part of a line that is long enough to choose from: a line may be megabytes long. */
function excerpt({ text }: Source, whole: Range, focus: number, reach: number): Range {
  const middle = Math.min(Math.max(focus, whole.start), whole.end);
  let start = Math.max(whole.start, middle - reach);
  let end = Math.min(whole.end, middle + reach);
  if (start > whole.start && /[\udc00-\udfff]/.test(text[start] ?? '')) start++;
  if (end < whole.end && /[\udc00-\udfff]/.test(text[end] ?? '')) end--;
  return { start, end };
}

function toCells(source: Source, { start, end }: Range, secrets: Secrets): Cell[] {
  const cells: Cell[] = [];
  let column = 0;
  let at = start;
  for (const secret of secrets.within({ source, start, end })) {
    addText(Math.max(start, secret.start));
    const until = Math.min(end, secret.end);
    add(until, mask, mask.length);
  }
  addText(end);
  return cells;

  function addText(until: number): void {
    while (at < until) {
      const character = String.fromCodePoint(source.text.codePointAt(at) ?? 0);
      const text = character === '\t' ? tab : visible(character);
      add(at + character.length, text, text === character ? characterWidth(character) : text.length);
    }
  }

  function add(until: number, text: string, width: number): void {
    cells.push({ start: at, end: until, text, column, width });
    column += width;
    at = until;
  }
}

/** A mark that touches a cell covers all of it: half of a mask or of a wide character cannot be marked. */
function columnsOf(range: Range, cells: readonly Cell[], total: number): Columns {
  const first = cells.find((cell) => cell.end > range.start && cell.width > 0);
  if (!first) return { start: total, end: total + 1 };
  if (range.end <= range.start) return { start: first.column, end: first.column + 1 };
  const last = cells.findLast((cell) => cell.start < range.end);
  const end = last ? last.column + last.width : 0;
  return { start: first.column, end: Math.max(end, first.column + 1) };
}

/** The columns to keep: the start of the line if the mark is within reach of it, else its end, else the middle. */
function chooseView(total: number, mark: Columns, near: Range, whole: Range, width: number): Columns {
  const atStart = near.start === whole.start;
  const atEnd = near.end === whole.end;
  if (atStart && atEnd && total <= width) return { start: 0, end: total };
  const room = width - cut.length;
  if (atStart && mark.end <= room) return { start: 0, end: room };
  if (atEnd && total - mark.start <= room) return { start: Math.max(0, total - room), end: total };
  const inner = room - cut.length;
  const lead = Math.max(Math.floor((inner - (mark.end - mark.start)) / 2), Math.floor(inner / 4));
  const start = Math.max(0, mark.start - lead);
  return { start, end: Math.min(total, start + inner) };
}
