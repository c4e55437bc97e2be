// What gxgen writes as YAML is read by PyYAML, which is what Galaxy and Gravity have: value for value, hostile ones included.

import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Plain } from '../../src/syntax/tree.ts';
import { plain, writeYaml } from '../../src/syntax/yaml-write.ts';
import { pythonWith } from './python.ts';

const test = suite('yaml-write peers');

// Reads documents as JSON strings, one a line, and answers with what PyYAML makes of each.
const reader = `
import json, sys, yaml
for line in sys.stdin:
    print(json.dumps(yaml.safe_load(json.loads(line)), default=lambda one: 'not JSON: ' + repr(one)))
`;

const odd: Plain[] = [
  '0x1f3870be274f6c49b3e31a0c6728957f',
  '022',
  '0o17',
  '1_000',
  '12:30:00',
  '1e3',
  '1.0',
  '.5',
  'yes',
  'NO',
  'on',
  'y',
  'n',
  'null',
  '~',
  '',
  ' ',
  '=',
  '<<',
  '-',
  '- a',
  '? a',
  '!x',
  '&a',
  '*a',
  '%a',
  '@a',
  '`a',
  '[a',
  '{a',
  'a: b',
  'a #b',
  '#a',
  "it's",
  '"x"',
  'tab\there',
  'two\nlines',
  'cr\rhere',
  '\u0085',
  '\u2028',
  '\ufeff',
  '\u007f',
  '\u0000',
  '2016-01-01',
  'Grüße',
  '😀',
  'C:\\x',
  '50% of %(here)s',
  '{{ jinja }}',
  'a'.repeat(2000),
  true,
  false,
  null,
  0,
  -1,
  1.5,
  1e21,
  1e-7,
  123456789012,
  [],
  {},
  ['a', ['b', {}]],
  { on: 1, '1': 'x', 'a b': [] },
];

const found = pythonWith(['pyyaml==6.0.3']);
const python = 'python' in found ? found.python : '';
if ('missing' in found)
  process.stdout.write(`SKIPPED: PyYAML from the Python registry is needed\n  ${found.missing}\n`);

(python === '' ? test.skip : test)('PyYAML reads back every odd value', () => {
  const hostile = JSON.parse(readFileSync('test/hostile-values.json', 'utf8')) as { value: string }[];
  // Lone halves of characters are no text that a file can hold.
  const texts = hostile
    .map((one) => one.value)
    .filter((one) => typeof one === 'string' && one.isWellFormed());
  const values: Plain[] = [...odd, ...texts];
  const documents = values.map((value) =>
    writeYaml({
      kind: 'map',
      entries: [
        {
          key: 'value',
          before: [' a comment', undefined, '#x: \u2028 y'],
          value: plain(value),
          ...(typeof value === 'object' ? {} : { beside: ' decide: a | b' }),
        },
        {
          key: typeof value === 'string' && value !== 'value' && value.length < 1000 ? value : 'other',
          value: plain([value]),
        },
      ],
    }),
  );
  const { stdout, stderr, status } = spawnSync(python, ['-c', reader], {
    input: documents.map((one) => `${JSON.stringify(one)}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 100_000_000,
  });
  assert.is(status, 0, stderr);
  const read = stdout
    .trim()
    .split('\n')
    .map((one) => JSON.parse(one) as { [key: string]: Plain });
  assert.is(read.length, values.length);
  for (const [index, value] of values.entries()) {
    assert.equal(read[index]?.value, value, documents[index]);
    const key = typeof value === 'string' && value !== 'value' && value.length < 1000 ? value : 'other';
    assert.equal(read[index]?.[key], [value], documents[index]);
  }
});

test.run();
