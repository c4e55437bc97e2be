// A switch of files, with the machine stopping at every call and every call failing once: what is installed is wholly
// old or wholly new, and can be settled.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { interruption, isTransit } from '../../src/deploy/interrupted.ts';
import { currentGeneration, readArmed } from '../../src/deploy/journal.ts';
import { clear, settle } from '../../src/deploy/settle.ts';
import { keptGenerations } from '../../src/deploy/state.ts';
import { type SwitchResult, switchSets } from '../../src/deploy/switch.ts';
import type { Host } from '../../src/host/host.ts';
import { type Fault, MemoryCrash, type MemoryHost, memoryHost } from '../../src/host/memory.ts';
import { after, before, directories, leftovers, machine, prepare, seen } from './switch-sample.ts';

const test = suite('switch');

function run(host: MemoryHost, count: number): SwitchResult {
  return switchSets(host, prepare(host, count));
}

/** As the next run does before anything else. */
function heal(host: Host, count: number): void {
  for (const directory of directories.slice(0, count)) {
    const armed = readArmed(host, directory);
    if (armed) settle(host, armed);
    clear(host, directory);
  }
}

function isNotFolder(path: string): boolean {
  return !/\/old(\/deep)?$/.test(path);
}

/** The machine after it stopped, running again. */
function restarted(host: MemoryHost): MemoryHost {
  return memoryHost({ files: Object.fromEntries(host.everything()) });
}

for (const count of [1, 2]) {
  const start = machine(count);
  const old = seen(start, count);
  const done = machine(count);
  const preparing = machine(count);
  prepare(preparing, count);
  const result = run(done, count);
  const fresh = seen(done, count);
  const title = count === 1 ? 'one directory' : 'two directories';

  test(`${title}: switched`, () => {
    assert.equal(result, { outcome: 'done', committed: true });
    assert.not.equal(fresh, old);
    assert.equal(leftovers(done, count), []);
    for (const directory of directories.slice(0, count)) {
      assert.is(currentGeneration(done, directory), 2);
      assert.equal(keptGenerations(done, directory), [1, 2]);
    }
    for (const [sets, text] of [
      [before, old],
      [after, fresh],
    ] as const)
      for (const [index, set] of sets.slice(0, count).entries())
        for (const path of Object.keys(set)) assert.match(text, `${directories[index]}/${path} `);
    assert.match(fresh, 'galaxy-backup.service 640 7:7 "not ours\\n"');
    assert.ok(Object.keys(after[0] ?? {}).length >= 12);
  });

  test(`${title}: what does not change is not touched`, () => {
    const calls = done.calls.filter((call) => !call.includes('.gxgen'));
    assert.not.ok(calls.some((call) => /celery|backup/.test(call)));
  });

  test(`${title}: a machine that stops at any call is wholly old or wholly new, and heals`, () => {
    const tally = { old: 0, new: 0 };
    for (let at = 1; at <= done.calls.length; at++) {
      const host = machine(count, { at, error: 'crash' });
      assert.throws(
        () => run(host, count),
        (error: unknown) => error instanceof MemoryCrash,
      );
      const again = restarted(host);
      const state = seen(again, count);
      const where = `call ${at}: ${done.calls[at - 1]}`;
      assert.ok(state === old || state === fresh, `${where}\n${state}`);
      tally[state === old ? 'old' : 'new']++;
      const generation = currentGeneration(again, directories[0] ?? '');
      assert.is(generation, state === old ? 1 : 2, where);
      const linked = leftovers(again, 1).filter((path) => !path.includes('.gxgen'));
      if (linked.length > 0)
        assert.is(interruption(again, directories[0] ?? '')?.code, 'GX840', `${where} ${linked}`);
      heal(again, count);
      assert.is(seen(again, count), state, where);
      assert.equal(leftovers(again, count), [], where);
      assert.is(currentGeneration(again, directories[0] ?? ''), generation, where);
      assert.equal(keptGenerations(again, directories[0] ?? ''), state === old ? [1] : [1, 2], where);
    }
    assert.ok(tally.old > 50 && tally.new > 20, JSON.stringify(tally));
  });

  test(`${title}: the healing may be stopped at any call as well`, () => {
    for (let at = preparing.calls.length; at <= done.calls.length; at += 7 * count) {
      const host = machine(count, { at, error: 'crash' });
      assert.throws(() => run(host, count));
      const healed = restarted(host);
      const state = seen(healed, count);
      heal(healed, count);
      for (let second = 1; second <= healed.calls.length; second++) {
        const fault: Fault = { at: second, error: 'crash' };
        const again = memoryHost({ files: Object.fromEntries(host.everything()), fault });
        assert.throws(() => heal(again, count));
        const third = restarted(again);
        assert.is(seen(third, count), state, `stopped at ${at}, then at ${second}`);
        heal(third, count);
        assert.is(seen(third, count), state);
        assert.equal(leftovers(third, count), []);
      }
    }
  });

  for (const error of ['ENOSPC', 'EROFS'] as const) {
    test(`${title}: ${error} at any call of the switch: wholly old or wholly new, and nothing left`, () => {
      for (let at = preparing.calls.length + 1; at <= done.calls.length; at++) {
        const host = machine(count, { at, error });
        const { outcome, committed, failure } = run(host, count);
        const where = `call ${at}: ${done.calls[at - 1]}`;
        // A folder that does not go is not worth a word.
        assert.ok(failure ?? done.calls[at - 1]?.startsWith('rmdir /etc/systemd/system/old'), where);
        assert.is(outcome, committed ? 'done' : 'undone', where);
        assert.is(seen(host, count), committed ? fresh : old, where);
        heal(host, count);
        assert.equal(leftovers(host, count).filter(isNotFolder), [], where);
      }
    });

    test(`${title}: ${error} from any call of the switch on: wholly old or wholly new, and healed later`, () => {
      for (let at = preparing.calls.length + 1; at <= done.calls.length; at++) {
        const host = machine(count, { at, error, further: 10_000 });
        const { outcome, committed } = run(host, count);
        const where = `call ${at}: ${done.calls[at - 1]}`;
        assert.ok(outcome === 'interrupted' || outcome === (committed ? 'done' : 'undone'), where);
        const again = restarted(host);
        assert.is(seen(again, count), committed ? fresh : old, where);
        heal(again, count);
        assert.is(seen(again, count), committed ? fresh : old, where);
        assert.equal(leftovers(again, count), [], where);
      }
    });
  }
}

