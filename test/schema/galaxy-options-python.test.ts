// Galaxy's conversions against what CPython 3.11 and Galaxy 26.1 really answer.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  floatText,
  galaxyBool,
  isFloatText,
  isIntText,
  keepsItsText,
  pythonText,
} from '../../src/schema/galaxy-options-python.ts';
import { get, type ScalarNode } from '../../src/syntax/tree.ts';
import { tree } from './tree.ts';

const test = suite('schema/galaxy-options-python');

const floats: [number, string][] = [
  [0, '0.0'],
  [-0, '-0.0'],
  [1, '1.0'],
  [1.1, '1.1'],
  [-2.5, '-2.5'],
  [1e15, '1000000000000000.0'],
  [1e16, '1e+16'],
  [123456789012345680, '1.2345678901234568e+17'],
  [1e-4, '0.0001'],
  [1e-5, '1e-05'],
  [0.00012345, '0.00012345'],
  [1.5e300, '1.5e+300'],
  [5e-324, '5e-324'],
  [100, '100.0'],
  [1e22, '1e+22'],
  [3.14, '3.14'],
  [12345.678, '12345.678'],
  [-1e-7, '-1e-07'],
  [Infinity, 'inf'],
  [-Infinity, '-inf'],
  [NaN, 'nan'],
];
for (const [value, text] of floats) test(`repr of ${text}`, () => assert.is(floatText(value), text));

const numbers: [text: string, int: boolean, float: boolean][] = [
  ['5', true, true],
  ['-5', true, true],
  ['+5', true, true],
  [' 5 ', true, true],
  ['1_000', true, true],
  ['1__0', false, false],
  ['_1', false, false],
  ['1_', false, false],
  ['5.0', false, true],
  ['1e3', false, true],
  ['0x10', false, false],
  ['010', true, true],
  ['', false, false],
  ['5GB', false, false],
  ['--5', false, false],
  ['1 0', false, false],
  ['.5', false, true],
  ['5.', false, true],
  ['.', false, false],
  ['1e', false, false],
  ['1E-5', false, true],
  ['1_0.0_1', false, true],
  ['1._0', false, false],
  ['inf', false, true],
  ['-Infinity', false, true],
  ['nan', false, true],
  ['infinit', false, false],
  ['1e1_0', false, true],
  ['1.e3', false, true],
  ['e5', false, false],
  ['0b1', false, false],
];
for (const [text, int, float] of numbers)
  test(`int and float of "${text}"`, () => assert.equal([isIntText(text), isFloatText(text)], [int, float]));

const truths: [yaml: string, value: boolean, doubtful: boolean][] = [
  ['true', true, false],
  ['on', true, false],
  ['"YES"', true, false],
  ['1', true, false],
  ['"1"', true, false],
  ['false', false, false],
  ['"off"', false, false],
  ['0', false, false],
  ['""', false, false],
  ['2', false, true],
  ['"true "', false, true],
  ['t', false, true],
  ['y', false, true],
  ['enabled', false, true],
  ['1.0', false, true],
  ['2024-01-01', false, true],
];
for (const [yaml, value, doubtful] of truths)
  test(`truth of ${yaml}`, () => assert.equal(galaxyBool(scalar(yaml)), { value, doubtful }));

const texts: [yaml: string, text: string, kept: boolean][] = [
  ['plain', 'plain', true],
  ['5', '5', true],
  ['0x1F', '31', false],
  ['017', '15', false],
  ['1_000', '1000', false],
  ['12:30:45', '45045', false],
  ['1.10', '1.1', false],
  ['1.5', '1.5', true],
  ['yes', 'True', false],
  ['false', 'False', false],
  ['123456789012345678901234567890', '123456789012345678901234567890', true],
  ['2024-01-01', '2024-01-01', true],
  ['2024-1-1', '2024-1-1', true],
  ['2024-1-1T10:00:00Z', '2024-1-1T10:00:00Z', false],
  ['.inf', 'inf', false],
];
for (const [yaml, text, kept] of texts)
  test(`str of ${yaml}`, () =>
    assert.equal([pythonText(scalar(yaml)), keepsItsText(scalar(yaml))], [text, kept]));

test('a long text costs no more than its length', () => {
  const started = performance.now();
  for (const text of [
    '1'.repeat(200_000),
    '1_'.repeat(100_000),
    ' '.repeat(200_000),
    `1e${'1'.repeat(200_000)}x`,
  ]) {
    isIntText(text);
    isFloatText(text);
  }
  assert.ok(performance.now() - started < 1000);
});

function scalar(yaml: string): ScalarNode {
  const node = get(tree(`a: ${yaml}\n`), 'a');
  if (node?.kind !== 'scalar') throw new Error(`${yaml} is no scalar`);
  return node;
}

test.run();
