// The tree of the YAML reader: places, aliases, merge keys, warnings and limits. Values are compared with PyYAML in
// yaml-pyyaml.test.ts.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { toPlain } from '../../src/syntax/plain.ts';
import { entry, get, type Node } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { octalInteger, sexagesimalNumber } from '../../src/syntax/yaml-warnings.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('yaml');

function read(text: string): { node: Node | undefined; found: Diagnostic[] } {
  const found: Diagnostic[] = [];
  const node = parseYaml(makeSource('galaxy.yml', text), (one) => found.push(one));
  return { node, found };
}

function clean(text: string): Node {
  const { node, found } = read(text);
  assert.equal(found, []);
  assert.ok(node);
  return node;
}

const shown = (span: Span | undefined) => span?.source.text.slice(span.start, span.end);
const summary = (found: readonly Diagnostic[]) => found.map(({ code, span }) => `${code} ${shown(span)}`);

test('spans hold exactly what is written', () => {
  const node = clean(
    'a: plain # comment\nb: "quoted" \nc:\n  d: [1, {e: f}]  # comment\n\n  g: |\n    text\n    more\n\nh:\ni: - x\n'.replace(
      'i: - x',
      'i:\n- x\n- y z',
    ),
  );
  assert.is(shown(get(node, 'a')?.span), 'plain');
  assert.is(shown(get(node, 'b')?.span), '"quoted"');
  assert.is(shown(get(node, 'c')?.span), 'd: [1, {e: f}]  # comment\n\n  g: |\n    text\n    more');
  assert.is(shown(get(get(node, 'c'), 'd')?.span), '[1, {e: f}]');
  assert.is(shown(entry(get(node, 'c'), 'g')?.key.span), 'g');
  assert.is(shown(get(get(node, 'c'), 'g')?.span), '|\n    text\n    more');
  assert.is(shown(get(node, 'i')?.span), '- x\n- y z');
  const empty = get(node, 'h')?.span;
  assert.is(empty?.start, empty?.end);
  assert.is(empty?.source.text.slice((empty?.start ?? 0) - 2, empty?.start), 'h:');
});

test('spans count UTF-16 units, with CRLF and lone CR as line ends', () => {
  const node = clean('é: 😀\r\nb: x\rc: y\n');
  assert.is(shown(get(node, 'é')?.span), '😀');
  assert.is(shown(get(node, 'b')?.span), 'x');
  assert.is(shown(get(node, 'c')?.span), 'y');
});

test('a scalar keeps its text beside its value', () => {
  const node = get(clean('a: 0x1F'), 'a');
  assert.ok(node?.kind === 'scalar');
  assert.is(node.text, '0x1F');
  assert.is(node.value, 31);
  assert.is(node.type, 'int');
});

test('an alias brings the nodes of its anchor, which point at their own text', () => {
  const text = 'a: &x\n  b: 1\nc: *x\n';
  const node = clean(text);
  assert.equal(toPlain(node), { a: { b: 1 }, c: { b: 1 } });
  assert.is(get(get(node, 'c'), 'b')?.span.start, text.indexOf('1'));
});

test('a key that is an alias stands where the alias stands', () => {
  const text = 'a: &x b\n*x : c\n';
  assert.is(entry(clean(text), 'b')?.key.span.start, text.indexOf('*x'));
});

test('merged entries come first, say so, and keep their places', () => {
  const text = 'base: &base {x: 1, y: 2}\nc:\n  z: 3\n  y: 4\n  <<: *base\n';
  const map = get(clean(text), 'c');
  assert.ok(map?.kind === 'map');
  assert.equal(
    map.entries.map(({ key, merged }) => `${key.text}${merged ? ' merged' : ''}`),
    ['x merged', 'y', 'z'],
  );
  assert.is(entry(map, 'x')?.key.span.start, text.indexOf('x: 1'));
  assert.is(shown(entry(map, 'y')?.value.span), '4');
});

test('an empty document is nothing, without a word', () => {
  for (const text of ['', '\n', '# comment\n', '---\n', '--- # comment\n...\n'])
    assert.equal(read(text), { node: undefined, found: [] });
});

test('a key that comes twice: the last counts, and both places are shown', () => {
  const text = 'workers: 1\nbind: x\nworkers: 2\n';
  const { node, found } = read(text);
  assert.equal(node && toPlain(node), { workers: 2, bind: 'x' });
  assert.equal(summary(found), ['GX120 workers']);
  assert.is(found[0]?.severity, 'warning');
  assert.is(found[0]?.span?.start, text.lastIndexOf('workers'));
  assert.is(found[0]?.labels[0]?.span.start, 0);
});

test('keys are equal as Python has it', () => {
  assert.equal(summary(read('1: a\n1.0: b\ntrue: c\n').found).toSorted(), [
    'GX120 1.0',
    'GX120 true',
    'GX123 true',
  ]);
  assert.equal(read('1: a\n"1": b\n').found, []);
});

