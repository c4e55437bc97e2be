// The commands of a plan: what is told of one that fails.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCommands } from '../../src/commands/running.ts';
import type { RunResult } from '../../src/host/host.ts';
import { memoryHost } from '../../src/host/memory.ts';

const test = suite('running commands');
const command = { kind: 'restart', argv: ['supervisorctl', 'restart', 'a'], words: '', seconds: 5 } as const;

function ended(status: number, stdout: string, stderr: string): RunResult {
  return { ok: true, status, stdout: new TextEncoder().encode(stdout), stderr };
}

for (const [name, result, message] of [
  [
    'the reason on stderr',
    ended(1, 'much\n', 'Job for a failed.\nSee "x".\n'),
    'Job for a failed. See "x" (status 1)',
  ],
  ['the reason on stdout', ended(7, 'a: ERROR (spawn error)\n', ''), 'a: ERROR (spawn error) (status 7)'],
  ['no reason', ended(3, '', ' \n'), 'it ended with status 3'],
  ['the end of much', ended(1, '', 'a\nb\nc\nd\n'), 'b c d (status 1)'],
  ['no program', undefined, 'this machine has no such program'],
  ['no end', { ok: false, reason: 'timeout', message: 'ETIMEDOUT' }, 'it did not end within 65 seconds'],
  ['another error', { ok: false, reason: 'other', message: 'EMFILE' }, 'EMFILE'],
] as const) {
  test(name, () => {
    const host = memoryHost({ programs: () => result });
    const problem = runCommands([command], host);
    assert.is(problem?.message, `"supervisorctl restart a" failed: ${message}`);
  });
}

test('what is left is told after each that succeeds', () => {
  const host = memoryHost({ programs: ([, verb]) => ended(verb === 'fail' ? 1 : 0, '', '') });
  const commands = ['one', 'two', 'fail', 'four'].map((verb) => ({ ...command, argv: ['x', verb] }));
  const left: string[] = [];
  runCommands(commands, host, (rest) => left.push(rest.map(({ argv }) => argv[1]).join(' ')));
  assert.equal(left, ['two fail four', 'fail four']);
});

test.run();
