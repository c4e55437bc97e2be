import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MemoryCrash, memoryHost, textFile } from '../../src/host/memory.ts';

const test = suite('memory host');
const bytes = (text: string) => new TextEncoder().encode(text);

function codeOf(run: () => void): string | undefined {
  try {
    run();
    return undefined;
  } catch (error) {
    return (error as { code?: string }).code;
  }
}

const files = {
  'config/galaxy.yml': 'galaxy:\n',
  '/etc/secret': textFile('x', 0o000),
  '/dev/pipe': { kind: 'other' },
  here: { kind: 'link', to: 'config' },
  there: { kind: 'link', to: '/srv/galaxy/here/galaxy.yml' },
  nowhere: { kind: 'link', to: 'missing' },
  loop: { kind: 'link', to: 'loop' },
} as const;

test('looking', () => {
  const host = memoryHost({ files });
  const kinds = {
    config: 'directory',
    'config/galaxy.yml': 'file',
    '/dev/pipe': 'other',
    here: 'directory',
    there: 'file',
  };
  for (const [path, kind] of Object.entries(kinds)) assert.is(host.kind(path), kind, path);
  for (const path of ['nowhere', 'loop', 'missing', 'config/galaxy.yml/x'])
    assert.is(host.kind(path), undefined, path);
  assert.equal(host.list('.'), ['config', 'here', 'loop', 'nowhere', 'there']);
  assert.equal(host.list('here'), ['galaxy.yml']);
  assert.equal(host.list('missing'), []);
  assert.equal(host.list('/'), ['dev', 'etc', 'srv']);
  assert.is(host.realpath('here/../here/galaxy.yml'), '/srv/galaxy/config/galaxy.yml');
  assert.is(host.realpath('there'), '/srv/galaxy/config/galaxy.yml');
  assert.is(host.realpath('nowhere'), 'nowhere');
  assert.is(host.mode('there'), 0o644);
  assert.is(host.mode('config'), undefined);
});

test('programs', () => {
  const answer = { ok: true, status: 1, stdout: bytes('x'), stderr: '' } as const;
  const host = memoryHost({
    programs: ([program], cwd) => (program === 'git' && cwd === '/a' ? answer : undefined),
  });
  assert.is(host.run(['git', 'show'], { cwd: '/a' }), answer);
  const missing = host.run(['git', 'show']);
  assert.is(!missing.ok && missing.reason, 'missing');
  assert.equal(host.runs, [
    ['git', 'show'],
    ['git', 'show'],
  ]);
});

test('reading', () => {
  const host = memoryHost({ files });
  const reasons = {
    config: 'directory',
    '/etc/secret': 'denied',
    '/dev/pipe': 'other',
    nowhere: 'missing',
    loop: 'missing',
  };
  for (const [path, reason] of Object.entries(reasons)) {
    const result = host.read(path);
    assert.is(result.ok ? '' : result.reason, reason, path);
  }
  const result = host.read('there');
  assert.is(result.ok && new TextDecoder().decode(result.bytes), 'galaxy:\n');
});

test('changing', () => {
  const host = memoryHost({ files });
  host.mkdir('new/folder');
  host.create('here/a', bytes('a'), 0o600);
  host.rename('config/a', 'new/folder/b');
  host.rename('there', 'new/link');
  host.remove('nowhere');
  assert.is(host.text('/srv/galaxy/new/folder/b'), 'a');
  assert.is(host.kind('new/link'), 'file');
  assert.equal(host.list('.'), ['config', 'here', 'loop', 'new']);
  assert.equal(host.calls.slice(0, 2), ['mkdir /srv/galaxy/new/folder', 'create /srv/galaxy/here/a']);
});

const refusals: readonly [name: string, code: string, run: (host: ReturnType<typeof memoryHost>) => void][] =
  [
    ['create what exists', 'EEXIST', (host) => host.create('config/galaxy.yml', bytes(''), 0o644)],
    ['create over a link', 'EEXIST', (host) => host.create('nowhere', bytes(''), 0o644)],
    ['create in no folder', 'ENOENT', (host) => host.create('missing/a', bytes(''), 0o644)],
    ['rename nothing', 'ENOENT', (host) => host.rename('missing', 'a')],
    ['rename onto a directory', 'EISDIR', (host) => host.rename('there', 'config')],
    ['remove nothing', 'ENOENT', (host) => host.remove('missing')],
    ['remove a directory', 'EISDIR', (host) => host.remove('config')],
    ['a directory below a file', 'ENOTDIR', (host) => host.mkdir('config/galaxy.yml/x')],
    ['flush what is missing', 'ENOENT', (host) => host.syncDirectory('missing')],
  ];

