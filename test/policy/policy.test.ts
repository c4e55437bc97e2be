// Comments that hide findings, levels, and the baseline, on small sources with made-up findings.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assemble, type Diagnostic, type Severity } from '../../src/diagnostics/diagnostic.ts';
import { byDefault } from '../../src/model/located.ts';
import { writeBaseline } from '../../src/policy/baseline.ts';
import { applyPolicy, type Policy } from '../../src/policy/index.ts';
import { makeSource, position, type Source, span } from '../../src/text/source.ts';

const test = suite('policy');

/** A finding at every `bad`. */
function findings(source: Source, code = 'GX460', severity: Severity = 'error'): Diagnostic[] {
  return [...source.text.matchAll(/bad/g)].map(({ index }) =>
    assemble(code, 'made-up', severity, 'it is bad', span(source, index, index + 3), {}),
  );
}

function rule(sources: readonly Source[], found: readonly Diagnostic[], more: Partial<Policy> = {}) {
  return applyPolicy(found, {
    sources,
    levels: [],
    complete: true,
    secretsWithin: () => [],
    pathOf: (path) => path,
    ...more,
  });
}

/** `CODE:LINE` of what is left. */
function left(text: string, code = 'GX460', severity: Severity = 'error', complete = true): string {
  const source = makeSource('file', text);
  return rule([source], findings(source, code, severity), { complete })
    .diagnostics.map((one) => `${one.code}:${one.span ? position(one.span.source, one.span.start).line : ''}`)
    .join(' ');
}

const next = 'gxgen-disable-next-line';
const same = 'gxgen-disable-line';
const yaml: readonly [name: string, text: string, expected: string][] = [
  ['no comment', 'a: bad\n', 'GX460:1'],
  ['the next line', `# ${next} GX460 -- ours\na: bad\n`, ''],
  ['a colon before the reason', `# ${next} GX460: ours\na: bad\n`, ''],
  ['two codes', `# ${next} GX461, GX460 -- ours\na: bad\n`, 'GX032:1'],
  ['the same line', `a: bad # ${same} GX460 -- ours\n`, ''],
  ['no space behind the mark', `#${next} GX460 -- ours\na: bad\n`, ''],
  ['blank lines and comments between', `# ${next} GX460 -- ours\n\n# more\r\n  \n  a: bad\n`, ''],
  ['two comments for one line', `# ${next} GX460 -- ours\n# ${next} GX461 -- ours\na: bad\n`, 'GX032:2'],
  ['only the next line', `# ${next} GX460 -- ours\na: bad\nb: bad\n`, 'GX460:3'],
  ['a line of its own is not the same line', `# ${same} GX460 -- ours\na: bad\n`, 'GX032:1 GX460:2'],
  ['nothing to hide', `# ${next} GX460 -- ours\na: good\nb: bad\n`, 'GX032:1 GX460:3'],
  ['nothing behind it', `a: bad\n# ${next} GX460 -- ours\n`, 'GX460:1 GX032:2'],
  ['nothing behind it, not even a line end', `a: bad\n# ${next} GX460 -- ours`, 'GX460:1 GX032:2'],
  ['no reason', `# ${next} GX460\na: bad\n`, 'GX030:1 GX460:2'],
  ['an empty reason', `# ${next} GX460 --\na: bad\n`, 'GX030:1 GX460:2'],
  ['no code', `# ${next} -- ours\na: bad\n`, 'GX030:1 GX460:2'],
  ['an unknown code', `# ${next} GX099 -- ours\na: bad\n`, 'GX031:1 GX460:2'],
  ['a name', `# ${next} pool-unknown -- ours\na: bad\n`, 'GX031:1 GX460:2'],
  ['another verb', `# gxgen-ignore GX460 -- ours\na: bad\n`, 'GX030:1 GX460:2'],
  ['in double quotes', `a: "bad # ${same} GX460 -- ours"\n`, 'GX460:1'],
  ['in single quotes', `a: 'bad # ${same} GX460 -- ours'\n`, 'GX460:1'],
  ['in quotes over two lines', `a: "x\n  bad # ${same} GX460 -- ours"\n`, 'GX460:2'],
  ['in a block', `a: |\n  bad # ${same} GX460 -- ours\n`, 'GX460:2'],
  ['behind the head of a block', `bad: | # ${same} GX460 -- ours\n  text\n`, ''],
  ['in a word', `a: bad#${same} GX460 -- ours\n`, 'GX460:1'],
  ['in a list', `a: [bad, # ${same} GX460 -- ours\n  good]\n`, ''],
  ['a sentence about it', `# see gxgen-disable-line\na: bad\n`, 'GX460:2'],
];

for (const [name, text, expected] of yaml) test(`YAML: ${name}`, () => assert.is(left(text), expected));

