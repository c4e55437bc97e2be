// Who may change a directory: one run at a time, whatever the other does in between.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { lock, unlock } from '../../src/deploy/lock.ts';
import { openSession } from '../../src/deploy/session.ts';
import type { Host } from '../../src/host/host.ts';
import { type MemoryHost, type MemorySeed, memoryHost } from '../../src/host/memory.ts';

const test = suite('lock');
const directory = '/etc/galaxy';
const state = `${directory}/.gxgen`;

function machine(files: Readonly<Record<string, MemorySeed>> = {}): MemoryHost {
  return memoryHost({
    files: { [`${state}/keep`]: '', ...files },
    processes: { 7: 'seven', 8: 'eight' },
  });
}

function lockText(pid: number, token: string): MemorySeed {
  return { kind: 'link', to: `pid=${pid} since=2026-11-28T09:00:00.000Z token=${token}` };
}

/** The same machine as another process sees it. @param before what to do at each call, told its number */
function asProcess(
  host: MemoryHost,
  pid: number,
  token: string,
  before: (call: number) => void = () => undefined,
): Host {
  let calls = 0;
  const counted = new Set(['symlink', 'remove', 'list', 'entry', 'pause']);
  return new Proxy(host as Host, {
    get(target, key) {
      if (key === 'pid') return pid;
      if (key === 'processToken')
        return (one: number) => (one === pid ? token : { 7: 'seven', 8: 'eight', 9: 'nine' }[one]);
      const found = Reflect.get(target, key) as unknown;
      if (typeof found !== 'function' || !counted.has(String(key))) return found;
      return (...args: unknown[]) => {
        before(++calls);
        return (found as (...all: unknown[]) => unknown).apply(target, args);
      };
    },
  });
}

test('a lock is taken and given back', () => {
  const host = machine();
  const locked = lock(host, directory);
  assert.is(locked.ok, true);
  assert.match(
    host.entry(`${state}/lock-1`)?.to ?? '',
    'pid=4242 since=2026-11-28T10:00:00.000Z token=this run',
  );
  if (locked.ok) unlock(host, locked.path);
  assert.equal(host.list(state), ['keep']);
});

test('a process that runs keeps it, and is named', () => {
  const host = machine({ [`${state}/lock-3`]: lockText(7, 'seven') });
  assert.equal(lock(host, directory), {
    ok: false,
    holder: { ...holderOf(7, 'seven'), path: `${state}/lock-3`, number: 3, token: 'seven' },
  });
  assert.equal(host.list(state), ['keep', 'lock-3']);
});

function holderOf(pid: number, _token: string) {
  return { pid, since: '2026-11-28T09:00:00.000Z' };
}

for (const [name, pid, token] of [
  ['a process that is gone', 99, 'gone'],
  ['another process of the same number', 7, 'the one before'],
] as const) {
  test(`${name} loses it`, () => {
    const host = machine({ [`${state}/lock-3`]: lockText(pid, token) });
    const locked = lock(host, directory);
    assert.is(locked.ok && locked.path, `${state}/lock-4`);
    assert.is(locked.ok && locked.stale[0]?.pid, pid);
    assert.equal(host.list(state), ['keep', 'lock-4']);
  });
}

test('two runs at once, one coming in at every call of the other: never both', () => {
  const tally = { first: 0, second: 0, neither: 0 };
  for (const stale of [false, true])
    for (let at = 1; at < 40; at++) {
      const host = machine(stale ? { [`${state}/lock-5`]: lockText(99, 'gone') } : {});
      let second = false;
      const other = asProcess(host, 8, 'eight');
      const one = asProcess(host, 7, 'seven', (call) => {
        if (call === at) second = lock(other, directory).ok;
      });
      const first = lock(one, directory).ok;
      assert.not.ok(first && second, `both at call ${at}`);
      tally[first ? 'first' : second ? 'second' : 'neither']++;
    }
  assert.ok(tally.first > 0 && tally.second > 0, JSON.stringify(tally));
});

test('three runs at once: never two of them', () => {
  for (let at = 1; at < 16; at++)
    for (let then = 1; then < 16; then++) {
      const host = machine({ [`${state}/lock-5`]: lockText(99, 'gone') });
      const held: number[] = [];
      const run = (who: Host) => {
        const locked = lock(who, directory);
        if (locked.ok) held.push(who.pid);
        return locked;
      };
      const third = asProcess(host, 9, 'nine');
      const second = asProcess(host, 8, 'eight', (call) => {
        if (call === then) run(third);
      });
      const first = asProcess(host, 7, 'seven', (call) => {
        if (call === at) {
          const locked = run(second);
          // It is done at once, so that its number may be used again.
          if (locked.ok && then % 2 === 0) {
            unlock(second, locked.path);
            held.splice(held.indexOf(8), 1);
          }
        }
      });
      run(first);
      assert.ok(held.length <= 1, `${at} ${then}: ${held}`);
    }
});

test('a session says who holds a directory, and changes nothing', () => {
  const host = machine({ [`${state}/lock-1`]: lockText(7, 'seven') });
  const codes: string[] = [];
  const before = [...host.entries()];
  const session = openSession(host, [directory], true, (one) => {
    codes.push(`${one.code} ${one.message}`);
  });
  assert.equal(codes, [
    'GX843 "/etc/galaxy" is being changed by process 7 of gxgen, since 2026-11-28T09:00:00.000Z',
  ]);
  assert.equal(session.held, []);
  session.close();
  assert.equal([...host.entries()], before);
});

test('what was made for nothing goes again', () => {
  const host = memoryHost({ files: { '/etc/keep': '' } });
  const session = openSession(host, ['/etc/new/place'], true, () => assert.unreachable());
  assert.equal(session.news, ['/etc/new/place was made: it did not exist']);
  assert.is(host.kind('/etc/new/place/.gxgen'), 'directory');
  session.close();
  assert.is(host.kind('/etc/new'), undefined);
  assert.is(host.kind('/etc/keep'), 'file');
});

for (const [name, seed, code] of [
  ['a file', 'text', 'GX848'],
  ['a link', { kind: 'link', to: '/tmp' }, 'GX848'],
] as const) {
  test(`${name} in the place of the state folder`, () => {
    const host = memoryHost({ files: { [`${directory}/galaxy.target`]: '', [state]: seed } });
    const codes: string[] = [];
    openSession(host, [directory], true, (one) => {
      codes.push(one.code);
    }).close();
    assert.equal(codes, [code]);
  });
}

test('a state folder that others can change is not trusted', () => {
  for (const [entry, trusted] of [
    [{ kind: 'directory', mode: 0o777 }, false],
    [{ kind: 'directory', mode: 0o755, owner: { user: 7, group: 7 } }, false],
    [{ kind: 'directory', mode: 0o755 }, true],
  ] as const) {
    const host = memoryHost({ files: { [`${directory}/galaxy.target`]: '', [state]: entry } });
    const codes: string[] = [];
    const session = openSession(host, [directory], true, (one) => {
      codes.push(one.code);
    });
    assert.equal(codes, trusted ? [] : ['GX848']);
    session.close();
  }
});

test.run();
