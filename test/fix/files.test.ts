// --fix on the disk: what a file keeps besides its text, which files are left alone, and that all are written or none.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type MemoryEntry, type MemorySeed, textFile } from '../../src/host/memory.ts';
import { again, bytesOf, galaxyYml, validate } from './machine.ts';

const test = suite('fix files');
const bytes = (text: string) => new TextEncoder().encode(text);
const path = '/srv/galaxy/config/galaxy.yml';
const wrong = galaxyYml('  umask: 022 # why');
const right = galaxyYml('  umask: "022" # why');

test('the file is changed, and the second run changes nothing', async () => {
  const first = await validate({ 'galaxy.yml': wrong });
  assert.is(first.exit, 0, first.stdout + first.stderr);
  assert.is(first.host.text(path), right);
  assert.is(first.stdout, 'galaxy.yml:5:10: fixed GX201 wrong-type: write it in quotes\n');
  const second = await validate(again(first.host));
  assert.is(second.exit, 0);
  assert.is(second.stdout, '');
  assert.equal(second.host.calls, []);
});

test('CRLF and a byte order mark stay', async () => {
  const { host } = await validate({ 'galaxy.yml': `\uFEFF${wrong.replaceAll('\n', '\r\n')}` });
  assert.equal(bytesOf(host, path), bytes(`\uFEFF${right.replaceAll('\n', '\r\n')}`));
});

test('a line that is removed goes with its CRLF', async () => {
  const text = right.replace('galaxy:\n', 'galaxy:\n  enable_job_recovery: true\n').replaceAll('\n', '\r\n');
  const { host } = await validate({ 'galaxy.yml': text });
  assert.is(host.text(path), right.replaceAll('\n', '\r\n'));
});

test('a file without a line end at its end gets none', async () => {
  const { host } = await validate({ 'galaxy.yml': wrong.trimEnd() });
  assert.is(host.text(path), right.trimEnd());
});

test('mode and owner stay', async () => {
  const owner = { user: 1200, group: 1201 };
  const { host } = await validate({
    'galaxy.yml': { kind: 'file', bytes: bytes(wrong), mode: 0o640, owner },
  });
  assert.equal(host.entries().get(path), { kind: 'file', bytes: bytes(right), mode: 0o640, owner });
});

test('a symbolic link goes on leading to the file', async () => {
  const { host, stdout } = await validate({
    '/etc/galaxy/real.yml': wrong,
    'galaxy.yml': { kind: 'link', to: '/etc/galaxy/real.yml' },
  });
  assert.equal(host.entries().get(path), { kind: 'link', to: '/etc/galaxy/real.yml' });
  assert.is(host.text('/etc/galaxy/real.yml'), right);
  assert.match(stdout, 'galaxy.yml:5:10: fixed');
});

test('nothing but the file is left, and it is switched by a rename', async () => {
  const { host } = await validate({ 'galaxy.yml': wrong });
  assert.equal([...host.entries().keys()], [path, '/srv/galaxy/config/gxgen.yml']);
  assert.ok(host.calls.some((call) => call.startsWith('rename ') && call.endsWith(` ${path}`)));
});

const refused: readonly [name: string, entry: MemorySeed, user: number, message: string][] = [
  ['a read-only file', textFile(wrong, 0o444), 0, 'error[GX053]: "galaxy.yml" is read-only'],
  [
    'a file with two names',
    { kind: 'file', bytes: bytes(wrong), mode: 0o644, links: 2 },
    0,
    'error[GX054]: "galaxy.yml" is one of 2 names of the same file',
  ],
  [
    'a file of somebody else',
    { kind: 'file', bytes: bytes(wrong), mode: 0o666, owner: { user: 1200, group: 1200 } },
    1000,
    'it belongs to someone else',
  ],
];
for (const [name, entry, user, message] of refused) {
  test(`${name} is left alone`, async () => {
    const { exit, host, stdout } = await validate({ 'galaxy.yml': entry }, ['--fix'], { user });
    assert.is(exit, 1);
    assert.is(host.text(path), wrong);
    assert.match(stdout, message);
    assert.match(stdout, 'error[GX201]');
    assert.not.match(stdout, ': fixed ');
    assert.is(host.entries().size, 2, [...host.entries().keys()].join());
  });
}