const warnings: [text: string, ...expected: string[]][] = [
  ['umask: 022', `${octalInteger} 022`],
  ['umask: "022"'],
  ['umask: !!int 022'],
  ['workers: 07'],
  ['workers: 0'],
  ['workers: -010', `${octalInteger} -010`],
  ['workers: 08'],
  ['colour: 0x1F'],
  ['limit: 24:00:00', `${sexagesimalNumber} 24:00:00`],
  ['limit: 1:30.5', `${sexagesimalNumber} 1:30.5`],
  ['bind: 127.0.0.1:8080'],
  ['limit: 00:30'],
  ['enable: yes'],
  ['enable: off'],
  ['on: push', 'GX123 on'],
  ['{no: 1, true: 2}', 'GX123 no', 'GX123 true'],
  ['~: 1', 'GX123 ~'],
  ['"on": push'],
  ['a:\u00a0b', 'GX124 \u00a0'],
  ['a: x\u200by', 'GX124 \u200b'],
  ['a: "x\u00a0y"'],
  ['# x\u00a0y\na: 1'],
];

for (const [text, ...expected] of warnings) {
  test(`${JSON.stringify(text)} warns ${expected.length} times`, () => {
    // Text that is no mapping is a value of its own.
    assert.equal(summary(read(`${text}\n`).found), expected);
  });
}

test('a safe fix makes text of the value or key, and the warning goes', () => {
  for (const [text, ...expected] of warnings) {
    let mended = text;
    for (const { fix } of read(text).found.toReversed())
      if (fix?.safe)
        for (const edit of fix.edits.toReversed())
          mended = mended.slice(0, edit.span.start) + edit.text + mended.slice(edit.span.end);
    const left = summary(read(mended).found);
    assert.equal(left, mended === text ? expected : [], mended);
  }
});

test('a value that could be a secret is not named', () => {
  for (const text of ['id_secret: 0123456701', 'password: 12:34:56:12:34'])
    assert.not.match(
      read(text)
        .found.map((one) => JSON.stringify({ ...one, span: 0, fix: 0 }))
        .join(''),
      /\d{4}|12:34/,
    );
});

const levels = (count: number) => `${'['.repeat(count)}${']'.repeat(count)}`;
const repeat = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => make(i)).join('');

test('200 levels of nesting are read, 201 are not', () => {
  clean(levels(200));
  clean(repeat(200, (index) => `${' '.repeat(index)}a:\n`));
  for (const text of [
    levels(201),
    `${'- '.repeat(201)}x`,
    `a: &a ${levels(150)}\nb: ${'['.repeat(60)}*a${']'.repeat(60)}`,
  ])
    assert.match(summary(read(text).found).join(), /^GX110/);
});

const hostile: Record<string, [text: string, expected: RegExp]> = {
  'brackets without end': ['['.repeat(100_000), /^GX110/],
  'mappings without end': ['{a: '.repeat(100_000), /^GX110/],
  'items on one line': [`${'- '.repeat(100_000)}x`, /^GX110/],
  'closing brackets': [']'.repeat(100_000), /^GX104/],
  'an alias bomb': [`a0: &a0 x\n${repeat(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]\n`)}`, /^GX111 /],
  'a bomb of merge keys': [
    `a0: &a0 {x: 1}\n${repeat(40, (i) => `a${i + 1}: &a${i + 1} {<<: [*a${i}, *a${i}], k${i}: 1}\n`)}`,
    /^GX111 /,
  ],
  'aliases as deep as they go': [
    `a0: &a0 x\n${repeat(1000, (i) => `a${i + 1}: &a${i + 1} [*a${i}]\n`)}`,
    /^GX110/,
  ],
  '20,000 keys': [repeat(20_000, (i) => `k${i}: v\n`), /^$/],
  '20,000 anchors and aliases': [repeat(20_000, (i) => `k${i}: &a${i} v\nl${i}: *a${i}\n`), /^$/],
  'one anchor after the other': [`${'&a '.repeat(30_000)}x`, /^GX100/],
  'unknown aliases': [`[${'*a, '.repeat(50_000)}]`, /^GX112.*GX109/],
  'wrong escapes': [`"${'\\q'.repeat(100_000)}"`, /^GX106/],
  tabs: ['a:\tb\n'.repeat(50_000), /^GX103.*GX109/],
  documents: ['---\n'.repeat(50_000), /^GX108/],
  'an integer of a million digits': [`a: ${'9'.repeat(1_000_000)}`, /^GX115/],
  'a number in base 60 with a million digits': [`a: 1${':0'.repeat(500_000)}`, /^GX115/],
};

for (const [name, [text, expected]] of Object.entries(hostile)) {
  test(`${name} cost little`, () => {
    const started = process.cpuUsage();
    const { found } = read(text);
    const { user, system } = process.cpuUsage(started);
    assert.match(found.map(({ code, span: at }) => `${code} ${at?.start}`).join(), expected);
    assert.ok(found.length <= 21);
    assert.ok(user + system < 2_000_000, `${(user + system) / 1000} ms of processor time`);
  });
}

test.run();
