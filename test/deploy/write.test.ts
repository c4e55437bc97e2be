// Writing a set of files, with every call failing once and the machine stopping at every call.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type FileToWrite, temporaryName } from '../../src/deploy/inspect.ts';
import { writeFiles } from '../../src/deploy/write.ts';
import {
  type Fault,
  MemoryCrash,
  type MemoryEntry,
  type MemoryHost,
  type MemorySeed,
  memoryHost,
  textFile,
} from '../../src/host/memory.ts';

const test = suite('write');

const before: Readonly<Record<string, MemorySeed>> = {
  '/srv/galaxy/out/galaxy-gunicorn.service': 'old gunicorn\n',
  '/srv/galaxy/out/galaxy-celery.service': 'the same\n',
  '/srv/galaxy/out/galaxy.env': textFile('OLD=secret\n', 0o600),
  '/srv/galaxy/out/override.conf': 'not ours\n',
};
const files: readonly FileToWrite[] = [
  { path: 'galaxy-celery.service', text: 'the same\n', mode: 0o644 },
  { path: 'galaxy-gunicorn.service', text: 'new gunicorn\n', mode: 0o644 },
  { path: 'galaxy.env', text: 'NEW=secret\n', mode: 0o600 },
  { path: 'galaxy.target', text: 'new target\n', mode: 0o644 },
  { path: 'sub/folder/tusd.sh', text: '#!/bin/sh\n', mode: 0o755 },
];

function host(fault?: Fault, extra: Readonly<Record<string, MemorySeed>> = {}): MemoryHost {
  return memoryHost({ files: { ...before, ...extra }, ...(fault ? { fault } : {}) });
}

/** What is on the disk, one line a file; temporary files apart. */
function state(machine: MemoryHost, temporaries = false): string {
  return [...machine.entries()]
    .filter(([path]) => temporaryName.test(path.slice(path.lastIndexOf('/') + 1)) === temporaries)
    .map(([path, entry]) => `${path} ${describe(entry)}`)
    .join('\n');
}

function describe(entry: MemoryEntry): string {
  if (entry.kind !== 'file') return entry.kind;
  return `${entry.mode.toString(8)} ${JSON.stringify(new TextDecoder().decode(entry.bytes))}`;
}

const old = state(host());
const done = host();
const result = writeFiles(done, 'out', files);
const wanted = state(done);
const firstRename = done.calls.findIndex((call) => call.startsWith('rename')) + 1;
const lastRename = done.calls.findLastIndex((call) => call.startsWith('rename')) + 1;
const lastSync = done.calls.findLastIndex((call) => call.startsWith('sync')) + 1;

test('a set is written', () => {
  assert.equal(result, { diagnostics: [], written: 4, unchanged: 1 });
  assert.is(
    wanted,
    `/srv/galaxy/out/galaxy-celery.service 644 "the same\\n"
/srv/galaxy/out/galaxy-gunicorn.service 644 "new gunicorn\\n"
/srv/galaxy/out/galaxy.env 600 "NEW=secret\\n"
/srv/galaxy/out/galaxy.target 644 "new target\\n"
/srv/galaxy/out/override.conf 644 "not ours\\n"
/srv/galaxy/out/sub/folder/tusd.sh 755 "#!/bin/sh\\n"`,
  );
  assert.is(state(done, true), '');
});

test('everything is created before the first rename, and flushed after the last', () => {
  const kinds = done.calls
    .map((call) => call.split(' ')[0])
    .filter((kind, index, all) => kind !== all[index - 1]);
  assert.equal(kinds, ['mkdir', 'create', 'rename', 'sync', 'remove']);
  assert.not.ok(done.calls.some((call) => call.includes('celery')));
});

test('the second time nothing is touched', () => {
  const calls = done.calls.length;
  assert.equal(writeFiles(done, 'out', files), { diagnostics: [], written: 0, unchanged: 5 });
  assert.is(done.calls.length, calls);
});

test('a mode alone is a difference', () => {
  const machine = host(undefined, { '/srv/galaxy/out/galaxy-celery.service': textFile('the same\n', 0o666) });
  assert.is(writeFiles(machine, 'out', files).written, 5);
  assert.is(state(machine), wanted);
});

test('a directory that does not exist, named in several ways', () => {
  for (const directory of ['new/place', '/srv/galaxy/new/place', './new/../new/place/']) {
    const machine = memoryHost();
    assert.is(writeFiles(machine, directory, files).written, 5);
    assert.is(machine.entries().size, 5);
    assert.is(machine.text('/srv/galaxy/new/place/galaxy.target'), 'new target\n');
  }
});

