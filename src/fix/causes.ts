// Findings from which others may follow: a slip of the pen that a fix would mend.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';

// Keys, values, sections, elements and attributes that are not what they were meant to be, and pools.
const slips = new Set([
  'GX200',
  'GX201',
  'GX202',
  'GX207',
  'GX250',
  'GX361',
  'GX400',
  'GX401',
  'GX410',
  'GX420',
  'GX440',
  'GX460',
]);

/** Those of the findings that others may follow from; none where there is nothing that could follow. */
export function causesAmong(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  if (diagnostics.length < 2) return [];
  // What is allowed as it is (`--allow-unknown`) causes nothing.
  return diagnostics.filter(
    ({ code, severity, fix }) => severity !== 'info' && fix !== undefined && slips.has(code),
  );
}
