import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { coerce, inexpressible } from '../../src/schema/coerce.ts';
import { fits } from '../../src/schema/fits.ts';
import type { Shape, Type } from '../../src/schema/shape.ts';
import type { Plain } from '../../src/syntax/tree.ts';
import { tree } from './tree.ts';

const test = suite('schema/coerce');

/** What Gravity 1.2.3 makes of each scalar: gravity-record.py. Null: refused. */
const recorded: [string, Record<'integer' | 'number' | 'boolean' | 'string', Plain>][] = JSON.parse(
  readFileSync('test/schema/gravity-coercions.json', 'utf8'),
);

for (const [text, wanted] of recorded) {
  test(`like Gravity: ${text}`, () => {
    for (const kind of ['integer', 'number', 'boolean', 'string'] as const) {
      const type = wanted[kind];
      const found = taken(text, [kind]);
      // Gravity takes infinities and NaN for gigabytes; no process manager can be told so.
      const infinite = kind === 'number' && typeof type === 'string';
      assert.equal(normal(found), infinite ? undefined : normal(type ?? undefined), kind);
    }
  });
}

test('the battery covers every kind', () => {
  assert.ok(recorded.length > 130);
  for (const kind of ['integer', 'number', 'boolean', 'string'] as const)
    assert.ok(
      recorded.some(([, row]) => row[kind] !== null) && recorded.some(([, row]) => row[kind] === null),
    );
});

const alternatives: [yaml: string, types: Type[], value: Plain][] = [
  ['4', ['integer', 'string'], 4],
  ['"4"', ['integer', 'string'], '4'],
  ['yes', ['boolean', 'string'], true],
  ['yes', ['integer', 'boolean'], true],
  ['1', ['boolean', 'integer'], 1],
  ['null', ['string', 'null'], null],
  ['null', [], null],
  ['4', [], 4],
  ['2024-01-01', [], '2024-01-01'],
  ['12345678901234567890', ['integer'], 12345678901234567000],
];
for (const [yaml, types, value] of alternatives) {
  test(`${yaml} as ${types.join(' or ') || 'anything'}`, () => assert.is(taken(yaml, types), value));
}

test('as written: the characters, whatever YAML reads', () => {
  for (const text of ['23.10', '22.05', '1_0', 'off', '2024-01-01', '"23.1"']) {
    assert.is(taken(text, ['string'], true), text.replaceAll('"', ''));
  }
  assert.is(taken('null', ['string', 'null'], true), null);
});

test('a date fits no type', () => {
  const node = tree('2024-01-01');
  assert.ok(node?.kind === 'scalar');
  const all: Type[] = ['null', 'boolean', 'integer', 'number', 'string', 'object', 'array'];
  for (const type of all) assert.not(fits(inexpressible, shape([type])), type);
  assert.ok(Object.is(coerce(node, shape(['string'])), inexpressible));
});

test('a very long number is refused in no time', () => {
  const started = performance.now();
  for (const text of ['9'.repeat(1e6), `1${'_0'.repeat(5e5)}`, `${'1_'.repeat(5e5)}x`])
    assert.is(taken(`"${text}"`, ['integer']), undefined);
  assert.is(taken(`"${'1_0'.repeat(3e5)}x"`, ['number']), undefined);
  assert.ok(performance.now() - started < 3000);
});

test.run();

/** The value a setting of these types takes, or undefined when it refuses it. */
function taken(yaml: string, types: readonly Type[], asWritten = false): Plain | undefined {
  const node = tree(yaml);
  if (node?.kind !== 'scalar') return undefined;
  const value = coerce(node, { types, asWritten });
  return fits(value, shape(types)) ? value : undefined;
}

function shape(types: readonly Type[]): Shape {
  const nothing = { values: undefined, pattern: undefined, minLength: undefined };
  const limits = { minimum: undefined, exclusiveMinimum: undefined, maximum: undefined };
  return { types, ...nothing, ...limits } as unknown as Shape;
}

// -0.0 and 0 are one number to whoever reads a configuration.
function normal(value: Plain | undefined): Plain | undefined {
  return value === 0 ? 0 : value;
}
