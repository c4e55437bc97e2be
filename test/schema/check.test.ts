// Beyond single messages: other schemas, arbitrary trees, and time.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { checkSchema } from '../../src/schema/check.ts';
import { secretSpans } from '../../src/schema/secret-spans.ts';
import { readSection } from '../../src/schema/section.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import type { Entry, Node, ScalarNode } from '../../src/syntax/tree.ts';
import { makeSource, span } from '../../src/text/source.ts';
import { check, lines, tree } from './tree.ts';

const test = suite('schema/check');

const gxgen: [text: string, said: string[]][] = [
  ['release: 24.2\ngunicorn_version: 23.0.0\ndeployed_as: /srv/galaxy/config/galaxy.yml\n', []],
  ['release: 23.10', []],
  ['release: 22.05', []],
  ['release: v24', ['1:10 GX204 "release" must be a release such as 24.2, but it is "v24"']],
  [
    'deployed_as: config/galaxy.yml',
    ['1:14 GX204 "deployed_as" must be an absolute path, but it is "config/galaxy.yml"'],
  ],
  ['galaxy: sources', ['1:9 GX202 unknown value "sources" for "galaxy"; did you mean "source"?']],
  [
    'elsewhere: celery',
    ['1:12 GX201 "elsewhere" must be a list, but it is the text "celery"; write [celery]'],
  ],
  [
    'elsewhere: [job-handler]',
    ['1:13 GX202 unknown value "job-handler" in "elsewhere"; did you mean "job-handlers"?'],
  ],
  ['rules: {GX301: off, port-conflict: warning}', []],
  ['rules: {GX301: fatal}', ['1:16 GX202 unknown value "fatal" for "GX301"']],
  [
    'rules: {GX3: off}',
    [
      '1:9 GX204 a key of "rules" must be a code such as GX301, or the name of a finding in small letters with hyphens',
    ],
  ],
  [
    'galaxy_version: 24.1',
    ['1:1 GX200 unknown key "galaxy_version" in "gxgen.yml"; did you mean "release"?'],
  ],
  ['layouts: {systmd: x}', ['1:11 GX200 unknown key "systmd" in "layouts"; did you mean "systemd"?']],
  [
    'systemd: {directory: units}',
    ['1:22 GX204 "directory" must be an absolute path, or begin with ~/, but it is "units"'],
  ],
  [
    'limits: {db_connections: 0, memory: 64}',
    ['1:26 GX203 "db_connections" must be at least 1, but it is 0'],
  ],
  ['- a', ['1:1 GX201 "gxgen.yml" must be a mapping, but it is a list']],
  ['proxy: {user: nginx}\nhosts: {web: {}}\nbaseline: known.json\n', []],
];
for (const [text, said] of gxgen)
  test(`gxgen.yml: ${text}`, () => assert.equal(lines(check('gxgen', text)), said));

test('merged keys are found where they are written', () => {
  const text = 'gunicorn:\n- &a\n  wrokers: 2\n- <<: *a\n  bind: x:1\n';
  assert.equal(lines(check('gravity', text)), [
    '3:3 GX200 unknown key "wrokers" in item 1 of "gunicorn"; did you mean "workers"?',
    '3:3 GX200 unknown key "wrokers" in item 2 of "gunicorn"; did you mean "workers"?',
  ]);
});

test('the key above names the whole, and is marked where nothing is written', () => {
  const root = tree('gravity:\n  - 1\n');
  assert.ok(root?.kind === 'map');
  const found: Diagnostic[] = [];
  checkSchema('gxgen', root.entries[0]?.value, (one) => found.push(one), {
    key: root.entries[0]?.key as ScalarNode,
  });
  assert.equal(
    found.map((one) => [placeOf(one), one.message]),
    [['galaxy.yml:2:3', '"gravity" must be a mapping, but it is a list']],
  );
});

test('one mistake, one finding: a key with odd characters', () => {
  const found = check('gravity', 'handlers: {"a/b~1c": {"x/y": 1}, "~0": {processes: x}}');
  assert.equal(lines(found), [
    '1:23 GX200 unknown key "x/y" in "a/b~1c"',
    '1:52 GX201 "processes" must be a whole number, but it is the text "x"',
  ]);
});

test('keys that JavaScript knows are unknown keys like others', () => {
  const text = '{constructor: 1, __proto__: 2, toString: 3, hasOwnProperty: 4, valueOf: 5, length: 6}';
  assert.is(check('gravity', text).filter((one) => one.code === 'GX200').length, 6);
  assert.is(check('gravity', `gunicorn: {environment: {__proto__: 1, constructor: 2}}`).length, 2);
});

test('a name of one kind is shown on one line and cut', () => {
  const [one] = check('gravity', `"${'x'.repeat(500)}\\n\\e[31m": 1`);
  assert.ok((one?.message.length ?? 0) < 120);
  // biome-ignore lint/suspicious/noControlCharactersInRegex: it is what must not be there
  assert.not.match(one?.message ?? '', /[\u0000-\u001f]/);
});

