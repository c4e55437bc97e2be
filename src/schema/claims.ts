// One mistake, one finding: what a named check has told, the general check against a schema does not tell again.

import type { Report } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';

export interface Claims {
  /** For named findings: they go on, and claim their place. */
  readonly named: Report;
  /** For general findings: those at a claimed place are dropped. Use it after the named checks. */
  readonly general: Report;
}

/** Splits a report in two, of which the first has precedence at the same place. */
export function makeClaims(report: Report): Claims {
  const claimed = new Set<string>();
  return {
    named(one) {
      if (one.span) claimed.add(key(one.span));
      report(one);
    },
    general(one) {
      if (!one.span || !claimed.has(key(one.span))) report(one);
    },
  };
}

function key({ source, start, end }: Span): string {
  return `${start}:${end}:${source.path}`;
}
