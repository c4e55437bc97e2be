// The rounds of --fix, with checks that are made up: each says what to do with a text of its own kind.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { sortDiagnostics } from '../../src/diagnostics/collect.ts';
import { type Diagnostic, problem } from '../../src/diagnostics/diagnostic.ts';
import { edit, openDocument, originalOffset } from '../../src/fix/document.ts';
import { merged, Ranges } from '../../src/fix/ranges.ts';
import { type Checked, fixAll } from '../../src/fix/rounds.ts';
import type { Host } from '../../src/host/host.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { makeSource, type Source, type Span, span } from '../../src/text/source.ts';

const test = suite('fix rounds');

type Look = (source: Source) => { found: Diagnostic[]; shared?: Span[] };

/** Replaces each match of `pattern` by `text`; the finding is an error unless `code` says otherwise. */
function replace(
  source: Source,
  pattern: RegExp,
  text: string,
  code: Parameters<typeof problem>[0] = 'GX200',
  safe = true,
): Diagnostic[] {
  return [...source.text.matchAll(pattern)].map((match) => {
    const place = span(source, match.index, match.index + match[0].length);
    return problem(code, `"${match[0]}" is wrong`, place, {
      fix: { title: `write ${text}`, safe, edits: [{ span: place, text }] },
    });
  });
}

function fix(text: string, look: Look, path = 'a.yml') {
  const host = memoryHost({ cwd: '/x', files: { [path]: text } });
  let checks = 0;
  const check = (on: Host): Checked => {
    checks++;
    const read = on.read(`/x/${path}`);
    const source = makeSource(path, read.ok ? new TextDecoder().decode(read.bytes) : '');
    const { found, shared = [] } = look(source);
    return { diagnostics: sortDiagnostics(found), shared: () => shared };
  };
  const outcome = fixAll(host, check);
  const [document] = outcome.documents;
  return { ...outcome, text: document?.text ?? text, checks };
}

test('nothing to fix: one check, no document', () => {
  const { documents, made, checks } = fix('a', () => ({ found: [] }));
  assert.equal([documents.length, made.length, checks], [0, 0, 1]);
});

test('what is not certain stays', () => {
  const { text } = fix('bad', (source) => ({ found: replace(source, /bad/g, 'good', 'GX200', false) }));
  assert.is(text, 'bad');
});

test('several fixes at once, and one that only the first brings to light', () => {
  const { text, made, checks } = fix('a1\na2\n', (source) => ({
    found: [...replace(source, /a(?=\d)/g, 'b'), ...replace(source, /b2/g, 'c')],
  }));
  assert.is(text, 'b1\nc\n');
  assert.is(checks, 3);
  assert.equal(
    made.map(({ line, column, title }) => `${line}:${column} ${title}`),
    ['1:1 write b', '2:1 write b', '2:1 write c'],
  );
});

test('places are those of the file as it was', () => {
  const { text, made } = fix('gone\nkeep a\n', (source) => ({
    found: [
      ...replace(source, /^gone\n/gm, ''),
      ...(source.text.includes('gone') ? [] : replace(source, /a/g, 'b')),
    ],
  }));
  assert.is(text, 'keep b\n');
  assert.equal(
    made.map(({ line, column }) => [line, column]),
    [
      [1, 1],
      [2, 6],
    ],
  );
});

test('overlapping fixes: the first, and the other if it still makes sense', () => {
  const { text } = fix('abc', (source) => ({
    found: [...replace(source, /ab/g, 'x'), ...replace(source, /bc/g, 'y')],
  }));
  assert.is(text, 'xc');
});

test('the same insertion asked for twice is made once', () => {
  const { text } = fix('v', (source) => {
    const at = span(source, 0);
    const one = (message: string) =>
      problem('GX201', message, at, {
        fix: { title: 'quote', safe: true, edits: [{ span: at, text: '"' }] },
      });
    return { found: source.text.startsWith('"') ? [] : [one('first'), one('second')] };
  });
  assert.is(text, '"v');
});

test('two slips of one name: only the first gets it', () => {
  const { text, notes } = fix('naem: 1\nnmae: 2\n', (source) => {
    const names = source.text.match(/^name/gm) ?? [];
    const double = names.length > 1 ? [problem('GX120', 'twice', span(source, 0, 1))] : [];
    return { found: [...replace(source, /^(naem|nmae)/gm, 'name'), ...double] };
  });
  assert.is(text, 'name: 1\nnmae: 2\n');
  assert.is(notes.map(({ code }) => code).join(), 'GX051');
});

