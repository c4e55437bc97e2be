// The case with many mistakes and many comments, counted: every mistake goes, every comment and blank line stays.

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { again, validate } from './machine.ts';

const test = suite('fix comments');
const folder = 'fixtures/fix-ten-mistakes/in/config';
const names = ['galaxy.yml', 'job_conf.yml', 'gxgen.yml'];
const files = Object.fromEntries(names.map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]));

/** From the "#" on; no value of the case holds one. */
function comments(text: string): string[] {
  return text.split('\n').flatMap((line) => /(?:^|\s)(#.*)$/.exec(line)?.[1] ?? []);
}

function blankLines(text: string): number {
  return text.split('\n').filter((line) => line.trim() === '').length;
}

test('all fixed, comments the same bytes, second run without a change', async () => {
  const before = await validate(files, ['--format', 'concise']);
  const found = before.stdout.split('\n').filter((line) => /: (error|warning|info) GX/.test(line));
  const first = await validate(files);
  assert.is(first.exit, 0);
  const fixed = first.stdout.match(/: fixed GX/g)?.length ?? 0;
  assert.ok(fixed >= 10, `${fixed} fixed`);
  assert.ok(found.length >= 10, `${found.length} found`);
  let counted = 0;
  for (const name of names) {
    const now = first.host.text(`/srv/galaxy/config/${name}`) ?? '';
    assert.equal(comments(now), comments(files[name] ?? ''));
    assert.is(blankLines(now), blankLines(files[name] ?? ''));
    counted += comments(now).length;
  }
  assert.is(counted, 36);
  const second = await validate(again(first.host));
  assert.equal([second.exit, second.host.calls.length, second.stdout.includes('fixed')], [0, 0, false]);
});

test.run();
