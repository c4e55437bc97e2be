// The report for people: first what has to be decided, then what happened, at the end the steps and the verdict.

import type { Paint } from '../report/colour.ts';
import { textWidth, visible } from '../text/width.ts';
import { fates } from './outcome.ts';
import type { MigrationReport, ReportTable } from './report.ts';

/** @param redact masks secrets */
export function reportText(report: MigrationReport, paint: Paint, redact: (text: string) => string): string {
  const say = (text: string) => visible(redact(text));
  const blocks = [
    decisionBlock(report, paint, say),
    ...report.tables.map((one) => tableBlock(one, paint, say)),
    lineBlock(report, paint, say),
    proofBlock(report, paint, say),
    list(
      'What you can rely on',
      report.trust.map((one) => `${one.holds ? 'yes' : 'NO '}  ${one.name}: ${one.evidence}`),
      paint,
      say,
    ),
    list(
      'The switch, step by step',
      report.checklist.map((one, index) => `${index + 1}. ${one}`),
      paint,
      say,
    ),
    [say(coverageLine(report)), paint(report.clean ? 'info' : 'error', say(report.verdict))].join('\n'),
  ];
  return `${blocks.filter((one) => one !== '').join('\n\n')}\n`;
}

/** `57 lines, all accounted for (100%): 20 kept, 3 renamed, ...`. */
export function coverageLine({ coverage }: MigrationReport): string {
  const { lines, accounted, percent, byFate, comments } = coverage;
  const parts = fates.flatMap((one) => (byFate[one] > 0 ? [`${byFate[one]} ${one}`] : []));
  const all = lines === accounted ? 'all' : String(accounted);
  return `${lines} lines, ${all} accounted for (${percent}%): ${parts.join(', ')}; ${comments.carried} of ${comments.source} comment lines carried over`;
}

function decisionBlock({ decisions }: MigrationReport, paint: Paint, say: (text: string) => string): string {
  if (decisions.length === 0) return '';
  const rows = decisions.flatMap(({ at, what, why, choices }) => [
    `  ${paint('warning', say(what))}${at === '' ? '' : ` ${paint('dim', say(`(${at})`))}`}: ${say(why)}`,
    ...choices.map(
      (one, index) => `    ${index === 0 ? '* ' : '- '}${say(one)}${index === 0 ? ' (stands now)' : ''}`,
    ),
  ]);
  return [paint('strong', 'To decide'), ...rows].join('\n');
}

function tableBlock(
  { title, columns, rows, notes }: ReportTable,
  paint: Paint,
  say: (text: string) => string,
): string {
  const cells = [columns, ...rows].map((row) => row.map(say));
  const widths = columns.map((_, index) =>
    Math.max(...cells.map((row) => Math.min(longestCell, textWidth(row[index] ?? '')))),
  );
  const drawn = cells.map((row, number) => {
    const text = row
      .map((cell, index) => (index === row.length - 1 ? cell : pad(cell, widths[index] ?? 0)))
      .join('  ');
    return `  ${number === 0 ? paint('dim', text.trimEnd()) : text.trimEnd()}`;
  });
  return [paint('strong', title), ...drawn, ...(notes ?? []).map((one) => `  ${say(one)}`)].join('\n');
}

// A longer cell pushes the rest of its own row, and not of all.
const longestCell = 40;

function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** The lines that are something else now. What is kept, and comments, stand in the Markdown and JSON reports. */
function lineBlock({ lines }: MigrationReport, paint: Paint, say: (text: string) => string): string {
  const told = lines.filter((one) => one.fate !== 'kept' && one.kind !== 'continuation');
  if (told.length === 0) return '';
  const rows = told.map((one) => [
    `${one.file}:${one.line}`,
    one.fate ?? 'UNACCOUNTED',
    shortened(one.text.trim()),
    [one.to, one.why].filter((part) => part !== undefined).join(': '),
  ]);
  return tableBlock(
    {
      id: 'lines',
      title: 'Line by line, without what is kept',
      columns: ['line', 'fate', 'text', 'now'],
      rows,
    },
    paint,
    say,
  );
}

function shortened(text: string): string {
  return text.length > longestCell ? `${text.slice(0, longestCell - 3)}...` : text;
}

function proofBlock(
  { differences, compared }: MigrationReport,
  paint: Paint,
  say: (text: string) => string,
): string {
  const rows = differences.map(
    ({ words, why }) =>
      `  ${say(words)}\n    ${why === undefined ? paint('error', 'NOT EXPLAINED') : say(why)}`,
  );
  const head = `${paint('strong', 'Proof')}\n  Old and new were compiled and compared in ${compared} points; ${rows.length === 0 ? 'they agree' : `${rows.length} differ`}.`;
  return [head, ...rows].join('\n');
}

function list(title: string, items: readonly string[], paint: Paint, say: (text: string) => string): string {
  return items.length === 0
    ? ''
    : [paint('strong', title), ...items.map((one) => `  ${say(one)}`)].join('\n');
}
