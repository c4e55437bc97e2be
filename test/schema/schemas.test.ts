// The schema files themselves, and what the build makes of them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { discriminate, strip } from '../../src/build/schema-forms.ts';
import { makeCompiler, readSchemas } from '../../src/build/schemas.ts';
import { fits } from '../../src/schema/fits.ts';
import { shapeOf } from '../../src/schema/shape.ts';
import { schemas as built, validators } from '../../src/schema/validators.gen.js';

const test = suite('schema/schemas');
type Json = Record<string, unknown>;
const schemas = readSchemas('schemas');
const own = [...schemas].filter(([, schema]) => schema['x-name'] !== undefined);

for (const [name, schema] of own) {
  test(`${name}: compiles in strict mode as it stands`, () => {
    if (schema['x-checked'] === false) return;
    const ajv = makeCompiler();
    const { $schema: _, ...rest } = schema;
    for (const [other, one] of schemas) if (other !== name) ajv.addSchema(bare(one), `${other}.schema.json`);
    assert.type(
      ajv.compile({ ...(strip(rest, ['$schema']) as Json), $id: `${name}.schema.json` }),
      'function',
    );
  });

  test(`${name}: is built in`, () => {
    assert.type(built[name], 'function');
    assert.is(typeof validators[name], schema['x-checked'] === false ? 'undefined' : 'function');
    assert.is(schema.$id, `${name}.schema.json`);
  });
}

for (const name of ['gravity', 'gxgen']) {
  test(`${name}: every setting has a title, a description and a default that fits`, () => {
    const schema = schemas.get(name) ?? {};
    const sections: [string, Json][] = [
      [name, schema],
      ...Object.entries((schema.$defs ?? {}) as Record<string, Json>),
    ];
    for (const [section, { properties = {} }] of sections) {
      for (const [key, found] of Object.entries(properties as Record<string, Json>)) {
        const target = resolve(found, schema);
        const text = (word: string) => String(found[word] ?? target[word] ?? '');
        assert.ok(text('title').length > 1, `title of ${section}.${key}`);
        assert.match(text('description'), /^\S.+[.]$/s, `description of ${section}.${key}`);
      }
    }
    const root = shapeOf(name);
    const shapes = [root, ...root.keys.flatMap((key) => root.property(key) ?? [])];
    for (const shape of shapes) {
      for (const key of shape.keys) {
        const one = shape.property(key);
        if (one?.default !== undefined) assert.ok(fits(one.default, one), `default of ${key}`);
      }
    }
  });

  test(`${name}: the tables of wrong keys name no legal key, and lead to one`, () => {
    const root = shapeOf(name);
    const handler = root.property('handlers')?.free;
    for (const shape of [
      root,
      ...root.keys.flatMap((key) => root.property(key) ?? []),
      ...(handler ? [handler] : []),
    ]) {
      for (const [wrong, right] of Object.entries(shape.aliases)) {
        assert.not.ok(shape.keys.includes(wrong), wrong);
        assert.ok(shape.keys.includes(right), `${wrong} -> ${right}`);
      }
      for (const wrong of Object.keys(shape.elsewhere)) {
        assert.not.ok(shape.keys.includes(wrong), wrong);
        assert.not.ok(wrong in shape.aliases, wrong);
      }
    }
  });
}

test('alternatives of different types become conditions', () => {
  const text = { type: 'string', minLength: 1 };
  const list = { type: 'array', items: { type: 'string' } };
  assert.equal(discriminate({ anyOf: [text, list, { type: 'null' }] }, new Map()), {
    type: ['string', 'array', 'null'],
    allOf: [
      Object.fromEntries([
        ['if', { type: ['string'] }],
        ['then', text],
      ]),
      Object.fromEntries([
        ['if', { type: ['array'] }],
        ['then', list],
      ]),
    ],
  });
});

test('alternatives that overlap stay', () => {
  for (const anyOf of [
    [{ type: 'integer' }, { type: 'number' }],
    [{ type: 'object' }, { type: 'object' }],
    [{ required: ['a'] }, { type: 'null' }],
  ])
    assert.equal(discriminate({ anyOf }, new Map()), { anyOf });
});

test('stripping takes keywords, not properties of their names', () => {
  assert.equal(strip({ title: 'x', properties: { title: { title: 'y', type: 'string' } } }, ['title']), {
    properties: { title: { type: 'string' } },
  });
});

test.run();

function bare(schema: Json): Json {
  const { $id: _, $schema: __, ...rest } = schema;
  return rest;
}

function resolve(schema: Json, root: Json): Json {
  const name =
    String(schema.$ref ?? '')
      .split('/')
      .at(-1) ?? '';
  return ((root.$defs as Record<string, Json> | undefined)?.[name] ?? schema) as Json;
}