test('of two files none is written when one cannot be', async () => {
  const job = '<job_conf>\n<handlers assign-with="db-skip-locked"/>\n</job_conf>\n';
  const files = { 'galaxy.yml': wrong, 'job_conf.xml': textFile(job, 0o444) };
  const { host, stdout } = await validate(files);
  assert.match(stdout, 'GX053');
  assert.is(host.text(path), wrong);
});

for (let at = 1; at <= 8; at++) {
  test(`a full disk at step ${at}: the old file or the new one`, async () => {
    const fault = { at, error: 'ENOSPC' } as const;
    const { exit, host, stdout } = await validate({ 'galaxy.yml': wrong }, ['--fix'], { fault });
    const text = host.text(path);
    assert.ok(text === wrong || text === right, text);
    if (text === wrong) assert.match(stdout, /GX01\d|GX201/);
    assert.is(exit, text === wrong || stdout.includes('error') ? 1 : 0);
  });
}

test('XML in another encoding is left alone, and said so', async () => {
  const text = (name: string) =>
    `<?xml version="1.0" encoding="iso-8859-1"?>\n<job_conf>\n<!-- ${name} -->\n<handlers assign-with="db-skip-locked"/>\n</job_conf>\n`;
  const latin: MemoryEntry = { kind: 'file', bytes: Buffer.from(text('Mélanie'), 'latin1'), mode: 0o644 };
  const { host, stdout } = await validate({ 'galaxy.yml': right, 'job_conf.xml': latin });
  assert.match(stdout, 'warning[GX050]: "job_conf.xml" is not UTF-8 text');
  assert.equal(host.entries().get('/srv/galaxy/config/job_conf.xml'), latin);
  // Where the bytes are the same in UTF-8 the declaration does not matter.
  const ascii = await validate({ 'galaxy.yml': right, 'job_conf.xml': text('Melanie') });
  assert.match(ascii.host.text('/srv/galaxy/config/job_conf.xml') ?? '', 'assign_with');
});

test('--dry-run writes nothing, and says what it would do', async () => {
  const { exit, host, stdout, stderr } = await validate({ 'galaxy.yml': wrong }, ['--fix', '--dry-run']);
  assert.is(exit, 0);
  assert.equal(host.calls, []);
  assert.match(stdout, /^--- galaxy\.yml\n\+\+\+ galaxy\.yml\n@@ /);
  assert.match(stdout, '-  umask: 022 # why\n+  umask: "022" # why\n');
  assert.match(stderr, 'galaxy.yml:5:10: would fix GX201');
});

test('--dry-run alone is wrong usage', async () => {
  const { exit, stderr } = await validate({ 'galaxy.yml': wrong }, ['--dry-run']);
  assert.is(exit, 2);
  assert.is(stderr, 'gxgen: --dry-run needs --fix\n');
});

test('a machine format has stdout to itself', async () => {
  const { stdout, stderr } = await validate({ 'galaxy.yml': wrong }, ['--fix', '--format', 'json']);
  assert.equal(JSON.parse(stdout).diagnostics, []);
  assert.match(stderr, 'fixed GX201');
});

test('a secret is in no diff, even one that only the right name shows to be one', async () => {
  const text = right
    .replace(
      '  id_secret: 4c1b9f1e5d6a4f0e8b7a',
      "  id_secre: 'hunter2-hunter2'\n  brnad: x # hunter2-hunter2",
    )
    .replace('  umask', '  umask');
  const { stdout, stderr } = await validate({ 'galaxy.yml': text }, ['--fix', '--dry-run']);
  assert.match(stdout, "-  id_secre: '********'\n");
  assert.match(stdout, "+  id_secret: '********'\n");
  assert.not.match(stdout + stderr, 'hunter2');
  assert.match(stderr, 'secret values are masked in the diff');
});

test.run();
