// What the parts of the strict scan share: the text, the open elements, and how a problem is told.

import type { Code } from '../diagnostics/codes.ts';
import { type Details, problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../text/source.ts';

/** Problems after which the scan gives up: a file with that many is not XML, or one mistake is counted over and over. */
export const MOST_PROBLEMS = 100;

/** Why nearly every finding of the scan matters. */
export const REFUSED = 'no XML parser accepts the file, and Galaxy does not start with it';

export interface OpenElement {
  readonly name: string;
  /** Offset of its name. */
  readonly at: number;
  /** Prefixes its own attributes declare. */
  readonly prefixes?: ReadonlySet<string>;
}

/** Names of the attributes of the tag being read. One object serves all tags: making one for each costs more than the scan. */
export interface AttributeNames {
  count: number;
  readonly starts: number[];
  readonly ends: number[];
  /** True when one of them has a name space prefix. */
  qualified: boolean;
  byName: Map<string, number> | undefined;
}

export interface Cursor {
  readonly source: Source;
  readonly text: string;
  readonly open: OpenElement[];
  readonly names: AttributeNames;
  /** True once something was found after which the rest cannot be understood. */
  stopped: boolean;
  problems: number;
  readonly report: Report;
}

export function makeCursor(source: Source, report: Report): Cursor {
  const names = { count: 0, starts: [], ends: [], qualified: false, byName: undefined };
  return { source, text: source.text, open: [], names, stopped: false, problems: 0, report };
}

/** Tells a problem after which the scan goes on. */
export function tell(
  cursor: Cursor,
  code: Code,
  message: string,
  start: number,
  end: number,
  details: Details,
): void {
  if (cursor.stopped) return;
  cursor.report(problem(code, message, place(cursor, start, end), details));
  cursor.problems++;
  if (cursor.problems >= MOST_PROBLEMS) cursor.stopped = true;
}

/** Tells a problem after which the rest of the document cannot be understood. */
export function stop(
  cursor: Cursor,
  code: Code,
  message: string,
  start: number,
  end: number,
  details: Details,
): void {
  tell(cursor, code, message, start, end, details);
  cursor.stopped = true;
}

export function place(cursor: Cursor, start: number, end: number): Span {
  return span(cursor.source, start, Math.min(end, cursor.text.length));
}
