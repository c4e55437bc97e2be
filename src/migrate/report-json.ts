// The report for programs. Fields are only ever added within a version.

import { version } from '../version.ts';
import type { NewFile } from './plan.ts';
import type { MigrationReport } from './report.ts';

/** @param redact masks secrets */
export function reportJson(
  report: MigrationReport,
  files: readonly NewFile[],
  diff: string,
  redact: (text: string) => string,
): string {
  const tables = Object.fromEntries(
    report.tables.map(({ id, columns, rows, notes }) => [
      id,
      {
        rows: rows.map((row) =>
          Object.fromEntries(row.map((cell, index) => [columns[index] || 'when', cell])),
        ),
        ...(notes ? { notes } : {}),
      },
    ]),
  );
  const value = {
    version: 1,
    tool: { name: 'gxgen', version },
    clean: report.clean,
    verdict: report.verdict,
    coverage: report.coverage,
    decisions: report.decisions,
    differences: report.differences.map(({ words, why }) => ({
      words,
      explained: why !== undefined,
      why: why ?? null,
    })),
    trust: report.trust,
    checklist: report.checklist,
    files: files.map(({ path, former }) => ({ path, replaces: former?.shown ?? null })),
    tables,
    lines: report.lines.map(({ file, line, kind, text, fate, to, why }) => ({
      file,
      line,
      kind,
      text,
      fate: fate ?? null,
      to: to ?? null,
      why: why ?? null,
    })),
    diff,
  };
  return `${JSON.stringify(masked(value, redact), null, 2)}\n`;
}

/** Every text of a value through `redact`. */
function masked(value: unknown, redact: (text: string) => string): unknown {
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map((one) => masked(one, redact));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, redact)]));
}
