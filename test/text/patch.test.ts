// Unified diffs, judged by the program `patch` where it is installed.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { unifiedDiff } from '../../src/text/patch.ts';

const test = suite('patch');

test('a change', () => {
  assert.is(
    unifiedDiff({ name: 'a/x', text: '1\n2\n3\n4\n5\n6\n' }, { name: 'b/x', text: '1\n2\n3\n4\nfive\n6\n' }),
    '--- a/x\n+++ b/x\n@@ -2,5 +2,5 @@\n 2\n 3\n 4\n-5\n+five\n 6\n',
  );
});

test('the same', () => {
  assert.is(unifiedDiff({ name: 'a', text: 'x' }, { name: 'b', text: 'x' }), '');
  assert.is(unifiedDiff({ name: 'a', text: undefined }, { name: 'b', text: undefined }), '');
});

test('a new file, a removed one, an empty new one', () => {
  assert.is(
    unifiedDiff({ name: 'a', text: undefined }, { name: 'b', text: 'x\n' }),
    '--- /dev/null\n+++ b\n@@ -0,0 +1,1 @@\n+x\n',
  );
  assert.is(
    unifiedDiff({ name: 'a', text: 'x\n' }, { name: 'b', text: undefined }),
    '--- a\n+++ /dev/null\n@@ -1,1 +0,0 @@\n-x\n',
  );
  assert.is(unifiedDiff({ name: 'a', text: undefined }, { name: 'b', text: '' }), '--- /dev/null\n+++ b\n');
});

test('no line end at the end', () => {
  assert.is(
    unifiedDiff({ name: 'a', text: 'x' }, { name: 'b', text: 'x\n' }),
    '--- a\n+++ b\n@@ -1,1 +1,1 @@\n-x\n\\ No newline at end of file\n+x\n',
  );
});

test('only line ends differ', () => {
  assert.is(
    unifiedDiff({ name: 'a', text: 'x\r\n' }, { name: 'b', text: 'x\n' }),
    '--- a\n+++ b\n@@ -1,1 +1,1 @@\n-x\r\n+x\n',
  );
});

const many = (word: string) => Array.from({ length: 3_000 }, (_, index) => `${word} ${index}\n`).join('');

test('too many changes for the shortest diff still give a true one, soon', () => {
  const started = performance.now();
  const head = 'a\nb\nc\nd\n';
  const found = unifiedDiff(
    { name: 'a', text: `${head}${many('old')}z` },
    { name: 'b', text: `${head}${many('new')}z` },
  );
  assert.ok(performance.now() - started < 5_000);
  assert.is(
    found.split('\n').slice(0, 7).join('\n'),
    '--- a\n+++ b\n@@ -2,3004 +2,3004 @@\n b\n c\n d\n-old 0',
  );
  assert.ok(found.endsWith('+new 2999\n z\n\\ No newline at end of file\n'));
});

if (spawnSync('patch', ['--version']).status === 0) {
  const folder = mkdtempSync(join(tmpdir(), 'gxgen-patch-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  const line = fc.constantFrom('a', 'b', 'c', '', ' x', '-y', '+z', 'é', '\ttab');
  const text = fc
    .tuple(
      fc.array(fc.tuple(line, fc.constantFrom('\n', '\n', '\n', '\r\n')), { maxLength: 30 }),
      fc.constantFrom('', 'end'),
    )
    .map(([lines, end]) => lines.map(([words, stop]) => words + stop).join('') + end);

  const check = (before: string, after: string) => {
    const file = join(folder, 'file');
    writeFileSync(file, before);
    const input = unifiedDiff({ name: 'file', text: before }, { name: 'file', text: after });
    assert.is(input === '', before === after);
    if (input === '') return;
    const { status, stdout } = spawnSync('patch', ['--binary', '-F0', '-s', file], { input });
    assert.is(status, 0, `${stdout}\n${input}`);
    assert.is(readFileSync(file, 'utf8'), after);
  };

  test('patch applies it', () => {
    fc.assert(fc.property(text, text, check), { seed: 7, numRuns: 60 });
  });

  test('patch applies the long one', () => {
    check(`a\n\nb\n${many('old')}z`, `a\n\nb\n${many('new')}z`);
    check(many('old'), `${many('new')}end`);
  });
} else {
  test.skip('patch applies it: the program "patch" is not installed', () => {});
}

test.run();
