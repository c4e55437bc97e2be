// Syntax errors: one finding for one mistake, at the place where it was made, in words for people.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { makeSource, position } from '../../src/text/source.ts';

const test = suite('yaml errors');

/** Each finding as `line:column CODE message`, marked text after `<`. */
function findings(text: string): string[] {
  const found: Diagnostic[] = [];
  const node = parseYaml(makeSource('galaxy.yml', text), (one) => found.push(one));
  assert.is(node, undefined);
  return found.map(({ code, message, span }) => {
    if (!span) return `${code} ${message}`;
    const { line, column } = position(span.source, span.start);
    return `${line}:${column} ${code} ${message} < ${span.source.text.slice(span.start, span.end)}`;
  });
}

const table: [text: string, ...expected: string[]][] = [
  // quotes
  ['a: "foo\nb: 1\n', '1:4 GX101 the quote " that is opened here is not closed < "foo'],
  ['a: "foo\nb: "x"\nc: \'d\'\n', '1:4 GX101 the quote " that is opened here is not closed < "foo'],
  ["a: 'foo\nb: 1\n", "1:4 GX101 the quote ' that is opened here is not closed < 'foo"],
  ["a: 'it's'\nb: 1\n", "1:8 GX100 unexpected text after the closing ' < s'"],
  ['a: {b: "}\nc: 1\n', '1:8 GX101 the quote " that is opened here is not closed < "}'],
  ['a: "---\n"\n', '1:4 GX101 the quote " that is opened here is not closed < "---'],
  ['a: "foo" bar\n', '1:10 GX100 unexpected text after the closing " < bar'],
  ['a: "C:\\dir"\n', '1:7 GX106 "\\d" is no escape of double quotes < \\d'],
  ['a: "\\ud83d\\ude00"\n', '1:5 GX106 this escape is half a character < \\ud83d'],
  // indentation
  ['a:\n    b: 1\n  c: 2\n', '3:3 GX102 an indentation of 2 spaces matches no line above < c'],
  ['a:\n  b: 1\n c: 2\n', '3:2 GX102 an indentation of 1 space matches no line above < c'],
  ['a: b\n  c: d\n', '2:3 GX102 "c" is indented under "a", which already has a value < c'],
  ['a:\n  - 1\n  b: 2\n', '3:3 GX102 a key stands among list items < b'],
  ['a:\n  b: 2\n  - 1\n', '3:3 GX102 a list item stands among the keys of a mapping < -'],
  ['- a\nb: c\n', '2:1 GX102 a key stands among list items < b'],
  ['- a\n-b\n', '2:1 GX102 a space is missing after "-" < -'],
  ['a: - b\n', '1:4 GX102 a list cannot begin on the line of its key < -'],
  ['? a\n- x\n', '2:1 GX102 a list item stands among keys < -'],
  [
    'a: |\n     \n  x\n',
    '3:3 GX102 the first lines of this text block are indented deeper than its text < x',
  ],
  // tabs
  ['a:\n\tb: 1\n', '2:1 GX103 a tab in the indentation < \t'],
  ['a:\tb\n', '1:3 GX103 a tab between words < \t'],
  ['a: b \t\n', '1:6 GX103 a tab at the end of the line < \t'],
  ['a: b\tc\n', '1:5 GX103 a tab between words < \t'],
  // brackets
  ['a: [1, 2\nb: 3\nc: 4\n', '1:4 GX104 "[" is not closed < ['],
  ['a: {b: 1\nc: 2\n', '1:4 GX104 "{" is not closed < {'],
  ['a: [1, 2]]\n', '1:10 GX104 "]" closes nothing < ]'],
  ['a: [1, {b: 2]\n', '1:13 GX104 "{" is closed by "]" < ]'],
  ['a: {b: 1 c: 2}\n', '1:8 GX104 a "," is missing inside brackets < 1 c: 2'],
  ['a: ["b" "c"]\n', '1:9 GX104 a "," or ":" is missing inside brackets < "'],
  ['x:\n  a: {\n    b: [\n    1\n  ]}\n', '5:3 GX104 the closing "]" is not indented far enough < ]'],
  ['a: {{ x }}/foo\n', '1:11 GX100 unexpected text after the closing } < /foo'],
  ['a: [b?c]\n', '1:5 GX104 an unquoted "?" or a leading ":" inside brackets < b?c'],
  // colons
  ['gravity\n  pm: x\n', '1:1 GX105 a ":" is missing after "gravity" < gravity'],
  ['a: 1\nworkers 4\nc: 2\n', '2:1 GX105 a ":" is missing after "workers" < workers'],
  ['a: 1\nb:2\nc: 3\n', '2:2 GX105 a space is missing after "b:" < :'],
  ['a: b: c\n', '1:4 GX105 a second ":" in the value of a key < b: c'],
  ['a: &x b\n*x: c\n', '2:1 GX105 a space is missing before the ":" of "*x:" < *x:'],
  [': x\n', '1:1 GX105 a ":" without a key before it < :'],
  // what a value cannot begin with
  ['a: @foo # c\n', '1:4 GX100 an unquoted value cannot begin with "@" < @foo'],
  ['a: %x\n', '1:4 GX100 an unquoted value cannot begin with "%" < %x'],
  ['a: |x\n  foo\n', '1:5 GX100 unexpected text after "|" < x'],
  // documents and directives
  ['a: 1\n---\nb: 2\n', '2:1 GX108 a second document begins here < ---'],
  ['%YAML 1.1\na: 1\n', '2:1 GX100 the line "---" is missing after a line that begins with "%" < a'],
  ['%YA\tML 1.1\n---\na: 1\n', '1:1 GX100 a directive that PyYAML cannot read < %YA\tML 1.1'],
  ['%YAML 2.0\n---\na: 1\n', '1:1 GX100 a directive that PyYAML cannot read < %YAML 2.0'],
  // characters
  ['a: b\x07\n', '1:5 GX107 control character U+0007 in the text < \x07'],
  ['# x\u2028y: 1\n', '1:4 GX107 invisible line end U+2028 in the text < \u2028'],
  // anchors, tags, values, keys
  ['a: *.txt\n', '1:4 GX112 no anchor "&.txt" stands before this alias < *.txt'],
  ['a: &x [*x]\n', '1:8 GX112 "*x" stands inside the value it refers to < *x'],
  ['a: &x 1\nb: &x 2\n', '2:7 GX113 the anchor "&x" is defined twice < 2'],
  ['a: !include x.yml\n', '1:13 GX114 unknown tag "!include" < x.yml'],
  ['a: !!int [1]\n', '1:10 GX114 the tag "!!int" does not fit a list < [1]'],
  ['a: 2001-02-30\n', '1:4 GX115 no such date or time < 2001-02-30'],
  ['a: <<\n', '1:4 GX115 "<<" has a meaning of its own in YAML and cannot be a value < <<'],
  ['a: {{ x }}\n', '1:5 GX116 a mapping cannot be a key < { x }'],
  ['<<: 3\n', '1:5 GX117 the value of "<<" is neither a mapping nor a list of mappings < 3'],
  ['a:\n  <<: *none\n', '2:7 GX112 no anchor "&none" stands before this alias < *none'],
  // several mistakes, one finding each
  [
    'a: "b"c\nd: 1: 2\ne\nf: @g\n',
    '1:7 GX100 unexpected text after the closing " < c',
    '2:4 GX105 a second ":" in the value of a key < 1: 2',
    '3:1 GX105 a ":" is missing after "e" < e',
    '4:4 GX100 an unquoted value cannot begin with "@" < @g',
  ],
  [
    'a: !x 1\nb: *c\nd: 2001-13-01\n',
    '1:7 GX114 unknown tag "!x" < 1',
    '2:4 GX112 no anchor "&c" stands before this alias < *c',
    '3:4 GX115 no such date or time < 2001-13-01',
  ],
];

for (const [text, ...expected] of table) {
  test(JSON.stringify(text), () => assert.equal(findings(text), expected));
}

test('an invisible character on the line is named in the help', () => {
  const found: Diagnostic[] = [];
  parseYaml(makeSource('galaxy.yml', 'a: 1\nb:\u00a02\nc: 3\n'), (one) => found.push(one));
  assert.match(found[0]?.help ?? '', /U\+00A0/);
});

test('a value never appears in a message', () => {
  for (const text of [
    'key: s3cret: more\n',
    'key: "s3cret\nb: 1\n',
    'key: s3cret\n  b: 1\n',
    "key: 's3cret'x\n",
  ])
    for (const finding of findings(text)) assert.not.match(finding.split(' < ')[0] ?? '', /s3cret/);
});

test('the first 20 errors are shown, and that there are more', () => {
  const found = findings('a: b: c\n'.repeat(500));
  assert.is(found.length, 21);
  assert.match(found.at(-1) ?? '', /GX109 there are more problems/);
});

test.run();