test('names behind links are known, and others are not', () => {
  const done = machine(1);
  run(done, 1);
  const turn = done.calls.findIndex((call) => call.startsWith('rename') && call.endsWith('/now'));
  const host = machine(1, { at: turn + 1, error: 'crash' });
  assert.throws(() => run(host, 1));
  const again = restarted(host);
  const [directory = ''] = directories;
  assert.is(isTransit(again, directory, 'galaxy.target'), true);
  assert.is(isTransit(again, directory, 'old/deep/x.conf'), true);
  assert.is(isTransit(again, directory, 'galaxy-celery.service'), false);
  assert.is(isTransit(again, directory, 'missing'), false);
  again.symlink('/dev/null', `${directory}/galaxy-masked.service`);
  assert.is(isTransit(again, directory, 'galaxy-masked.service'), false);
});

test('what somebody puts in the place of a link is left alone by the healing', () => {
  const done = machine(1);
  run(done, 1);
  const turn = done.calls.findIndex((call) => call.startsWith('rename') && call.endsWith('/now'));
  const host = machine(1, { at: turn + 1, error: 'crash' });
  assert.throws(() => run(host, 1));
  const again = restarted(host);
  const path = `${directories[0]}/galaxy.target`;
  again.remove(path);
  again.create(path, new TextEncoder().encode('by hand\n'), 0o644);
  heal(again, 1);
  assert.is(again.text(path), 'by hand\n');
  assert.equal(leftovers(again, 1), []);
});

test('a failure beside the directory is told with its place', () => {
  const host = machine(1);
  const views = '/etc/systemd/.gxgen-system';
  const mkdir = (path: string, mode?: number) => {
    if (path.startsWith(views)) throw Object.assign(new Error('no'), { code: 'EACCES', syscall: 'mkdir' });
    host.mkdir(path, mode);
  };
  const { outcome, failure } = switchSets({ ...host, mkdir }, prepare(host, 1));
  assert.is(outcome, 'undone');
  assert.is(failure?.path, views);
});

test.run();
