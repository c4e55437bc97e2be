// Arguments in all the ways a command line can hold them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { argumentValues, flag, goFlag, lastArgument } from '../../src/model/arguments.ts';
import type { Process } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';

const test = suite('arguments');

const process = {
  argv: ['gunicorn', '--workers=4', '-w', '2', '-w8', '--workers-of-mine=3', '--preload', '--workers'].map(
    (one) => byDefault(one),
  ),
} as unknown as Process;

test('every form counts, in order, and one without a value does not', () => {
  const names = ['--workers', '-w'];
  assert.equal(
    argumentValues(process, names).map((one) => one.value),
    ['4', '2', '8'],
  );
  assert.is(lastArgument(process, names)?.value, '8');
  assert.is(lastArgument(process, ['--timeout']), undefined);
  assert.is(lastArgument(undefined, names), undefined);
});

test('a flag is a word of its own', () => {
  assert.is(flag(process, ['--preload'])?.value, '--preload');
  assert.is(flag(process, ['--pre']), undefined);
});

test('programs in Go take one hyphen or two, and the last value', () => {
  const argv = ['-port=1080', '-port', '1081', '--base-path=/a=b', '-port-file=x', '-host'].map((one) =>
    byDefault(one),
  );
  assert.is(goFlag(argv, 'port')?.value, '1081');
  assert.is(goFlag(argv, 'base-path')?.value, '/a=b');
  assert.is(goFlag(argv, 'host'), undefined);
  assert.is(goFlag(argv, 'unix-sock'), undefined);
});

test.run();