test('a fix that leaves more errors is taken back and named, the others stay', () => {
  const { text, notes, checked } = fix('bad\nslip\n', (source) => ({
    found: [
      ...replace(source, /bad/g, 'worse'),
      ...replace(source, /slip/g, 'good'),
      ...(source.text.includes('worse')
        ? [1, 2, 3].map((at) => problem('GX201', `${at}`, span(source, at)))
        : []),
    ],
  }));
  assert.is(text, 'bad\ngood\n');
  assert.is(checked.diagnostics.length, 1);
  assert.is(notes[0]?.message, 'the fix of GX200 at a.yml:1:1 was taken back: write worse');
  assert.is(notes[0]?.notes[0]?.text, 'with it there are 4 errors instead of 2');
});

test('a fix that breaks the syntax is taken back, however many errors go with it', () => {
  const { text, notes } = fix('bad bad bad', (source) => ({
    found: source.text.includes('{')
      ? [problem('GX104', 'open', span(source, 0))]
      : replace(source, /bad/g, '{'),
  }));
  assert.is(text, 'bad bad bad');
  assert.is(notes[0]?.notes[0]?.text, 'with it the file could not be read');
});

test('errors that show when a file can be read at last are not held against it', () => {
  const { text, notes } = fix('tab\nbad\n', (source) => ({
    found: source.text.includes('tab')
      ? replace(source, /tab/g, ' ', 'GX103')
      : [1, 2, 3].map((at) => problem('GX201', `${at}`, span(source, at))),
  }));
  assert.is(text, ' \nbad\n');
  assert.equal(notes, []);
});

test('two fixes that undo each other come to an end', () => {
  const { checks } = fix('a', (source) => ({
    found: [...replace(source, /a/g, 'b'), ...replace(source, /b/g, 'a')],
  }));
  assert.ok(checks < 30, String(checks));
});

test('what aliases repeat is left alone, and said so', () => {
  const { text, notes } = fix('bad bad', (source) => ({
    found: replace(source, /bad/g, 'good'),
    shared: source.text.startsWith('bad') ? [span(source, 0, 3)] : [],
  }));
  assert.is(text, 'bad good');
  assert.equal(
    notes.map(({ code, message }) => `${code} ${message}`),
    ['GX052 the fix of GX200 at a.yml:1:1 was left out'],
  );
});

test('a hundred thousand fixes take a moment', () => {
  const lines = 100_000;
  const { text, made, checks } = fix('bad\n'.repeat(lines), (source) => ({
    found: replace(source, /bad/g, 'good'),
  }));
  assert.is(text, 'good\n'.repeat(lines));
  assert.is(made.length, lines);
  assert.is(checks, 2);
});

test('offsets lead back through rounds', () => {
  const host = memoryHost({ cwd: '/x', files: { 'a.yml': '0123456789' } });
  const document = openDocument(makeSource('a.yml', '0123456789'), '/x/a.yml', host);
  if (!document) return assert.unreachable();
  // 0123456789 -> 01xx456789 (a removal of 23, xx for it) -> 0xx4567YY89
  const first = edit(document, [{ start: 2, end: 4, text: 'xx' }]);
  const second = edit(first, [
    { start: 1, end: 2, text: '' },
    { start: 8, end: 8, text: 'YY' },
  ]);
  assert.is(second.text, '0xx4567YY89');
  const back = [...second.text].map((_, at) => originalOffset(second, at));
  assert.equal(back, [0, 2, 3, 4, 5, 6, 7, 8, 8, 8, 9]);
});

test('ranges that meet', () => {
  const ranges = merged([
    { start: 10, end: 20 },
    { start: 15, end: 25 },
    { start: 40, end: 40 },
  ]);
  const meets = (start: number, end: number) => ranges.meets({ start, end });
  assert.equal(
    [meets(0, 10), meets(0, 11), meets(25, 30), meets(24, 30), meets(10, 10), meets(25, 25), meets(26, 26)],
    [false, true, false, true, true, true, false],
  );
  assert.equal([meets(39, 40), meets(40, 41), meets(30, 50), meets(41, 42)], [true, true, true, false]);
  assert.not.ok(new Ranges().meets({ start: 0, end: 5 }));
});

test.run();