for (const [name, code, run] of refusals) {
  test(`refuses: ${name}`, () => {
    const host = memoryHost({ files });
    const before = [...host.entries()];
    assert.is(
      codeOf(() => run(host)),
      code,
    );
    assert.equal([...host.entries()], before);
  });
}

test('a fault hits one call, and a create leaves half of its bytes', () => {
  const host = memoryHost({ fault: { at: 2, error: 'ENOSPC' } });
  host.create('a', bytes('aaaa'), 0o644);
  assert.is(
    codeOf(() => host.create('b', bytes('bbbb'), 0o644)),
    'ENOSPC',
  );
  host.create('c', bytes('cccc'), 0o644);
  assert.equal([host.text('a'), host.text('b'), host.text('c')], ['aaaa', 'bb', 'cccc']);
});

test('a crash hits every later call too', () => {
  const host = memoryHost({ files, fault: { at: 1, error: 'crash' } });
  const stopped = (error: unknown) => error instanceof MemoryCrash;
  assert.throws(() => host.remove('there'), stopped);
  assert.throws(() => host.remove('here'), stopped);
  assert.throws(() => host.kind('here'), stopped);
  assert.ok(host.crashed());
  assert.is(host.entries().size, Object.keys(files).length);
});

test('what stands at a name itself', () => {
  const host = memoryHost({
    files: { ...files, theirs: { ...textFile('x'), owner: { user: 7, group: 8 } } },
  });
  const me = { user: 0, group: 0 };
  assert.equal(host.entry('nowhere'), { kind: 'link', mode: 0o777, ...me, to: 'missing' });
  assert.equal(host.entry('here/galaxy.yml'), { kind: 'file', mode: 0o644, ...me });
  assert.equal(host.entry('theirs'), { kind: 'file', mode: 0o644, user: 7, group: 8 });
  assert.is(host.entry('/')?.kind, 'directory');
  assert.is(host.entry('missing'), undefined);
  host.mkdir('new/private', 0o700);
  host.mkdir('new/private', 0o755);
  assert.equal([host.entry('new')?.mode, host.entry('new/private')?.mode], [0o755, 0o700]);
});

test('symbolic links', () => {
  const host = memoryHost({ files });
  host.symlink('config', 'link');
  assert.is(host.kind('link/galaxy.yml'), 'file');
  assert.is(
    codeOf(() => host.symlink('x', 'link')),
    'EEXIST',
  );
  assert.is(
    codeOf(() => host.symlink('x', 'missing/link')),
    'ENOENT',
  );
  host.symlink('nowhere', 'other');
  host.rename('other', 'link');
  assert.is(host.entry('link')?.to, 'nowhere');
});

test('directories go only when they are empty', () => {
  const host = memoryHost({ files });
  for (const [path, code] of [
    ['config', 'ENOTEMPTY'],
    ['missing', 'ENOENT'],
    ['there', 'ENOTDIR'],
  ] as const)
    assert.is(
      codeOf(() => host.removeDirectory(path)),
      code,
    );
  host.remove('config/galaxy.yml');
  host.removeDirectory('config');
  assert.is(host.kind('config'), undefined);
});

test('the person, the clock and other processes', () => {
  const host = memoryHost({ isTTY: true, answers: ['yes'], now: 60_000, processes: { 7: 'since noon' } });
  assert.equal([host.stdin.isTTY, host.stdin.readLine(), host.stdin.readLine()], [true, 'yes', undefined]);
  assert.equal([host.now(), host.now()], [60_000, 120_000]);
  assert.equal([7, 8].map(host.processToken), ['since noon', undefined]);
  assert.ok(host.processToken(host.pid));
});

test('streams', () => {
  const host = memoryHost();
  host.stdout.write('a');
  host.stdout.write('b');
  host.stderr.write('c');
  assert.equal(host.output, { stdout: 'ab', stderr: 'c' });
});

test.run();
