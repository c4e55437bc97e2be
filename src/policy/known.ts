// Which findings there are, and which of them an administrator may overrule.

import { codes } from '../diagnostics/codes.ts';
import type { Diagnostic, Severity } from '../diagnostics/diagnostic.ts';
import { rules } from '../rules/index.ts';
import { suggest } from '../text/suggest.ts';

export interface Known {
  readonly code: string;
  readonly name: string;
  readonly severity: Severity;
}

let all: ReadonlyMap<string, Known> | undefined;

/** Every finding by its code and by its name. */
export function knownFindings(): ReadonlyMap<string, Known> {
  all ??= makeKnown();
  return all;
}

function makeKnown(): ReadonlyMap<string, Known> {
  const own = Object.entries(codes()).map(([code, info]) => ({ code, ...info }));
  return new Map(
    [...own, ...rules].flatMap((one) => [
      [one.code, one],
      [one.name, one],
    ]),
  );
}

// A target that cannot express a value, or that would get two files of one name.
const impossible = new Set(['GX700', 'GX702', 'GX722', 'GX730', 'GX731']);

/**
 * Whether a finding may be hidden or weakened. Not where a file cannot be read or written, where its syntax is wrong,
 * or where a target cannot do what the file says: there is nothing right to go on with.
 */
export function mayOverrule({ code, severity }: Pick<Diagnostic, 'code' | 'severity'>): boolean {
  if (/^GX[01]/.test(code)) return severity !== 'error';
  return !impossible.has(code);
}

/** `; did you mean "GX460"?`, or nothing. */
export function nearCode(word: string, known: ReadonlyMap<string, Known>): string {
  // Any number is near to some other.
  const near = /^GX\d{3}$/.test(word) ? undefined : suggest(word, known.keys());
  return near === undefined ? '' : `; did you mean "${near}"?`;
}
