// What a migration tells: decisions, tables, every line, the proof. One value; text, Markdown and JSON are renderings.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Compilation } from '../pipeline.ts';
import { position } from '../text/source.ts';
import type { AccountedLine } from './accounts.ts';
import { checklist } from './checklist.ts';
import type { OptionDefaults } from './option-data.ts';
import { type Fate, fates } from './outcome.ts';
import type { MigrationOptions, MigrationPlan } from './plan.ts';
import { proofWords } from './proof.ts';
import { reportTables } from './report-tables.ts';
import type { TrustProperty } from './trust.ts';
import type { Verified } from './verify.ts';

export interface ReportTable {
  readonly id: string;
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
  /** Sentences below the table. */
  readonly notes?: readonly string[];
}

export interface Decision {
  /** `galaxy.ini:12`, or what it is about. */
  readonly at: string;
  readonly what: string;
  readonly why: string;
  /** The first is what stands now. */
  readonly choices: readonly string[];
}

export interface ReportLine {
  readonly file: string;
  readonly line: number;
  readonly kind: string;
  readonly text: string;
  /** Absent: unaccounted. */
  readonly fate?: Fate;
  readonly to?: string;
  readonly why?: string;
}

export interface Coverage {
  readonly lines: number;
  readonly accounted: number;
  readonly percent: number;
  readonly byFate: Readonly<Record<Fate, number>>;
  readonly comments: { readonly source: number; readonly carried: number };
}

export interface MigrationReport {
  /** Why the exit code is what it is, in one sentence. */
  readonly verdict: string;
  /** False: something is undecided, unaccounted, unexplained or wrong. */
  readonly clean: boolean;
  readonly coverage: Coverage;
  readonly decisions: readonly Decision[];
  readonly tables: readonly ReportTable[];
  readonly differences: readonly { readonly words: string; readonly why?: string }[];
  readonly compared: number;
  readonly trust: readonly TrustProperty[];
  readonly checklist: readonly string[];
  readonly lines: readonly ReportLine[];
}

export interface ReportInput {
  readonly plan: MigrationPlan;
  readonly verified: Verified;
  readonly before: Compilation;
  readonly options: MigrationOptions;
  readonly defaults: OptionDefaults;
  readonly trust: readonly TrustProperty[];
  readonly comments: { readonly source: number; readonly carried: number };
}

export function makeReport(input: ReportInput): MigrationReport {
  const { plan, verified, trust, comments } = input;
  const accounted = plan.accounts.lines();
  const coverage = coverageOf(accounted, comments);
  const decisions = decisionsOf(plan, accounted);
  const unexplained = verified.proof.differences.filter((one) => one.why === undefined);
  const errors = verified.diagnostics.filter((one) => one.severity === 'error');
  const missing = coverage.lines - coverage.accounted;
  const verdict = verdictOf({
    decisions: decisions.length,
    missing,
    unexplained: unexplained.length,
    errors: errors.length,
    lost: comments.source - comments.carried,
  });
  return {
    verdict: verdict ?? 'nothing is left to decide',
    clean: verdict === undefined,
    coverage,
    decisions,
    tables: reportTables(input, accounted),
    differences: verified.proof.differences.map(({ difference, why }) => ({
      words: proofWords(difference),
      ...(why === undefined ? {} : { why }),
    })),
    compared: verified.proof.compared,
    trust,
    checklist: checklist(plan),
    lines: accounted.map(reportLine),
  };
}

function reportLine({ file, line, outcome }: AccountedLine): ReportLine {
  const { fate, to, why } = outcome ?? {};
  return {
    file,
    line: line.number,
    kind: line.kind,
    text: line.span.source.text.slice(line.span.start, line.span.end),
    ...(fate === undefined ? {} : { fate }),
    ...(to === undefined ? {} : { to }),
    ...(why === undefined ? {} : { why }),
  };
}

function coverageOf(lines: readonly AccountedLine[], comments: Coverage['comments']): Coverage {
  const byFate = Object.fromEntries(fates.map((one) => [one, 0])) as Record<Fate, number>;
  for (const { outcome } of lines) if (outcome) byFate[outcome.fate]++;
  const accounted = lines.filter((one) => one.outcome !== undefined).length;
  const percent = lines.length === 0 ? 100 : Math.floor((accounted * 1000) / lines.length) / 10;
  return { lines: lines.length, accounted, percent, byFate, comments };
}

function decisionsOf(plan: MigrationPlan, lines: readonly AccountedLine[]): Decision[] {
  const found: Decision[] = [];
  const seen = new Set<string>();
  for (const { file, line, outcome } of lines) {
    if (outcome?.fate !== 'undecided' || line.kind === 'continuation') continue;
    // A whole section that is undecided is one question.
    const key = `${file}\0${line.section ?? ''}\0${outcome.why}`;
    if (seen.has(key)) continue;
    seen.add(key);
    found.push({
      at: `${file}:${line.number}`,
      what: line.key ?? (line.section === undefined ? '' : `[${line.section}]`),
      why: outcome.why ?? '',
      choices: outcome.choices ?? [],
    });
  }
  // A handler that nothing starts has its line in the job configuration, too.
  const told = new Set(found.map((one) => one.why));
  for (const { about, why, choices } of plan.questions)
    if (!told.has(why)) found.push({ at: '', what: about, why, choices });
  return found;
}

function verdictOf(counts: {
  decisions: number;
  missing: number;
  unexplained: number;
  errors: number;
  lost: number;
}): string | undefined {
  const parts = [
    counted(counts.decisions, 'decision is open', 'decisions are open'),
    counted(counts.missing, 'line is not accounted for', 'lines are not accounted for'),
    counted(counts.unexplained, 'difference is not explained', 'differences are not explained'),
    counted(counts.errors, 'error is in the new files', 'errors are in the new files'),
    counted(counts.lost, 'comment is lost', 'comments are lost'),
  ].filter((one) => one !== undefined);
  return parts.length === 0 ? undefined : parts.join(', ');
}

function counted(count: number, one: string, many: string): string | undefined {
  return count === 0 ? undefined : `${count} ${count === 1 ? one : many}`;
}

/** `galaxy.ini:12`, or the file alone. */
export function placeOf({ span, file }: Diagnostic): string {
  return span ? `${span.source.path}:${position(span.source, span.start).line}` : (file ?? '');
}
