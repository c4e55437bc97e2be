// A fix as the lines it takes away and the lines it writes.

import type { Fix } from '../diagnostics/diagnostic.ts';
import { applyEdits } from '../text/edit.ts';
import { lineStart, position } from '../text/source.ts';
import { textWidth, visible } from '../text/width.ts';
import type { Paint } from './colour.ts';
import { lineRange } from './line.ts';
import type { Secrets } from './secrets.ts';

const mostLines = 8;

/**
 * The rows `- old` and `+ new`; none where that would not be short, true and free of secrets: edits in several
 * files, more than a few lines, lines too wide to show, or lines that hold a secret.
 * @param room columns of a row
 */
export function drawFix(fix: Fix, secrets: Secrets, paint: Paint, room: number): string[] {
  const source = fix.edits[0]?.span.source;
  if (!source || fix.edits.some((edit) => edit.span.source.path !== source.path)) return [];
  const first = position(source, Math.min(...fix.edits.map((edit) => edit.span.start))).line;
  const last = position(source, Math.max(...fix.edits.map((edit) => edit.span.end))).line;
  const start = lineStart(source, first);
  const end = lineRange(source, last).end;
  if (last - first > mostLines || secrets.within({ source, start, end }).length > 0) return [];
  const whole = applyEdits(source, fix.edits);
  if (whole === undefined) return [];
  const before = source.text.slice(start, end).split(/\r\n|\r|\n/);
  const after = whole.slice(start, end + whole.length - source.text.length).split(/\r\n|\r|\n/);
  if (fix.edits.some((edit) => secrets.redact(edit.text, true) !== edit.text)) return [];
  while (before.length > 0 && after.length > 0 && before[0] === after[0]) {
    before.shift();
    after.shift();
  }
  while (before.length > 0 && after.length > 0 && before.at(-1) === after.at(-1)) {
    before.pop();
    after.pop();
  }
  const rows = [...before.map((line) => row('-', line)), ...after.map((line) => row('+', line))];
  if (rows.length > mostLines || rows.some((text) => textWidth(text) > room)) return [];
  return rows.map((text) => paint(text.startsWith('-') ? 'removed' : 'added', text));
}

function row(sign: string, line: string): string {
  return `${sign} ${visible(line.replaceAll('\t', '    '))}`.trimEnd();
}
