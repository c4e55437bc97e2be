// The report as Markdown, for a ticket or a pull request: with every line of every file.

import type { MigrationReport, ReportLine, ReportTable } from './report.ts';
import { coverageLine } from './report-text.ts';

/** @param redact masks secrets */
export function reportMarkdown(
  report: MigrationReport,
  diff: string,
  redact: (text: string) => string,
): string {
  const say = (text: string) => escapeCell(redact(text));
  const blocks = [
    '# Migration to Gravity',
    `**${say(report.verdict)}**`,
    say(coverageLine(report)),
    ...decisions(report, say),
    ...report.tables.flatMap((one) => table(one, say)),
    '## Proof',
    `Old and new were compiled and compared in ${report.compared} points.`,
    ...(report.differences.length > 0
      ? [
          grid(
            ['difference', 'explanation'],
            report.differences.map((one) => [one.words, one.why ?? '**not explained**']),
            say,
          ),
        ]
      : ['They agree.']),
    '## What you can rely on',
    report.trust
      .map((one) => `- ${one.holds ? '' : '**no**: '}${say(one.name)}: ${say(one.evidence)}`)
      .join('\n'),
    '## The switch, step by step',
    report.checklist.map((one, index) => `${index + 1}. ${say(one)}`).join('\n'),
    '## Every line',
    ...linesByFile(report, say),
    '## The change',
    fenced(redact(diff)),
  ];
  return `${blocks.join('\n\n')}\n`;
}

function decisions(report: MigrationReport, say: (text: string) => string): string[] {
  if (report.decisions.length === 0) return [];
  const items = report.decisions.map(
    ({ at, what, why, choices }) =>
      `- [ ] **${say(what)}**${at === '' ? '' : ` (${say(at)})`}: ${say(why)}\n${choices.map((one, index) => `  - ${say(one)}${index === 0 ? ' (stands now)' : ''}`).join('\n')}`,
  );
  return ['## To decide', items.join('\n')];
}

function table({ title, columns, rows, notes }: ReportTable, say: (text: string) => string): string[] {
  return [`## ${title}`, grid(columns, rows, say), ...(notes ?? []).map(say)];
}

function linesByFile({ lines }: MigrationReport, say: (text: string) => string): string[] {
  const files = new Map<string, ReportLine[]>();
  for (const one of lines) {
    const list = files.get(one.file);
    if (list) list.push(one);
    else files.set(one.file, [one]);
  }
  return [...files].flatMap(([file, list]) => [
    `### ${say(file)}`,
    grid(
      ['line', 'text', 'fate', 'now'],
      list
        .filter((one) => one.kind !== 'blank')
        .map((one) => [
          String(one.line),
          one.text.trim(),
          one.fate ?? '**unaccounted**',
          [one.to, one.why].filter((part) => part !== undefined).join(': '),
        ]),
      say,
    ),
  ]);
}

// Cells that are markup of the report itself.
const ours = new Set(['**not explained**', '**unaccounted**']);

function grid(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  say: (text: string) => string,
): string {
  const row = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [
    row(columns),
    row(columns.map(() => '---')),
    ...rows.map((one) => row(one.map((cell) => (ours.has(cell) ? cell : say(cell))))),
  ].join('\n');
}

// Text of a configuration must not become a table, an address or markup.
function escapeCell(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they would break the table
  return text.replace(/[\\`*_{}[\]<>|#]/g, '\\$&').replace(/[\u0000-\u001f\u007f]+/g, ' ');
}

/** A fence longer than any in the text. */
function fenced(text: string): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map((one) => one.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}diff\n${text}${text.endsWith('\n') || text === '' ? '' : '\n'}${fence}`;
}
