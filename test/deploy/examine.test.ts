// What stands where files are to be installed: what may be changed, and what is somebody else's.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hashOf } from '../../src/deploy/digest.ts';
import { type Examined, examine } from '../../src/deploy/examine.ts';
import type { ManifestFile } from '../../src/deploy/manifest.ts';
import { type MemorySeed, memoryHost, textFile } from '../../src/host/memory.ts';

const test = suite('examine');
const directory = '/etc/units';
const bytes = (text: string) => new TextEncoder().encode(text);
const root = { user: 0, group: 0 };

function own(path: string, text: string, mode = 0o644): ManifestFile {
  return { path, hash: hashOf(bytes(text)), mode, ...root, secret: false };
}

function look(
  files: Readonly<Record<string, MemorySeed>>,
  input: Partial<Pick<Examined, 'owned' | 'taken' | 'adopt'>> & {
    wanted?: Readonly<Record<string, string>>;
  } = {},
  user = 0,
) {
  const seeds = Object.entries(files).map(([path, seed]) => [`${directory}/${path}`, seed] as const);
  const host = memoryHost({ files: { [`${directory}/keep`]: '', ...Object.fromEntries(seeds) }, user });
  const found: string[] = [];
  const wanted = Object.entries(input.wanted ?? { 'a.service': 'new' }).map(([path, text]) => ({
    path,
    content: { bytes: bytes(text), mode: 0o644, user, group: user },
  }));
  const examination = examine(
    host,
    {
      directory,
      shown: 'units',
      owned: input.owned ?? [],
      taken: input.taken ?? [],
      adopt: input.adopt ?? false,
      wanted,
    },
    (one) => found.push(`${one.code} ${one.message}`),
  );
  assert.equal(host.calls, []);
  const changes = examination.changes.map(({ path, before, after }) =>
    !before ? `new ${path}` : after ? `changed ${path}` : `removed ${path}`,
  );
  return { found, changes, others: examination.others };
}

test('what gxgen wrote is changed and removed, and what is right is left', () => {
  const owned = [own('a.service', 'old'), own('b.service', 'gone'), own('c.service', 'same')];
  const files = { 'a.service': 'old', 'b.service': 'gone', 'c.service': 'same' };
  const wanted = { 'a.service': 'new', 'c.service': 'same', 'd.service': 'more' };
  assert.equal(look(files, { owned, wanted }), {
    found: [],
    changes: ['changed a.service', 'removed b.service', 'new d.service'],
    others: [],
  });
});

const inTheWay: readonly [name: string, seed: MemorySeed, code: string][] = [
  ['a file of somebody', 'theirs', 'GX845 "units/a.service" was not installed by "gxgen apply"'],
  ['a link', { kind: 'link', to: '/etc/units/keep' }, 'GX846 a symbolic link stands at "units/a.service"'],
  [
    'a link that leads nowhere',
    { kind: 'link', to: '/nowhere' },
    'GX846 a symbolic link stands at "units/a.service"',
  ],
  ['a masked unit', { kind: 'link', to: '/dev/null' }, 'GX846 "units/a.service" is masked'],
  ['a directory', { kind: 'directory' }, 'GX846 a directory stands at "units/a.service"'],
  ['a socket', { kind: 'other' }, 'GX846 a special file stands at "units/a.service"'],
  ['an unreadable file', textFile('x', 0), 'GX014 cannot read "units/a.service"'],
];

for (const [name, seed, message] of inTheWay)
  test(`${name} in the place of a file: told, and nothing changes`, () => {
    const { found, changes } = look({ 'a.service': seed });
    assert.equal(found, [message]);
    assert.equal(changes, []);
  });

test('a file in the place of a folder is told once', () => {
  const { found, changes } = look({ sub: 'file' }, { wanted: { 'sub/a.conf': 'x', 'sub/b.conf': 'y' } });
  assert.equal(found, ['GX846 a file stands at "units/sub"']);
  assert.equal(changes, []);
});

for (const [name, seed, message] of [
  ['text', 'by hand', 'was edited'],
  ['mode', textFile('old', 0o666), 'got the mode 0666 instead of 0644'],
  ['owner', { ...textFile('old'), owner: { user: 7, group: 7 } }, 'was given to another account'],
] as const)
  test(`a file whose ${name} was changed: told, kept as it is, and taken over only when that is said`, () => {
    const owned = [own('a.service', 'old')];
    const first = look({ 'a.service': seed }, { owned });
    assert.equal(first.found, [`GX844 "units/a.service" ${message} since gxgen wrote it`]);
    assert.equal(first.changes, []);
    // No longer wanted it is not removed either.
    assert.equal(look({ 'a.service': seed }, { owned, wanted: {} }).changes, []);
    const second = look({ 'a.service': seed }, { owned, adopt: true });
    assert.equal(second, { found: [], changes: ['changed a.service'], others: ['a.service'] });
  });

test('what somebody wrote by hand as it should be is no edit', () => {
  assert.equal(look({ 'a.service': 'new' }, { owned: [own('a.service', 'old')] }), {
    found: [],
    changes: [],
    others: [],
  });
});

test('what stands where a file is no longer needed is left alone', () => {
  const { found, changes } = look(
    { 'b.service': { kind: 'link', to: '/dev/null' } },
    { owned: [own('b.service', 'x')], wanted: {} },
  );
  assert.equal(found, ['GX849 a symbolic link stands at "units/b.service", where gxgen had a file']);
  assert.equal(changes, []);
});

test('files that are in no list and not wanted are nobody’s business', () => {
  assert.equal(look({ 'galaxy-backup.service': 'theirs' }, { adopt: true }).changes, ['new a.service']);
});

test('without root only one’s own files change', () => {
  const files = { 'a.service': { ...textFile('old'), owner: root } };
  const { found, changes } = look(files, { owned: [own('a.service', 'old')] }, 1000);
  assert.equal(found, ['GX847 "units/a.service" belongs to another account']);
  assert.equal(changes, []);
});

test.run();