test('a directory that is a symbolic link is what was named', () => {
  const machine = memoryHost({
    files: { '/etc/galaxy/keep': '', '/srv/galaxy/out': { kind: 'link', to: '/etc/galaxy' } },
  });
  assert.is(writeFiles(machine, 'out', files).written, 5);
  assert.is(machine.text('/etc/galaxy/galaxy.target'), 'new target\n');
});

for (const error of ['ENOSPC', 'EACCES', 'EROFS', 'EIO'] as const) {
  test(`${error} at any call: told, and everything is as it was`, () => {
    for (let at = 1; at <= lastSync; at++) {
      const machine = host({ at, error });
      const { diagnostics, written } = writeFiles(machine, 'out', files);
      const codes = { ENOSPC: 'GX013', EACCES: 'GX014', EROFS: 'GX014', EIO: 'GX015' };
      assert.equal(
        diagnostics.map((one) => one.code),
        [codes[error]],
        `call ${at}`,
      );
      assert.not.match(diagnostics[0]?.message ?? '', '.tmp');
      assert.is(diagnostics[0]?.help === undefined, error === 'EIO');
      assert.is(written, 0);
      assert.is(state(machine), old, `call ${at}: ${machine.calls[at - 1]}`);
      assert.is(state(machine, true), '', `call ${at}: ${machine.calls[at - 1]}`);
    }
  });
}

test('a temporary file that cannot be removed at the end is named, and the new files stay', () => {
  for (let at = lastSync + 1; at <= done.calls.length; at++) {
    const machine = host({ at, error: 'EIO' });
    const { diagnostics, written } = writeFiles(machine, 'out', files);
    assert.equal(
      diagnostics.map((one) => [one.code, one.severity]),
      [['GX017', 'warning']],
    );
    assert.is(written, 4);
    assert.is(state(machine), wanted);
    const [path] = state(machine, true).split(' ');
    assert.is(`/srv/galaxy/${diagnostics[0]?.file}`, path);
  }
});

test('a crash at any call: all old before the renames, all new behind them, every file whole between', () => {
  for (let at = 1; at <= done.calls.length; at++) {
    const machine = host({ at, error: 'crash' });
    assert.throws(
      () => writeFiles(machine, 'out', files),
      (error: unknown) => error instanceof MemoryCrash,
    );
    assert.ok(machine.crashed());
    const found = state(machine);
    if (at <= firstRename) assert.is(found, old, `call ${at}`);
    else if (at > lastRename) assert.is(found, wanted, `call ${at}`);
    else for (const line of found.split('\n')) assert.ok(old.includes(line) || wanted.includes(line), line);
  }
});

test('after a crash the next run writes everything, and names what the crash left', () => {
  for (let at = 1; at <= done.calls.length; at++) {
    const machine = host({ at, error: 'crash' });
    assert.throws(() => writeFiles(machine, 'out', files));
    const files2 = Object.fromEntries(machine.entries());
    const again = memoryHost({ files: files2 });
    const left = state(again, true);
    const { diagnostics } = writeFiles(again, 'out', files);
    assert.is(state(again), wanted);
    assert.is(state(again, true), left);
    assert.ok(diagnostics.every((one) => one.code === 'GX017'));
  }
});

test('a disk that stays broken: what could not be put back is named with the copy to use', () => {
  const machine = host({ at: lastRename, error: 'EIO', further: 100 });
  const { diagnostics } = writeFiles(machine, 'out', files);
  const codes = diagnostics.map((one) => one.code);
  assert.is(codes[0], 'GX015');
  assert.ok(codes.includes('GX016'));
  const renamed = diagnostics.find(
    (one) => one.file === 'out/galaxy-gunicorn.service' && one.code === 'GX016',
  );
  const copy = /"(out\/\.gxgen-\d+\.tmp)"/.exec(renamed?.help ?? '')?.[1];
  assert.is(machine.text(`/srv/galaxy/${copy}`), 'old gunicorn\n');
  assert.match(diagnostics[0]?.notes[0]?.text ?? '', 'old and new');
});

