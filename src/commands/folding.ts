// One mistake, one finding: what follows from a slip of the pen is told with the slip.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { causesAmong } from '../fix/causes.ts';
import { foldConsequences } from '../fix/consequences.ts';
import type { Host } from '../host/host.ts';
import type { Judged } from './judging.ts';

/** What is to be reported, without findings that follow from others. @param check the same of another host */
export function foldedInto<T extends Judged>(judged: T, host: Host, check: (host: Host) => Judged): T {
  const { diagnostics, sources } = judged;
  if (causesAmong(diagnostics).length === 0) return judged;
  const again = (one: Host): readonly Diagnostic[] => check(one).diagnostics;
  return { ...judged, diagnostics: foldConsequences(diagnostics, sources, host, again) };
}
