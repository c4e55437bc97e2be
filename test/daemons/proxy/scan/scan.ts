// All checks over one file.

import { checks } from './checks.ts';
import { parse } from './syntax.ts';

/** What the checks find, as `line 12: an alias one can climb out of`, by line. */
export function scan(text: string): string[] {
  const tree = parse(text);
  return checks
    .flatMap(({ name, find }) => find(tree).map((line) => ({ line, name })))
    .sort((one, other) => one.line - other.line)
    .map(({ line, name }) => `line ${line}: ${name}`);
}
