// What stays the same about a finding while its file is edited around it: for baselines and for services that follow
// findings from one run to the next.

import { hash } from '../text/hash.ts';
import { lineStart, position, type Span } from '../text/source.ts';
import { fileOf } from './collect.ts';
import type { Diagnostic } from './diagnostic.ts';

/** The secret ranges that touch a place, in order. */
export type SecretsWithin = (span: Span) => readonly { readonly start: number; readonly end: number }[];

export interface FingerprintOptions {
  readonly secretsWithin: SecretsWithin;
  /** The name of a file in fingerprints; as shown when absent. */
  readonly pathOf?: (path: string) => string;
}

// A file may be one line of megabytes: of a longer line only what follows the place counts.
const longest = 1_000;
const excerpt = 200;

/**
 * One fingerprint for each diagnostic, in their order: of code, file and the trimmed line, and the number of those
 * before it with the same three. So it survives lines that come and go elsewhere. Secrets do not enter it: it could
 * be used to guess them, and changing one makes no new finding.
 * @param diagnostics sorted
 */
export function fingerprints(diagnostics: readonly Diagnostic[], options: FingerprintOptions): string[] {
  const seen = new Map<string, number>();
  return diagnostics.map((one) => {
    const file = fileOf(one) ?? '';
    const path = options.pathOf?.(file) ?? file;
    const words = one.span ? lineOf(one.span, options.secretsWithin) : one.message;
    const base = `${one.code}\n${path}\n${words}`;
    const number = seen.get(base) ?? 0;
    seen.set(base, number + 1);
    return hash(`${base}\n${number}`);
  });
}

function lineOf({ source, start }: Span, secretsWithin: SecretsWithin): string {
  const { line } = position(source, start);
  let from = lineStart(source, line);
  let to = lineStart(source, line + 1);
  if (to - from > longest) {
    from = start;
    to = Math.min(to, start + excerpt);
  }
  let text = '';
  for (const secret of secretsWithin({ source, start: from, end: to })) {
    text += `${source.text.slice(from, Math.max(from, secret.start))}*`;
    from = Math.min(to, Math.max(from, secret.end));
  }
  return (text + source.text.slice(from, to)).trim();
}
