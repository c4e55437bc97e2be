// How much of a YAML file is too much. Hostile files must cost little, and nobody reads the five hundredth complaint.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Source, span } from '../text/source.ts';

/** Levels of collections, aliases expanded. PyYAML itself stops at about 490, with a Python traceback. */
export const deepestNesting = 200;

/** Nodes of a file, aliases expanded. */
export const mostNodes = 1_000_000;

/** Errors, and warnings of one code, that are shown for one file. */
export const mostErrors = 20;
const mostWarnings = 200;

/** A report that passes the first problems of a file on; `close` says how many it held back. */
export function limited(source: Source, report: Report): { report: Report; close: () => void } {
  const counts = new Map<string, number>();
  let heldBack = 0;
  return {
    report: (diagnostic) => {
      const error = diagnostic.severity === 'error';
      const kind = error ? 'error' : diagnostic.code;
      const count = (counts.get(kind) ?? 0) + 1;
      counts.set(kind, count);
      if (count <= (error ? mostErrors : mostWarnings)) report(diagnostic);
      else heldBack++;
    },
    close: () => {
      if (heldBack > 0)
        report(
          problem(
            'GX109',
            'there are more problems like these in this file',
            span(source, source.text.length),
            {
              help: 'mend the ones that are shown, and look again',
            },
          ),
        );
    },
  };
}
