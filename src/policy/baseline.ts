// The baseline: findings that an installation had when it began to use gxgen. They are counted, and only what is new
// is shown. Entries hold fingerprints, so they stay right while lines come and go.

import { fileOf } from '../diagnostics/collect.ts';
import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import { fingerprints, type SecretsWithin } from '../diagnostics/fingerprint.ts';
import type { Span } from '../text/source.ts';
import { mayOverrule } from './known.ts';

const version = 1;
// What is wrong with comments, levels and baselines is no matter of the installation's age.
const aboutHiding = /^GX03/;

export interface Entry {
  readonly code: string;
  readonly name: string;
  /** Relative to the folder of the baseline. */
  readonly file: string;
  readonly fingerprint: string;
}

export interface BaselineOptions {
  readonly secretsWithin: SecretsWithin;
  /** From the path that people see to the one in the baseline. */
  readonly pathOf: (path: string) => string;
}

/** The text of a baseline with everything that may be hidden. @param diagnostics sorted */
export function writeBaseline(
  diagnostics: readonly Diagnostic[],
  options: BaselineOptions,
): { readonly text: string; readonly count: number } {
  const prints = fingerprints(diagnostics, options);
  const findings = diagnostics.flatMap((one, index): Entry[] => {
    if (!mayOverrule(one) || aboutHiding.test(one.code)) return [];
    const file = options.pathOf(fileOf(one) ?? '');
    return [{ code: one.code, name: one.name, file, fingerprint: prints[index] ?? '' }];
  });
  return { text: `${JSON.stringify({ version, findings }, null, 2)}\n`, count: findings.length };
}

/** The entries of a baseline; undefined, and GX036, for what is none. @param place of its name in gxgen.yml */
export function readBaseline(
  text: string,
  shown: string,
  place: Span | undefined,
  report: Report,
): readonly Entry[] | undefined {
  const found = parse(text);
  if (found) return found;
  report(
    problem('GX036', `"${shown}" is no baseline of this version of gxgen`, place, {
      help: `make it again: gxgen validate --write-baseline ${shown}`,
    }),
  );
  return undefined;
}

function parse(text: string): readonly Entry[] | undefined {
  try {
    const value = JSON.parse(text) as { version?: unknown; findings?: unknown } | null;
    if (value?.version !== version || !Array.isArray(value.findings)) return undefined;
    return value.findings.every(isEntry) ? value.findings : undefined;
  } catch {
    return undefined;
  }
}

function isEntry(value: unknown): value is Entry {
  if (typeof value !== 'object' || value === null) return false;
  const { code, file, fingerprint } = value as Partial<Record<keyof Entry, unknown>>;
  return typeof code === 'string' && typeof file === 'string' && typeof fingerprint === 'string';
}

export interface Compared {
  /** What is not in the baseline. */
  readonly fresh: readonly Diagnostic[];
  readonly hidden: number;
  /** Entries that no finding has any more. */
  readonly stale: readonly Entry[];
}

/** @param diagnostics sorted */
export function compareBaseline(
  diagnostics: readonly Diagnostic[],
  entries: readonly Entry[],
  options: BaselineOptions,
): Compared {
  const prints = fingerprints(diagnostics, options);
  const old = new Set(entries.map((one) => one.fingerprint));
  const found = new Set<string>();
  const fresh = diagnostics.filter((one, index) => {
    const print = prints[index] ?? '';
    if (!old.has(print) || !mayOverrule(one)) return true;
    found.add(print);
    return false;
  });
  return {
    fresh,
    hidden: diagnostics.length - fresh.length,
    stale: entries.filter((one) => !found.has(one.fingerprint)),
  };
}

/** GX037. @param shown the baseline as people see it @param place of its name in gxgen.yml */
export function staleEntries(stale: readonly Entry[], shown: string, place: Span | undefined): Diagnostic {
  const few = 5;
  const counts = new Map<string, number>();
  for (const { code } of stale) counts.set(code, (counts.get(code) ?? 0) + 1);
  const list = [...counts].sort(([a], [b]) => (a < b ? -1 : 1));
  const listed = list.slice(0, few).map(([code, count]) => `${code.slice(0, 10)} (${count})`);
  const one = stale.length === 1;
  return problem(
    'GX037',
    `${stale.length} ${one ? 'finding' : 'findings'} of the baseline ${one ? 'is' : 'are'} gone: ${listed.join(', ')}${list.length > few ? ', ...' : ''}`,
    place,
    { help: `make it again: gxgen validate --write-baseline ${shown}` },
  );
}
