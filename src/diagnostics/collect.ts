// Many problems, in the order in which they are read.

import { position } from '../text/source.ts';
import type { Diagnostic, Severity } from './diagnostic.ts';

const rank: Record<Severity, number> = { error: 0, warning: 1, info: 2 };

/** Sorted by file, place, code and message, without exact duplicates: the same input gives the same report. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const sorted = [...diagnostics].sort(compare);
  return sorted.filter((one, index) => index === 0 || compare(one, sorted[index - 1] as Diagnostic) !== 0);
}

/** The path a diagnostic belongs to, or undefined when it belongs to none. */
export function fileOf(diagnostic: Diagnostic): string | undefined {
  return diagnostic.span?.source.path ?? diagnostic.file;
}

/** How many of each severity. */
export function countSeverities(diagnostics: readonly Diagnostic[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0 };
  for (const one of diagnostics) counts[one.severity]++;
  return counts;
}

function compare(a: Diagnostic, b: Diagnostic): number {
  return (
    text(fileOf(a) ?? '', fileOf(b) ?? '') ||
    (a.span?.start ?? -1) - (b.span?.start ?? -1) ||
    (a.span?.end ?? -1) - (b.span?.end ?? -1) ||
    text(a.code, b.code) ||
    rank[a.severity] - rank[b.severity] ||
    text(a.message, b.message)
  );
}

function text(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `FILE:LINE:COLUMN`, or as much of it as there is. */
export function placeOf(diagnostic: Diagnostic): string {
  const file = fileOf(diagnostic);
  if (!diagnostic.span) return file ?? '';
  const { line, column } = position(diagnostic.span.source, diagnostic.span.start);
  return `${file}:${line}:${column}`;
}