const xml: readonly [name: string, text: string, expected: string][] = [
  ['the next line', `<a>\n<!-- ${next} GX460: ours -->\n<b c="bad"/></a>`, ''],
  ['the same line', `<a b="bad"> <!-- ${same} GX460: ours -->\n</a>`, ''],
  [
    'a tag over several lines',
    `<a>\n<!-- ${next} GX460: ours -->\n<b\n c=">"\n d="bad"/><e f="bad"/></a>`,
    'GX460:5',
  ],
  ['a comment over lines', `<a>\n<!-- ${next} GX460:\n ours -->\n\n<!-- more -->\n<b c="bad"/></a>`, ''],
  ['in CDATA', `<a><![CDATA[<!-- ${same} GX460: ours -->bad]]></a>`, 'GX460:1'],
  ['no reason', `<a>\n<!-- ${next} GX460 -->\n<b c="bad"/></a>`, 'GX030:2 GX460:3'],
  ['behind a declaration', `<?xml version="1.0"?>\n<!-- ${next} GX460: ours -->\n<a b="bad"/>`, ''],
];

for (const [name, text, expected] of xml) test(`XML: ${name}`, () => assert.is(left(text), expected));

test('what cannot be hidden says so once', () => {
  assert.is(left(`# ${next} GX700 -- ours\na: bad, bad\n`, 'GX700'), 'GX033:1 GX700:2 GX700:2');
});

test('a warning about syntax can be hidden; nothing is read in a file with an error of syntax', () => {
  assert.is(left(`# ${next} GX121 -- ours\na: bad\n`, 'GX121', 'warning'), '');
  assert.is(left(`# ${next} GX100 -- ours\na: bad\n`, 'GX100'), 'GX100:2');
});

test('a run that does not look for everything misses nothing', () => {
  assert.is(left(`# ${next} GX716 -- ours\na: good\n`, 'GX460', 'error', false), '');
});

test('many comments take linear time', () => {
  for (const [line, end] of [
    [`# ${next} GX460 -- ours\n`, 'a: bad\n'],
    [`<!-- ${same} GX460: ours --> `, '<a b="bad"/>'],
    [`<!-- ${next} GX460: ours -->\n`, '<a b="bad"/>'],
  ] as const) {
    const text = line.repeat(20_000) + end;
    const start = performance.now();
    left(text);
    assert.ok(performance.now() - start < 5_000);
  }
});

const level = (key: string, value: string) => ({ key: byDefault(key), value: byDefault(value) });
for (const [name, entries, expected] of [
  ['by code', [level('GX460', 'info')], 'info'],
  ['by name', [level('pool-unknown', 'warning')], 'warning'],
  ['off', [level('GX460', 'off')], ''],
  ['another code', [level('GX461', 'off')], 'error'],
  ['an unknown name', [level('pool-unknwn', 'off')], 'GX034 error'],
  ['twice', [level('GX460', 'off'), level('pool-unknown', 'info')], 'GX035'],
  ['the same level for what cannot be changed', [level('GX700', 'error')], 'error'],
  ['another level for what cannot be changed', [level('GX700', 'off')], 'GX035 error'],
] as const) {
  test(`levels: ${name}`, () => {
    const source = makeSource('file', 'bad');
    const { diagnostics } = rule([source], findings(source), { levels: entries });
    assert.is(diagnostics.map((one) => (one.code === 'GX460' ? one.severity : one.code)).join(' '), expected);
  });
}

function compare(before: string, after: string, code = 'GX460') {
  const [old, source] = [makeSource('file', before), makeSource('file', after)];
  const { text } = writeBaseline(findings(old, code), { secretsWithin: () => [], pathOf: (path) => path });
  const { diagnostics, hidden } = rule([source], findings(source, code), {
    baseline: { text, shown: 'base.json' },
  });
  return [...diagnostics.map((one) => one.message), `${hidden} hidden`].join('; ');
}

for (const [name, before, after, expected] of [
  ['the same', 'a: bad\n', 'a: bad\n', '1 hidden'],
  ['moved', 'a: bad\n', 'x: 1\n\n    a: bad   \n', '1 hidden'],
  ['a new one', 'a: bad\n', 'a: bad\nb: bad\n', 'it is bad; 1 hidden'],
  ['one more of the same', 'a: bad\n', 'a: bad\nb: 1\na: bad\n', 'it is bad; 1 hidden'],
  [
    'changed',
    'a: bad\n',
    'a: worse bad\n',
    '1 finding of the baseline is gone: GX460 (1); it is bad; 0 hidden',
  ],
  ['gone', 'a: bad\nb: bad\n', 'x: 1\n', '2 findings of the baseline are gone: GX460 (2); 0 hidden'],
] as const) {
  test(`baseline: ${name}`, () => assert.is(compare(before, after), expected));
}

test('baseline: errors of syntax are neither written nor hidden', () => {
  assert.is(compare('a: bad\n', 'a: bad\n', 'GX100'), 'it is bad; 0 hidden');
});

for (const text of [
  '',
  '{}',
  '[]',
  'null',
  '{"version": 2, "findings": []}',
  '{"version": 1, "findings": [1]}',
]) {
  test(`baseline: ${text || 'an empty file'} is none`, () => {
    const { diagnostics } = rule([], [], { baseline: { text, shown: 'base.json' } });
    assert.is(diagnostics.map((one) => one.code).join(' '), 'GX036');
  });
}

test.run();
