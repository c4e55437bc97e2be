// One mistake, one finding: the YAML reader warns of 022 and of the key "on" before anyone knows what stands there;
// where a schema then finds fault with the same place, it says more. What a merge key or an alias repeats is found in
// each section, and written once.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';

// Paths that begin somewhere else than at the root, which a target then cannot start from.
const ofPaths = new Set(['GX312', 'GX313']);

// Octal numbers, numbers in base 60, keys that are no text.
const early = new Set(['GX121', 'GX122', 'GX123']);

// A key or a value has one fault of each of these kinds.
const single = new Set(['GX200', 'GX201', 'GX202', 'GX203', 'GX204', 'GX206']);

/**
 * The diagnostics without the reader's warnings at places where a schema or a front end (GX2xx, GX4xx) reports too, and
 * with one alone of those that a schema repeats.
 */
export function dropEchoes(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  const told = new Set<string>();
  const paths = new Set<string>();
  for (const { code, severity, span } of diagnostics) {
    if (span && /^GX[24]/.test(code)) told.add(placeKey(span));
    // A warning must not hide that nothing can be written.
    if (span && severity === 'error' && ofPaths.has(code)) paths.add(placeKey(span));
  }
  const once = new Set<string>();
  return diagnostics.filter(({ code, span }) => {
    if (!span) return true;
    if (early.has(code)) return !told.has(placeKey(span));
    if (code === 'GX700') return !paths.has(placeKey(span));
    if (!single.has(code)) return true;
    const key = `${code}:${placeKey(span)}`;
    return !once.has(key) && once.add(key);
  });
}

function placeKey({ source, start, end }: Span): string {
  return `${start}:${end}:${source.path}`;
}
