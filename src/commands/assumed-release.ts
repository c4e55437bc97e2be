// The release that nobody stated: the newest is assumed, and that is only worth a word where another one would have
// been judged differently.

import { fileOf } from '../diagnostics/collect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Compilation } from '../pipeline.ts';
import { newestRelease } from '../schema/galaxy-options-table.ts';

// The oldest release that Gravity starts, and one in the middle, where most has changed.
const others = ['22.01', '24.0'];
const few = 5;
// Judging more characters again would take longer than anybody wants to wait for a remark.
const mostText = 4_000_000;
const remedy = 'state it with --galaxy-version, or as "release" in gxgen.yml';
const assumed = `the release of Galaxy is not known, ${newestRelease} was assumed; for`;

/**
 * What to say on stderr, and undefined when every release is known or when it makes no difference.
 * @param judge what of the findings is shown: one that is hidden makes no difference
 * @returns what was assumed, for which release that matters, and where to state the real one
 */
export function releaseNotice(
  { deployment, diagnostics, sources, under }: Compilation,
  judge: (found: readonly Diagnostic[]) => readonly Diagnostic[],
): string | undefined {
  if (deployment.instances.every((one) => one.release)) return undefined;
  if (sources.reduce((sum, { text }) => sum + text.length, 0) > mostText)
    return `${assumed} another one the findings may differ: ${remedy}`;
  const verdict = (list: readonly Diagnostic[]) =>
    new Map(
      judge(list.filter(mayDepend))
        .filter(counts)
        .map((one) => [keyOf(one), one.code]),
    );
  const found = verdict(diagnostics);
  for (const release of others) {
    const then = verdict(under(release));
    const codes = new Set([
      ...[...found].filter(([key]) => !then.has(key)).map(([, code]) => code),
      ...[...then].filter(([key]) => !found.has(key)).map(([, code]) => code),
    ]);
    if (codes.size === 0) continue;
    const sorted = [...codes].sort();
    const shown = `${sorted.slice(0, few).join(', ')}${sorted.length > few ? ', ...' : ''}`;
    return `${assumed} ${release} the findings would differ (${shown}): ${remedy}`;
  }
  return undefined;
}

// What reading found does not depend on the release, and is found only once.
function mayDepend({ code }: Diagnostic): boolean {
  return !/^GX[01]/.test(code);
}

// Advice is no verdict.
function counts({ code, severity }: Diagnostic): boolean {
  return severity !== 'info' && !code.startsWith('GX0');
}

function keyOf(one: Diagnostic): string {
  return `${one.severity} ${one.code} ${one.span?.start ?? ''} ${fileOf(one) ?? ''}`;
}
