import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { toPlain } from '../../src/syntax/plain.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('plain values');

function plain(text: string): unknown {
  const node = parseYaml(makeSource('galaxy.yml', text), () => {});
  return node && toPlain(node);
}

test('scalars, lists and mappings', () => {
  assert.equal(plain('a: [1, 1.5, yes, ~, text, 2001-12-14]\nb: {c: {}}\n'), {
    a: [1, 1.5, true, null, 'text', '2001-12-14'],
    b: { c: {} },
  });
});

test('keys become text', () => {
  assert.equal(plain('2: a\ntrue: b\n~: c\n1.5: d\n'), { 2: 'a', true: 'b', null: 'c', '1.5': 'd' });
});

test('an integer that a number cannot hold becomes its digits', () => {
  assert.equal(plain('[9007199254740991, 9007199254740993, -0xffffffffffffffff]'), [
    9007199254740991,
    '9007199254740993',
    '-18446744073709551615',
  ]);
});

test('infinities and NaN stay numbers', () => {
  assert.equal(plain('[.inf, -.inf]'), [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY]);
  assert.ok(Number.isNaN((plain('[.nan]') as number[])[0]));
});

test('no key reaches the prototype', () => {
  const value = plain('__proto__: {polluted: yes}\nconstructor: x\n') as Record<string, unknown>;
  assert.equal(Object.keys(value), ['__proto__', 'constructor']);
  assert.is(Object.getPrototypeOf(value), Object.prototype);
  assert.is(({} as Record<string, unknown>).polluted, undefined);
});

test.run();
