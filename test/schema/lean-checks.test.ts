// The checks as they are shipped find what the compiler's own find.

import type { ErrorObject } from 'ajv';
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { leanCheck } from '../../src/build/lean-checks.ts';
import { annotations, discriminate, extensions, strip } from '../../src/build/schema-forms.ts';
import { makeCompiler, readSchemas } from '../../src/build/schemas.ts';
import { reduceErrors } from '../../src/schema/reduce.ts';
import { type Shape, shapeOf } from '../../src/schema/shape.ts';
import { validators } from '../../src/schema/validators.gen.js';

const test = suite('schema/lean-checks');

const schemas = readSchemas('schemas');
const compiler = makeCompiler();
for (const [name, schema] of schemas) {
  const checked = strip(discriminate(schema, schemas), [...annotations, ...extensions, '$schema']);
  compiler.addSchema({ ...(checked as object), $id: `${name}.schema.json` });
}

for (const name of Object.keys(validators)) {
  test(`${name}: the same mistakes in random data`, () => {
    const whole = compiler.getSchema(`${name}.schema.json`);
    const lean = validators[name]?.();
    if (!whole || !lean) throw new Error(`no check of ${name}`);
    let wrong = 0;
    fc.assert(
      fc.property(dataOf(shapeOf(name), 0), (data) => {
        const fine = whole(data);
        if (!fine) wrong++;
        assert.is(lean(data), fine);
        assert.equal(told(lean.errors), told(whole.errors as ErrorObject[] | null));
      }),
      { numRuns: 400 },
    );
    assert.ok(wrong > 40, `only ${wrong} of the random data had a mistake`);
  });
}

test('code in a form that is not known stops the build', () => {
  assert.throws(() => leanCheck('const err0 = {instancePath,schemaPath:"#/type"};'), 'not known here');
  assert.throws(() => leanCheck('const schema1 = {"a":1};\nif (schema1.a) {}'), 'refers to itself');
});

/** What gxgen reads of the errors that are left. */
function told(errors: readonly ErrorObject[] | null | undefined) {
  return reduceErrors(errors ?? []).map(({ instancePath, keyword, params }) => ({
    instancePath,
    keyword,
    named:
      params.additionalProperty ??
      params.missingProperty ??
      params.propertyName ??
      (/Length$|Items$|Properties$/.test(keyword) ? params.limit : undefined),
  }));
}

const scalars = fc.constantFrom<unknown>(
  null,
  true,
  false,
  0,
  1,
  -1,
  1.5,
  65536,
  '',
  'a',
  '022',
  '0999',
  '23.1',
  'DEBUG',
  'systemd',
  '/srv/x',
  '1G',
  'http://h',
);

/** Data that often fits. */
function dataOf(shape: Shape | undefined, depth: number): fc.Arbitrary<unknown> {
  if (!shape || depth > 5) return scalars;
  const fitting: fc.Arbitrary<unknown>[] = [scalars];
  if (shape.values) fitting.push(fc.constantFrom(...shape.values), fc.constantFrom(...shape.values));
  if (shape.items) fitting.push(fc.array(dataOf(shape.items, depth + 1), { maxLength: 3 }));
  if (shape.keys.length > 0 || shape.free) {
    const entry = fc
      .constantFrom(...shape.keys, 'zzz', 'GX101', '/static', 'a key')
      .chain((key) =>
        dataOf(shape.property(key) ?? shape.free, depth + 1).map((value) => [key, value] as const),
      );
    const mapping = fc.array(entry, { maxLength: 8 }).map((entries) => Object.fromEntries(entries));
    fitting.push(mapping, mapping, mapping, mapping);
  }
  return fc.oneof(...fitting);
}

test.run();
