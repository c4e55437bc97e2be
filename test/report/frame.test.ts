// The picture of a problem, in the cases that a list of samples shows less well.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assemble, type Details } from '../../src/diagnostics/diagnostic.ts';
import { plain } from '../../src/report/colour.ts';
import { drawFrames } from '../../src/report/frame.ts';
import { showLine } from '../../src/report/line.ts';
import { makeSecrets } from '../../src/report/secrets.ts';
import { text } from '../../src/report/text.ts';
import { makeSource, type Source, type Span, span } from '../../src/text/source.ts';
import { textWidth } from '../../src/text/width.ts';

const test = suite('frame');
const tool = { name: 'gxgen', version: '0' };
const none = makeSecrets([]);

function frame(where: Span, details: Details = {}, secrets: readonly Span[] = []): string {
  const one = assemble('GX999', 'test', 'error', 'a message', where, details);
  return drawFrames(one, makeSecrets(secrets), plain).lines.join('\n');
}

function find(source: Source, words: string, from = 0): Span {
  const start = source.text.indexOf(words, from);
  return span(source, start, start + words.length);
}

test('two places of one file that are far apart', () => {
  const lines = Array.from({ length: 22 }, (_, index) =>
    index % 7 === 6 ? '      bind: localhost:8080' : '# comment',
  );
  lines[13] = '      bind: localhost:8080';
  const source = makeSource('galaxy.yml', lines.join('\n'));
  const first = find(source, 'localhost:8080', source.text.split('\n').slice(0, 13).join('\n').length);
  const one = assemble('GX301', 'port-conflict', 'error', 'port 8080 is claimed twice', first, {
    mark: 'first listener',
    labels: [{ span: find(source, 'localhost:8080', first.end), text: 'same address here' }],
    why: 'systemd would start both units and one of them would fail to bind',
    values: ['gunicorn.enable is true (default)'],
    help: 'give "api" another port, for example localhost:8081',
  });
  assert.is(
    text.render([one], { tool, secrets: [], paint: plain, pages: () => [] }),
    `error[GX301]: port 8080 is claimed twice (port-conflict)
  --> galaxy.yml:14:13
   |
14 |       bind: localhost:8080
   |             ^^^^^^^^^^^^^^ first listener
   |
  ::: galaxy.yml:21:13
   |
21 |       bind: localhost:8080
   |             -------------- same address here
   |
   = why: systemd would start both units and one of them would fail to bind
   = value: gunicorn.enable is true (default)
   = help: give "api" another port, for example localhost:8081
   = more: gxgen explain GX301

1 error in 1 file
`,
  );
});

test('adjacent lines and a gap of one line need no dots', () => {
  const source = makeSource('a.yml', 'a: 1\nb: 2\nc: 3\n');
  assert.is(
    frame(find(source, '1'), { labels: [{ span: find(source, '3'), text: 'here' }] }),
    ' --> a.yml:1:4\n  |\n1 | a: 1\n  |    ^\n2 | b: 2\n3 | c: 3\n  |    - here',
  );
});

test('a span of several lines shows the first and the last', () => {
  const source = makeSource('a.yml', 'x: [1,\n  2,\n  3,\n  4]\n\n');
  assert.is(
    frame(span(source, 3, source.text.length), { mark: 'a list' }),
    ' --> a.yml:1:4\n  |\n1 | x: [1,\n  |    ^^^\n...\n4 |   4]\n  |   ^^ a list',
  );
});

test('places in an empty file, past its end and on a blank line', () => {
  const empty = makeSource('a.yml', '');
  assert.is(frame(span(empty, 0)), ' --> a.yml:1:1\n  |\n1 |\n  | ^');
  const blank = makeSource('a.yml', 'a:\n\nb:\n');
  assert.is(frame(span(blank, 3)), ' --> a.yml:2:1\n  |\n1 | a:\n2 |\n  | ^');
  assert.is(frame(span(blank, 2, 4)), ' --> a.yml:1:3\n  |\n1 | a:\n  |   ^');
});

test('a gutter as wide as the largest number', () => {
  const source = makeSource('a.yml', `${'\n'.repeat(999)}last: x`);
  assert.is(frame(find(source, 'x')), '    --> a.yml:1000:7\n     |\n1000 | last: x\n     |       ^');
});

test('marks under masked text', () => {
  const source = makeSource('a.yml', 'url: "db://me:pw@host/base" # why');
  const secret = find(source, 'pw');
  const shown = (words: string) => frame(find(source, words), {}, [secret]).split('\n').slice(2).join('\n');
  assert.is(shown('pw'), '1 | url: "db://me:********@host/base" # why\n  |               ^^^^^^^^');
  assert.is(shown('host'), '1 | url: "db://me:********@host/base" # why\n  |                        ^^^^');
  assert.is(shown('me:p'), '1 | url: "db://me:********@host/base" # why\n  |            ^^^^^^^^^^^');
  assert.is(shown('w@'), '1 | url: "db://me:********@host/base" # why\n  |               ^^^^^^^^^');
});

test('a row is never wider than asked, wherever the mark is', () => {
  const source = makeSource('a.xml', `<a x="${'語é\tab🧬'.repeat(120)}" y="z"/>`);
  for (let start = 0; start < source.text.length; start += 3) {
    for (const length of [0, 1, 7, 200]) {
      const shown = showLine(source, 1, [{ start, end: start + length }], none, 97);
      assert.ok(textWidth(shown.text) <= 97, `${start} ${textWidth(shown.text)}`);
      const [mark] = shown.marks;
      assert.ok(mark && mark.start >= 0 && mark.start < mark.end && mark.end <= 98, JSON.stringify(mark));
    }
  }
});

test('a cut line keeps the marked text above the mark', () => {
  const words = Array.from({ length: 400 }, (_, index) => `w${index}`);
  const source = makeSource('a.xml', words.join(' '));
  for (const word of words) {
    const { start, end } = find(source, `${word} `);
    if (start < 0) continue;
    const shown = showLine(source, 1, [{ start, end: end - 1 }], none, 97);
    const [mark] = shown.marks;
    assert.is(shown.text.slice(mark?.start, mark?.end), word);
  }
});

test('a line of megabytes is drawn at once', () => {
  const source = makeSource('a.xml', `<a x="${'x'.repeat(5_000_000)}"/>`);
  const started = performance.now();
  for (let index = 0; index < 50; index++) frame(span(source, 4_000_000 + index, 4_500_000));
  assert.ok(performance.now() - started < 2_000);
});

test.run();
