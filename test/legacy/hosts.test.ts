// Names of handlers that hold the name of their host.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isOfSomeHost, otherHost } from '../../src/frontends/legacy/host-names.ts';
import type { ReadProgram } from '../../src/frontends/legacy/supervisor-programs.ts';

const test = suite('names of hosts');

function program(text: string): ReadProgram {
  return { get: (key: string) => (key === 'command' ? { text } : undefined) } as unknown as ReadProgram;
}

test('read back from the command that makes them', () => {
  const programs = [program('galaxy-main --server-name=%(host_node_name)s.handler%(process_num)02d -c x')];
  const host = (id: string, hostName?: string) =>
    otherHost(id, { programs, started: new Set(), ...(hostName === undefined ? {} : { hostName }) });
  assert.is(host('node2.handler00', 'node1'), 'node2');
  assert.is(host('node-2.example.org.handler01', 'node1'), 'node-2.example.org');
  assert.is(host('node1.handler00', 'node1'), undefined);
  // Which host this is, nobody has said.
  assert.is(host('node2.handler00'), undefined);
  assert.is(host('special', 'node1'), undefined);
  assert.ok(isOfSomeHost('node2.handler00', programs));
  assert.not.ok(isOfSomeHost('node2_handler00', programs));
  assert.not.ok(isOfSomeHost('node2_handler00', [program('galaxy-main --server-name handler0')]));
});

test('told from a like name that is started here', () => {
  const started = new Set(['main_w1_handler0', 'main_w1_handler1', 'special']);
  const host = (id: string) => otherHost(id, { programs: [], started });
  assert.is(host('main_w2_handler0'), 'w2');
  // Another number of a handler, another kind of it, another build of a name.
  assert.is(host('main_w1_handler2'), undefined);
  assert.is(host('main_big_handler0'), undefined);
  assert.is(host('main_w2_handler0_x'), undefined);
  assert.is(host('special2'), undefined);
});

test.run();
