// What is written is read back: every value, through gxgen's own reader. PyYAML reads the same texts in test/peers.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { toPlain } from '../../src/syntax/plain.ts';
import type { Plain } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { commentText, plain, scalarText, writeYaml, type YamlMap } from '../../src/syntax/yaml-write.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('yaml-write');

function readBack(text: string): Plain {
  const found: Diagnostic[] = [];
  const node = parseYaml(makeSource('galaxy.yml', text), (one) => found.push(one));
  const errors = found.filter((one) => one.severity === 'error');
  assert.equal(errors, [], text);
  assert.ok(node, text);
  return toPlain(node);
}

test('plain words stay plain, and what YAML 1.1 would turn into something else is quoted', () => {
  const cases: [string, string][] = [
    ['/srv/galaxy/database', '/srv/galaxy/database'],
    ['localhost', 'localhost'],
    ['022', '"022"'],
    ['0x1f3870be274f6c49b3e31a0c6728957f', '"0x1f3870be274f6c49b3e31a0c6728957f"'],
    ['1e3', '"1e3"'],
    ['12:30:00', '"12:30:00"'],
    ['yes', '"yes"'],
    ['off', '"off"'],
    ['null', '"null"'],
    ['~', '"~"'],
    ['', '""'],
    ['50% of it', '"50% of it"'],
    ['a: b', '"a: b"'],
    ['a #b', '"a #b"'],
    ['it\'s "x"', '"it\'s \\"x\\""'],
    ['two\nlines', '"two\\nlines"'],
    ['localhost:8080', '"localhost:8080"'],
    ['2016-01-01', '"2016-01-01"'],
  ];
  for (const [value, text] of cases) assert.is(scalarText(value), text);
});

test('comments, empty lines and nesting have their places', () => {
  const root: YamlMap = {
    kind: 'map',
    entries: [
      {
        key: 'gravity',
        before: [' the process manager', undefined],
        value: {
          kind: 'map',
          entries: [
            { key: 'umask', value: plain('022'), beside: ' as before' },
            {
              key: 'handlers',
              value: {
                kind: 'map',
                entries: [
                  {
                    key: 'handler',
                    value: plain({ processes: 2, pools: ['job-handlers'], empty: {}, none: [] }),
                  },
                ],
              },
            },
          ],
          after: ['virtualenv: x'],
        },
      },
      {
        key: 'gunicorn',
        value: {
          kind: 'list',
          items: [{ value: plain({ bind: 'a', workers: 1 }), before: [' first'] }, { value: plain('x') }],
        },
      },
    ],
  };
  assert.is(
    writeYaml(root),
    `# the process manager

gravity:
  umask: "022"  # as before
  handlers:
    handler:
      processes: 2
      pools:
        - job-handlers
      empty: {}
      none: []
  #virtualenv: x
gunicorn:
  # first
  - bind: a
    workers: 1
  - x
`,
  );
});

test('a comment never ends its line, and holds nothing that PyYAML refuses', () => {
  assert.is(commentText(' a\u2028b\u0085c\rd\u0000e\u0007\ud800'), '# a b c d\ufffde\ufffd\ufffd');
});

test('any value comes back as it went in', () => {
  const text = fc.string({ unit: 'binary', maxLength: 20 });
  const odd = fc.constantFrom(
    '=',
    '<<',
    '- a',
    '? a',
    '! a',
    '&a',
    '*a',
    '%a',
    '@a',
    '`a',
    '#a',
    'a#',
    '[a',
    '{a',
    '\t',
    ' ',
    '-',
    '1_000',
    '.5',
    '+.5',
    '0o17',
    'y',
    'n',
    'NO',
    '1.',
    '-.inf',
    '\ufeff',
  );
  // Past 2^53 an integer has no exact form here, and none is written by anybody.
  const exact = fc
    .double({ noNaN: true })
    .filter((one) => !Number.isInteger(one) || Number.isSafeInteger(one));
  const scalar = fc.oneof(text, odd, fc.integer(), exact, fc.boolean(), fc.constant(null));
  const key = fc.oneof(fc.stringMatching(/^[a-z_]{1,8}$/), odd, text);
  const { tree } = fc.letrec<{ tree: Plain }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3 },
      scalar,
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 4 }),
    ) as fc.Arbitrary<Plain>,
  }));
  const comment = fc.option(fc.string({ unit: 'binary', maxLength: 12 }), { nil: undefined });
  fc.assert(
    fc.property(tree, fc.array(comment, { maxLength: 2 }), (value, before) => {
      const entry = { key: 'x', value: plain(value), before };
      const back = readBack(writeYaml({ kind: 'map', entries: [entry] }));
      assert.equal(normal(back), normal({ x: value }));
    }),
    { numRuns: 600, seed: 5 },
  );
});

// -0 is written, and equal; dictionaries of fast-check have no prototype.
function normal(value: Plain): unknown {
  return JSON.parse(JSON.stringify(value, (_, one) => (Object.is(one, -0) ? 0 : one)));
}

test.run();
