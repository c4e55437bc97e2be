// YAML text to a tree, and what a check says about it, for the tests of this folder.

import { placeOf } from '../../src/diagnostics/collect.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { type CheckOptions, checkSchema } from '../../src/schema/check.ts';
import type { Node } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { makeSource } from '../../src/text/source.ts';

/** The tree of a text; throws when it does not parse. */
export function tree(text: string): Node | undefined {
  const problems: Diagnostic[] = [];
  const node = parseYaml(makeSource('galaxy.yml', text), (one) => problems.push(one));
  const error = problems.find((one) => one.severity === 'error');
  if (error) throw new Error(`${placeOf(error)}: ${error.message}`);
  return node;
}

/** What a check reports, sorted by place. The warnings of the YAML reader are not among it. */
export function check(schema: string, text: string, options?: CheckOptions): Diagnostic[] {
  const found: Diagnostic[] = [];
  checkSchema(schema, tree(text), (one) => found.push(one), options);
  return found.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/** `line:column CODE message`, one for each. */
export function lines(found: readonly Diagnostic[]): string[] {
  return found.map((one) => `${placeOf(one).replace('galaxy.yml:', '')} ${one.code} ${one.message}`);
}

/** The text after the fix of the only diagnostic that has one. */
export function fixed(text: string, found: readonly Diagnostic[]): string | undefined {
  const fixes = found.flatMap((one) => one.fix ?? []);
  const [fix] = fixes;
  return fixes.length === 1 && fix ? applyEdits(makeSource('galaxy.yml', text), fix.edits) : undefined;
}