test('temporary names that are taken are left alone', () => {
  const machine = host(undefined, {
    '/srv/galaxy/out/.gxgen-1.tmp': 'theirs',
    '/srv/galaxy/out/.gxgen-3.tmp': 'theirs',
  });
  const { diagnostics, written } = writeFiles(machine, 'out', files);
  assert.is(written, 4);
  assert.equal(
    diagnostics.map((one) => `${one.code} ${one.file}`),
    ['GX017 out/.gxgen-1.tmp', 'GX017 out/.gxgen-3.tmp'],
  );
  assert.is(machine.text('out/.gxgen-1.tmp'), 'theirs');
  assert.is(machine.text('out/.gxgen-3.tmp'), 'theirs');
});

const unit = '/srv/galaxy/out/galaxy.target';
const obstacles: readonly [name: string, seeds: Readonly<Record<string, MemorySeed>>, codes: string[]][] = [
  ['a directory', { [`${unit}/x`]: '' }, ['GX011']],
  ['a socket', { [unit]: { kind: 'other' } }, ['GX011']],
  ['a link to a file', { [unit]: { kind: 'link', to: '/etc/passwd' }, '/etc/passwd': 'root' }, ['GX011']],
  ['a link that leads nowhere', { [unit]: { kind: 'link', to: '/dev/nowhere' } }, ['GX011']],
  ['a link to itself', { [unit]: { kind: 'link', to: unit } }, ['GX011']],
  ['a link for a folder', { '/srv/galaxy/out/sub': { kind: 'link', to: '/etc' }, '/etc/x': '' }, ['GX011']],
  ['a file for a folder', { '/srv/galaxy/out/sub': 'file' }, ['GX012']],
  ['an unreadable file', { [unit]: textFile('x', 0) }, ['GX014']],
  ['two at once', { [unit]: { kind: 'other' }, '/srv/galaxy/out/sub': 'file' }, ['GX011', 'GX012']],
];

for (const [name, seeds, codes] of obstacles) {
  test(`${name} in the way: told, and nothing is changed`, () => {
    const machine = host(undefined, seeds);
    const untouched = state(machine);
    const { diagnostics } = writeFiles(machine, 'out', files);
    assert.equal(
      diagnostics.map((one) => one.code),
      codes,
    );
    assert.is(state(machine), untouched);
    assert.equal(machine.calls, []);
  });
}

test('a file for the directory', () => {
  const machine = memoryHost({ files: { out: 'file' } });
  assert.equal(
    writeFiles(machine, 'out', files).diagnostics.map((one) => one.code),
    ['GX012'],
  );
  assert.equal(machine.calls, []);
  assert.equal(
    writeFiles(machine, 'out/deeper', files).diagnostics.map((one) => one.code),
    ['GX015'],
  );
  assert.is(machine.entries().size, 1);
});

for (const path of [
  '../x',
  'a/../../x',
  '/etc/passwd',
  '',
  '.',
  '..',
  'a//b',
  'a/',
  './a',
  'a\0b',
  'a/..',
  'a/./b',
]) {
  test(`the name ${JSON.stringify(path)} is refused`, () => {
    const machine = host();
    const { diagnostics } = writeFiles(machine, 'out', [...files, { path, text: '', mode: 0o644 }]);
    assert.equal(
      diagnostics.map((one) => one.code),
      ['GX010'],
    );
    assert.equal(machine.calls, []);
  });
}

test('odd names that stay inside are written', () => {
  const machine = memoryHost();
  const odd = ['..x', 'a/...', 'x y\n', '-rf', '*', '\\..\\x', 'é'];
  const list = odd.map((path) => ({ path, text: path, mode: 0o644 }));
  assert.equal(writeFiles(machine, 'out', list).diagnostics, []);
  for (const path of odd) assert.is(machine.text(`out/${path}`), path);
});

test('two outputs of one name', () => {
  const at = (path: string) => ({ path, text: path, mode: 0o644 });
  const codes = (...paths: string[]) =>
    writeFiles(memoryHost(), 'out', paths.map(at)).diagnostics.map((one) => one.code);
  assert.equal(codes('a', 'b', 'a'), ['GX018']);
  assert.equal(codes('a/b', 'a'), ['GX018']);
  assert.equal(codes('a', 'a/b/c'), ['GX018']);
  assert.equal(codes('a', 'ab', 'a.b'), []);
});

test('an empty set makes nothing', () => {
  const machine = memoryHost();
  assert.equal(writeFiles(machine, 'out', []), { diagnostics: [], written: 0, unchanged: 0 });
  assert.equal(machine.calls, []);
});

test.run();
