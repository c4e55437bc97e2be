// One mistake, one finding: the YAML reader warns of 022 and of the key "on" before anyone knows what stands there;
// where a schema then finds fault with the same place, it says more.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';

// Octal numbers, numbers in base 60, keys that are no text.
const early = new Set(['GX121', 'GX122', 'GX123']);

/** The diagnostics without the reader's warnings at places where a schema or a front end (GX2xx, GX4xx) reports too. */
export function dropEchoes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set<string>();
  for (const { code, span } of diagnostics) if (span && /^GX[24]/.test(code)) told.add(placeKey(span));
  return diagnostics.filter(({ code, span }) => !(span && early.has(code) && told.has(placeKey(span))));
}

function placeKey({ source, start, end }: Span): string {
  return `${start}:${end}:${source.path}`;
}
