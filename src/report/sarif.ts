// `--format sarif`: the Static Analysis Results Interchange Format 2.1.0 (OASIS), for code scanning services.

import { fileOf, sortDiagnostics } from '../diagnostics/collect.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { fingerprints } from '../diagnostics/fingerprint.ts';
import { escapeHidden } from './json.ts';
import { messageLines } from './message.ts';
import type { RenderContext, Reporter } from './reporter.ts';
import { cutToFit, type Kept } from './sarif-limits.ts';
import { artifact, fixToSarif, location, relatedLocations } from './sarif-places.ts';
import { levels, ruleList } from './sarif-rules.ts';
import { isPublic, makeSecrets, type Secrets } from './secrets.ts';

const schema = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
// The name of the fingerprint holds the version of its recipe.
const fingerprintName = 'gxgen/v1';
// Longer reports are for programs alone.
const mostIndented = 1_000;

export const sarif: Reporter = {
  name: 'sarif',
  summary: 'SARIF 2.1.0, for code scanning services; the most severe 25,000 problems at most',
  render: (diagnostics, context) => {
    const sorted = sortDiagnostics(diagnostics);
    const secrets = makeSecrets(context.secrets);
    const prints = fingerprints(sorted, { secretsWithin: secrets.within });
    const rank = { error: 0, warning: 1, info: 2 };
    // Services refuse a result without a place, so what has none is said of the run.
    const placed = sorted
      .map((one, index) => ({ one, print: prints[index] ?? '' }))
      .filter(({ one }) => fileOf(one) !== undefined)
      .sort((a, b) => rank[a.one.severity] - rank[b.one.severity]);
    const unplaced = sorted.filter((one) => fileOf(one) === undefined);
    const { rules, indexOf } = ruleList(context.pages(), sorted);
    const results = placed.map(({ one, print }) => toResult(one, print, indexOf, secrets));
    return cutToFit(results, (kept) => {
      const notes = [
        ...unplaced.map((one) => notification(one, secrets)),
        ...leftOut(
          kept,
          placed.map(({ one }) => one),
        ),
      ];
      return print(log(results.slice(0, kept.count), rules, notes, context), kept.count);
    });
  },
};

function log(
  results: readonly object[],
  rules: readonly object[],
  notes: readonly object[],
  { tool }: RenderContext,
) {
  return {
    $schema: schema,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: tool.name, semanticVersion: tool.version, rules } },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            ...(notes.length > 0 ? { toolExecutionNotifications: notes } : {}),
          },
        ],
        results,
      },
    ],
  };
}

function print(value: object, results: number): string {
  return `${escapeHidden(JSON.stringify(value, null, results > mostIndented ? undefined : 2))}\n`;
}

function toResult(
  one: Diagnostic,
  print: string,
  indexOf: (code: string) => number,
  secrets: Secrets,
): object {
  const related = relatedLocations(one.labels, secrets);
  return {
    ruleId: one.code,
    ruleIndex: indexOf(one.code),
    level: levels[one.severity],
    message: { text: messageLines(one, secrets).join('\n') },
    locations: [
      one.span ? location(one.span) : { physicalLocation: { artifactLocation: artifact(fileOf(one) ?? '') } },
    ],
    partialFingerprints: { [fingerprintName]: print },
    ...(related.length > 0 ? { relatedLocations: related } : {}),
    ...(one.fix && isPublic(one.fix, secrets) ? { fixes: [fixToSarif(one.fix)] } : {}),
  };
}

function notification(one: Diagnostic, secrets: Secrets): object {
  return {
    descriptor: { id: one.code },
    level: levels[one.severity],
    message: { text: messageLines(one, secrets).join('\n') },
  };
}

// A service shows what it got as if it were everything, so the report itself says that it is not.
function leftOut({ count, because }: Kept, placed: readonly Diagnostic[]): object[] {
  const missing = placed.slice(count);
  if (missing.length === 0) return [];
  const counts = (['error', 'warning', 'info'] as const)
    .map((severity) => [severity, missing.filter((one) => one.severity === severity).length] as const)
    .filter(([, number]) => number > 0)
    .map(([severity, number]) => `${number} of severity ${severity}`);
  const text = `${missing.length} of ${placed.length} problems are left out because ${because}: ${counts.join(', ')}; --format json has all`;
  return [{ level: 'warning', message: { text } }];
}