// Every word the schema knows, so that arbitrary trees reach every corner of it.
const words = [
  'gunicorn',
  'celery',
  'handlers',
  'tusd',
  'reports',
  'gx_it_proxy',
  'environment',
  'pools',
  'h',
];
const keys = [
  ...new Set([
    ...words,
    ...shapeOf('gravity').keys,
    ...(shapeOf('gravity').property('gunicorn')?.keys ?? []),
  ]),
  ...['__proto__', 'on', '1', '', 'a/b', '~', 'env', 'keyfile'],
];
const source = makeSource('any.yml', `${'text: value\n'.repeat(10)}`);
const place = fc.tuple(fc.nat(100), fc.nat(20)).map(([start, length]) => span(source, start, start + length));

const scalar: fc.Arbitrary<ScalarNode> = fc.oneof(
  value('null', fc.constant(null)),
  value('bool', fc.boolean()),
  value('int', fc.oneof(fc.integer(), fc.bigInt())),
  value('float', fc.double()),
  value('timestamp', fc.constant('2024-01-01')),
  value(
    'str',
    fc.oneof(fc.string({ maxLength: 12 }), fc.constantFrom('022', 'systemd', 'DEBUG', '4', 'yes', 'x:1')),
  ),
);
const any: fc.Arbitrary<Node> = fc.letrec<{ node: Node }>((tie) => ({
  node: fc.oneof(
    { maxDepth: 5, withCrossShrink: true },
    scalar,
    fc.record({
      kind: fc.constant('map' as const),
      span: place,
      entries: fc.array(entry(tie('node')), { maxLength: 5 }),
    }),
    fc.record({
      kind: fc.constant('seq' as const),
      span: place,
      items: fc.array(tie('node'), { maxLength: 4 }),
    }),
  ),
})).node;

test('no tree makes it throw, and every finding is complete', () => {
  fc.assert(
    fc.property(any, fc.constantFrom('gravity', 'gxgen'), (node, name) => {
      checkSchema(name, node, (one) => {
        if (one.span === undefined || one.message === '' || /undefined|\[object/.test(one.message))
          throw new Error(JSON.stringify(one.message));
      });
      readAll(name, node);
      secretSpans(name, node);
    }),
    { seed: 20240817, numRuns: 300 },
  );
});

test('time grows with the size, not faster', () => {
  const wide = (count: number): string =>
    `handlers:\n${Array.from({ length: count }, (_, n) => `  h${n}: {processes: x, wrong: 1, pools: y, environment: {A: 1}}\n`).join('')}`;
  const unknown = (count: number): string => Array.from({ length: count }, (_, n) => `key${n}: 1\n`).join('');
  for (const make of [wide, unknown]) {
    const trees = [250, 2000].map((count) => tree(make(count)));
    const time = (node: Node | undefined): number => {
      let best = Number.POSITIVE_INFINITY;
      for (let run = 0; run < 3; run++) {
        const started = performance.now();
        checkSchema('gravity', node, () => {});
        best = Math.min(best, performance.now() - started);
      }
      return best;
    };
    time(trees[0]);
    const [small = 0, large = 0] = trees.map(time);
    // Eight times the input; the rest is room for a busy machine.
    assert.ok(large < 24 * Math.max(small, 2), `${small} ms, then ${large} ms`);
  }
});

test.run();

function value(
  type: ScalarNode['type'],
  values: fc.Arbitrary<ScalarNode['value']>,
): fc.Arbitrary<ScalarNode> {
  return fc.record({
    kind: fc.constant('scalar' as const),
    span: place,
    type: fc.constant(type),
    value: values,
    text: fc.oneof(fc.string({ maxLength: 8 }), values.map(String)),
    style: fc.constantFrom('plain' as const, 'quoted' as const, 'block' as const),
  });
}

function entry(node: fc.Arbitrary<Node>): fc.Arbitrary<Entry> {
  const named = fc.record({ key: fc.constantFrom(...keys), span: place }).map(
    ({ key, span }): ScalarNode => ({
      kind: 'scalar',
      span,
      type: 'str',
      value: key,
      text: key,
      style: 'plain',
    }),
  );
  return fc.record({
    key: fc.oneof({ weight: 9, arbitrary: named }, { weight: 1, arbitrary: scalar }),
    value: node,
    merged: fc.boolean(),
  });
}

function readAll(name: string, node: Node): void {
  const visit = (section: ReturnType<typeof readSection>, depth: number): void => {
    for (const key of keys) {
      section.str(key);
      section.int(key);
      section.num(key);
      section.bool(key);
      section.strings(key);
      section.texts(key);
    }
    if (depth > 2) return;
    for (const key of words) {
      for (const one of section.sections(key)) visit(one, depth + 1);
      for (const one of section.entries(key)) visit(one.section, depth + 2);
    }
  };
  visit(readSection(name, node), 1);
}
