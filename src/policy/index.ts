// What an administrator has decided about findings: comments that hide them, levels, and a baseline, in this order.

import { sortDiagnostics } from '../diagnostics/collect.ts';
import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../text/source.ts';
import { type BaselineOptions, compareBaseline, readBaseline, staleEntries } from './baseline.ts';
import { knownFindings } from './known.ts';
import { applyLevels, type LevelEntry, readLevels } from './levels.ts';
import { suppress } from './suppress.ts';

export interface Policy extends BaselineOptions {
  readonly sources: readonly Source[];
  readonly levels: readonly LevelEntry[];
  readonly baseline?: {
    readonly text: string;
    /** As people see it. */
    readonly shown: string;
    /** Of its name in gxgen.yml. */
    readonly place?: Span;
  };
  /** True for a run that looks for everything there is; only then can something be missing. */
  readonly complete: boolean;
}

export interface Ruling {
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  /** How many the baseline hides. */
  readonly hidden: number;
}

/** Applies the policy to everything that was found. */
export function applyPolicy(found: readonly Diagnostic[], policy: Policy): Ruling {
  const { sources, baseline, complete } = policy;
  const own: Diagnostic[] = [];
  const report: Report = (one) => own.push(one);
  const shown = suppress(sortDiagnostics(found), { sources, known: knownFindings, complete }, report);
  const levels = readLevels(policy.levels, knownFindings, report);
  const judged = applyLevels(shown, levels);
  const entries = baseline && readBaseline(baseline.text, baseline.shown, baseline.place, report);
  if (!baseline || !entries)
    return { diagnostics: sortDiagnostics([...judged, ...applyLevels(own, levels)]), hidden: 0 };
  const { fresh, hidden, stale } = compareBaseline(judged, entries, policy);
  if (complete && stale.length > 0) report(staleEntries(stale, baseline.shown, baseline.place));
  return { diagnostics: sortDiagnostics([...fresh, ...applyLevels(own, levels)]), hidden };
}
