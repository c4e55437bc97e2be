// `--format text`: the report for people. Reads the same with and without colour.

import { sortDiagnostics } from '../diagnostics/collect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { textWidth, visible } from '../text/width.ts';
import type { Paint } from './colour.ts';
import { drawFix } from './fix.ts';
import { drawFrames, widest } from './frame.ts';
import type { Reporter } from './reporter.ts';
import { makeSecrets, type Secrets } from './secrets.ts';
import { summarise, summaryLine } from './summary.ts';

// From `many` problems of one code on, only the first `few` are shown.
const many = 20;
const few = 3;

export const text: Reporter = {
  name: 'text',
  summary: 'each problem with the lines it stands on, for people',
  render: (diagnostics, context) => {
    if (diagnostics.length === 0) return '';
    const secrets = makeSecrets(context.secrets);
    const sorted = sortDiagnostics(diagnostics);
    const totals = new Map<string, number>();
    for (const { code } of sorted) totals.set(code, (totals.get(code) ?? 0) + 1);
    const seen = new Map<string, number>();
    const blocks: string[] = [];
    for (const one of sorted) {
      const count = (seen.get(one.code) ?? 0) + 1;
      seen.set(one.code, count);
      const total = totals.get(one.code) ?? 0;
      if (total >= many && count > few) continue;
      blocks.push(drawProblem(one, secrets, context.paint));
      if (total >= many && count === few) blocks.push(`and ${total - few} more ${one.code}`);
    }
    blocks.push(summaryLine(summarise(sorted)));
    return `${blocks.join('\n\n')}\n`;
  },
};

function drawProblem(one: Diagnostic, secrets: Secrets, paint: Paint): string {
  const { lines, gutter } = drawFrames(one, secrets, paint);
  const name = `${paint(one.severity, `${one.severity}[${one.code}]`)}${paint('strong', ':')}`;
  const message = paint('strong', visible(secrets.redact(one.message, false)));
  const indent = ' '.repeat(gutter + 1);
  const bar = paint('dim', `${indent}|`);
  const hasPicture = one.span !== undefined || one.labels.length > 0;
  return [`${name} ${message} (${one.name})`, ...lines, ...(hasPicture ? [bar] : []), ...notes()].join('\n');

  function notes(): string[] {
    const fix = one.fix;
    return [
      ...one.notes.flatMap((note) => remark(note.kind, note.text)),
      ...(one.help === undefined ? [] : remark('help', one.help)),
      ...(fix ? remark(fix.safe ? 'fix' : 'fix, to be reviewed', fix.title) : []),
      ...(fix ? drawFix(fix, secrets, paint, widest - gutter - 5).map((row) => `${indent}    ${row}`) : []),
      ...remark('more', `gxgen explain ${one.code}`),
    ];
  }

  /** `= kind: text`, wrapped behind its own start; a line end in the text starts a line. */
  function remark(kind: string, words: string): string[] {
    const head = `${indent}= ${kind}: `;
    const hang = ' '.repeat(head.length);
    return secrets
      .redact(words, true)
      .split('\n')
      .flatMap((line) => wrap(visible(line), widest - head.length))
      .map((line, index) =>
        index === 0 ? `${indent}${paint('dim', '=')} ${paint('strong', `${kind}:`)} ${line}` : hang + line,
      );
  }
}

/** Lines of at most `width` columns, broken at single spaces; a longer word stays whole. */
function wrap(words: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  let used = 0;
  for (const [index, word] of words.split(' ').entries()) {
    const size = textWidth(word);
    if (index > 0 && used + 1 + size > width) {
      lines.push(line);
      line = word;
      used = size;
    } else {
      line = index === 0 ? word : `${line} ${word}`;
      used += size + (index === 0 ? 0 : 1);
    }
  }
  return [...lines, line];
}
