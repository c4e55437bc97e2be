import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { startCommand } from '../../src/backends/start.ts';
import { byDefault } from '../../src/model/located.ts';

const test = suite('start');

const absolute = (path: string) => path.startsWith('/') && !path.includes('"');

function words(argv: readonly string[], variables: Record<string, string> = {}): string[] | string {
  const wrapped = Object.entries(variables).map(([name, value]) => ({
    name,
    value: byDefault(value),
    secret: false,
  }));
  const start = startCommand(argv.map(byDefault), wrapped, absolute);
  return start.refusal ?? start.argv.map((one) => one.value);
}

const shell = ['/bin/sh', '-c', 'exec "$0" "$@"'];

test('what a target can start by itself stays as it is', () => {
  assert.equal(words(['/x', 'a']), ['/x', 'a']);
  assert.equal(words(['/x=y', 'a']), ['/x=y', 'a']);
});

test('the rest goes through env, or a shell where env would see an assignment', () => {
  assert.equal(words(['tusd', 'a']), ['/usr/bin/env', 'tusd', 'a']);
  assert.equal(words(['/a"b']), ['/usr/bin/env', '/a"b']);
  assert.equal(words(['/a"=b', 'c']), [...shell, '/a"=b', 'c']);
  assert.equal(words(['/x', 'a'], { 'A-B': '1 2' }), ['/usr/bin/env', 'A-B=1 2', '/x', 'a']);
  assert.equal(words(['/x=y'], { A: '1' }), ['/usr/bin/env', 'A=1', ...shell, '/x=y']);
});

test('words that env would take for its options', () => {
  assert.equal(words(['-x']), ['/usr/bin/env', '--', '-x']);
  assert.equal(words(['/x'], { '-A': '1' }), ['/usr/bin/env', '--', '-A=1', '/x']);
  assert.type(words(['-']), 'string');
});

test('what nothing can start is refused', () => {
  assert.type(words([]), 'string');
  assert.type(words(['']), 'string');
  assert.type(words(['/x'], { '': '1' }), 'string');
  assert.type(words(['/x'], { 'A=B': '1' }), 'string');
  assert.type(words(['/x=y'], { 'A-B': '1' }), 'string');
  assert.type(words(['-x=y']), 'string');
});

test.run();
