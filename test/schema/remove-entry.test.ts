// Taking an entry out of a mapping: what goes, what stays, and when it is better left to a person.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { removeEntry } from '../../src/schema/remove-entry.ts';
import { entry } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { applyEdits } from '../../src/text/edit.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('remove entry');

/** The text without the entry "old", or undefined when it is left. */
function without(text: string): string | undefined {
  const source = makeSource('a.yml', text);
  const root = parseYaml(source, () => undefined);
  const found = entry(root, 'old');
  if (root?.kind !== 'map' || !found) throw new Error('no such entry');
  const edits = removeEntry(root, found);
  return edits && applyEdits(source, edits);
}

const cases: readonly [name: string, before: string, after: string | undefined][] = [
  ['a line', 'a: 1\nold: 2\nb: 3\n', 'a: 1\nb: 3\n'],
  ['the last line, without a line end', 'a: 1\nold: 2', 'a: 1\n'],
  ['CRLF', 'a: 1\r\nold: 2\r\nb: 3\r\n', 'a: 1\r\nb: 3\r\n'],
  ['blanks at its end', 'a: 1\nold: 2  \nb: 3\n', 'a: 1\nb: 3\n'],
  ['a comment behind it stays', 'a: 1\nold: 2  # why\nb: 3\n', 'a: 1\n# why\nb: 3\n'],
  ['with its indentation', '  a: 1\n  old: 2 # why\n', '  a: 1\n  # why\n'],
  ['comments and blank lines around it stay', 'a: 1\n\n# old\nold: 2\n\nb: 3\n', 'a: 1\n\n# old\n\nb: 3\n'],
  ['a "#" in the value is no comment', 'a: 1\nold: x#y\n', 'a: 1\n'],
  ['a quoted value', 'a: 1\nold: "x # y"\n', 'a: 1\n'],
  ['nothing behind the colon', 'a: 1\nold:\nb: 2\n', 'a: 1\nb: 2\n'],
  ['nothing but a comment', 'a: 1\nold:  # why\nb: 2\n', 'a: 1\n# why\nb: 2\n'],
  ['a value of several lines', 'a: 1\nold:\n  - 1\n  - 2\nb: 2\n', 'a: 1\nb: 2\n'],
  ['a block of text', 'a: 1\nold: |\n  x\n  y\n\nb: 2\n', 'a: 1\n\nb: 2\n'],
  ['a flow value', 'a: 1\nold: {x: 1}\nb: 2\n', 'a: 1\nb: 2\n'],
  ['comments inside the value', 'a: 1\nold:\n  - 1 # one\n  - 2\n', undefined],
  ['the only entry', 'old: 1\n', undefined],
  ['a flow mapping', '{a: 1, old: 2}\n', undefined],
  ['a flow mapping on several lines', '{a: 1,\n old: 2}\n', undefined],
  ['an anchor', 'old: &x 2\nb: *x\n', undefined],
  ['an alias', 'b: &x 2\nold: *x\n', undefined],
  ['a merged entry', 'b: &x {old: 1}\n<<: *x\n', undefined],
  ['an explicit key', 'a: 1\n? old\n: 2\n', undefined],
];
for (const [name, before, after] of cases) test(name, () => assert.is(without(before), after));

test.run();
