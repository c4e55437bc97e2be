// What the reader of simple YAML takes, it reads exactly as the package does; what it does not take, it leaves alone.

import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { composeYaml } from '../../src/syntax/yaml-compose.ts';
import { readSimpleYaml } from '../../src/syntax/yaml-simple.ts';
import { forbiddenCharacters } from '../../src/syntax/yaml-text.ts';
import { makeSource } from '../../src/text/source.ts';
import { listFiles } from '../helpers/sources.ts';

const test = suite('yaml, simple');

/** True when the text was taken; throws where the two readers differ. */
function taken(text: string): boolean {
  const source = makeSource('galaxy.yml', text);
  if (forbiddenCharacters(source, 1).length > 0) return false;
  const simple = readSimpleYaml(text);
  if (!simple) return false;
  const { faults, root } = composeYaml(source);
  assert.is(faults.length, 0, `the package finds a fault in ${JSON.stringify(text)}`);
  if (!isDeepStrictEqual(simple, root)) assert.equal(simple, root, JSON.stringify(text));
  return true;
}

test('nearly every configuration of the fixtures is simple, and read alike', () => {
  const files = [...listFiles('fixtures', '.yml')].map((path) => readFileSync(path, 'utf8'));
  const simple = files.filter(taken).length;
  assert.ok(simple > 0.9 * files.length, `${simple} of ${files.length}`);
});

test('the cases recorded from PyYAML', () => {
  const cases = readFileSync('test/syntax/pyyaml-cases.jsonl', 'utf8').trimEnd().split('\n');
  const simple = cases.map((line) => (JSON.parse(line) as { yaml: string }).yaml).filter(taken).length;
  assert.ok(simple > 500, `${simple} of ${cases.length}`);
});

// Pieces that the reader knows, and those whose meaning depends on where they stand.
const pieces = fc.constantFrom(
  ...['a', 'b:', 'key: ', 'key:', 'a.b: c', 'k-1: v', '- ', '-', '-a', '--x', '---', '--- ', '----', '...'],
  ...[
    ' ',
    '  ',
    '    ',
    '\n',
    '\n',
    '\n  ',
    '\n    ',
    '#',
    ' # c',
    'a#b',
    'a #b',
    '%',
    '@',
    '~',
    '<<: ',
    '=',
  ],
  ...[
    '"x"',
    '"x y" ',
    "'q'",
    "''",
    '"a\\n"',
    "it's",
    '[',
    '[a, b]',
    '[a,]',
    '[]',
    '[ ]',
    '[a , b ]',
    ']',
    '{}',
  ],
  ...[
    '{',
    '1',
    '0x1F',
    '-1',
    '+2',
    '.5',
    '.',
    ': ',
    ':',
    ',',
    '?',
    '? ',
    '!',
    '&a ',
    '*a',
    '|',
    '>',
    '\\',
    'é',
  ],
  ...[
    'null',
    'x y',
    'a:b',
    'a: b',
    '/p/q',
    'http://x',
    '(x)',
    '$x',
    'x]',
    'x, y',
    '-.',
    '\t',
    '\r\n',
    '"',
    "'",
  ],
);
const line = fc
  .tuple(
    fc.constantFrom(0, 0, 2, 2, 4, 1),
    fc.constantFrom(false, false, true),
    fc.constantFrom('', 'a:', 'b:', 'c:'),
    fc.option(pieces, { freq: 1 }),
    fc.boolean(),
  )
  .map(
    ([indent, item, key, value, comment]) =>
      `${' '.repeat(indent)}${item ? '- ' : ''}${key}${value === null ? '' : ` ${value}`}${comment ? '  # z' : ''}\n`,
  );

test('any text is read alike, or left to the package', () => {
  let simple = 0;
  const check = (parts: string[]) => {
    if (taken(parts.join(''))) simple++;
  };
  fc.assert(fc.property(fc.array(pieces, { maxLength: 14 }), check), { numRuns: 6_000, seed: 1 });
  fc.assert(fc.property(fc.array(line, { maxLength: 5 }), check), { numRuns: 12_000, seed: 2 });
  assert.ok(simple > 1_000, `only ${simple} were simple`);
});

test.run();
