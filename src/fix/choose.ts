// Which fixes are made together: the certain ones that do not touch each other.

import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts';
import type { Source, Span } from '../text/source.ts';
import { merged, Ranges } from './ranges.ts';

/** A fix that could be made. */
export interface Candidate {
  readonly diagnostic: Diagnostic;
  readonly fix: Fix;
  /** Says of two runs whether it is the same fix, wherever it stands by then. */
  readonly key: string;
}

/** The fixes that cannot change what was meant, in the order of the report. */
export function certainFixes(diagnostics: readonly Diagnostic[]): Candidate[] {
  return diagnostics.flatMap((diagnostic) => {
    const { fix } = diagnostic;
    if (!fix?.safe || fix.edits.length === 0) return [];
    return [{ diagnostic, fix, key: keyOf(diagnostic, fix) }];
  });
}

/** The first candidates that do not get in each other's way. @param placeOf the real file of a source */
export function compatible(
  candidates: readonly Candidate[],
  placeOf: (source: Source) => string,
): Candidate[] {
  const taken = new Map<string, Ranges>();
  return candidates.filter(({ fix }) => {
    const own = new Map<string, Ranges>();
    for (const { span } of fix.edits) {
      const place = placeOf(span.source);
      const mine = own.get(place) ?? new Ranges();
      if (taken.get(place)?.meets(span) || mine.meets(span)) return false;
      mine.add(span);
      own.set(place, mine);
    }
    for (const { span } of fix.edits) {
      const place = placeOf(span.source);
      const all = taken.get(place) ?? new Ranges();
      all.add(span);
      taken.set(place, all);
    }
    return true;
  });
}

/** Tells whether one of the edits of a fix lies in text that aliases repeat elsewhere. */
export function sharedText(spans: readonly Span[]): (candidate: Candidate) => boolean {
  const byFile = new Map<string, Span[]>();
  for (const one of spans) {
    const list = byFile.get(one.source.path);
    if (list) list.push(one);
    else byFile.set(one.source.path, [one]);
  }
  const ranges = new Map([...byFile].map(([path, list]) => [path, merged(list)]));
  return ({ fix }) => fix.edits.some(({ span }) => ranges.get(span.source.path)?.meets(span) === true);
}

function keyOf({ code, message }: Diagnostic, { title, edits }: Fix): string {
  return JSON.stringify([code, message, title, ...edits.map(({ span, text }) => [span.source.path, text])]);
}
