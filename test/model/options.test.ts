// Options as Galaxy reads them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Instance } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';
import {
  inEnvironment,
  isOn,
  numberOption,
  switchedOff,
  switchedOn,
  textOption,
} from '../../src/model/options.ts';
import type { Plain } from '../../src/syntax/tree.ts';

const test = suite('options');

function instance(value: Plain | undefined, variable = 'LANG'): Instance {
  return {
    options: value === undefined ? [] : [{ name: 'debug', value: byDefault(value), secret: false }],
    services: [{ processes: [{ env: [{ name: variable, value: byDefault('x'), secret: false }] }] }],
  } as unknown as Instance;
}

const table: [value: Plain | undefined, on: boolean, text?: string, number?: number][] = [
  [undefined, false],
  [null, false],
  [true, true, 'true'],
  [false, false, 'false'],
  ['True', true, 'True'],
  ['on', true, 'on'],
  ['t', false, 't'],
  [1, true, '1', 1],
  ['', false],
  [' 12 ', false, ' 12 ', 12],
  [[true], false],
  [{ a: 1 }, false],
];
for (const [value, on, text, number] of table) {
  test(JSON.stringify(value) ?? 'absent', () => {
    const given = instance(value);
    assert.is(isOn(given, 'debug'), on);
    assert.is(textOption(given, 'debug')?.value, text);
    assert.is(numberOption(given, 'debug')?.value, number);
    assert.is(switchedOn(given, 'debug') !== undefined, on);
    assert.is(switchedOff(given, 'debug') !== undefined, !on && value !== undefined && value !== null);
  });
}

test('the environment of a process counts, under both prefixes', () => {
  assert.ok(inEnvironment(instance(undefined, 'GALAXY_CONFIG_DEBUG'), 'debug'));
  assert.ok(inEnvironment(instance(undefined, 'GALAXY_CONFIG_OVERRIDE_DEBUG'), 'debug'));
  assert.not(inEnvironment(instance(undefined, 'DEBUG'), 'debug'));
});

test.run();
