// Keywords that other schemas use: alternatives, sizes, combinations. Each case is a small schema of its own.

import type { ErrorObject } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { discriminate } from '../../src/build/schema-forms.ts';
import { makeCompiler } from '../../src/build/schemas.ts';
import { buildData } from '../../src/schema/data.ts';
import { explainType } from '../../src/schema/explain-type.ts';
import { explainValue } from '../../src/schema/explain-value.ts';
import { Locator, type Place } from '../../src/schema/locate.ts';
import { reduceErrors } from '../../src/schema/reduce.ts';
import { makeShape } from '../../src/schema/shape.ts';
import { tree } from './tree.ts';

const test = suite('schema/reduce');

const idOrClass = {
  type: 'object',
  properties: { id: { type: 'string' }, class: { type: 'string' }, n: { type: 'integer' } },
  additionalProperties: false,
  oneOf: [
    { required: ['id'], properties: { id: {} } },
    { required: ['class'], properties: { class: {} } },
  ],
};
const listOrMap = {
  anyOf: [
    { type: 'object', additionalProperties: { type: 'integer' } },
    { type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } } } },
  ],
};
const sizes = {
  type: 'object',
  properties: {
    text: { type: 'string', minLength: 1, maxLength: 3 },
    list: { type: 'array', minItems: 1, maxItems: 2, uniqueItems: true },
    map: { type: 'object', minProperties: 1 },
    three: { type: 'integer', multipleOf: 3 },
    top: { type: 'number', maximum: 5 },
    fixed: { const: 'only' },
  },
  dependentRequired: { text: ['list'] },
};
const overlapping = {
  anyOf: [
    { type: 'integer', minimum: 10 },
    { type: 'integer', maximum: 0 },
  ],
};

const cases: [name: string, schema: object, text: string, said: string[]][] = [
  ['one of two keys: neither', idOrClass, '{n: 1}', ['GX208 "x" needs exactly one of "id", "class"']],
  ['one of two keys: both', idOrClass, '{id: a, class: b}', ['GX208 "x" needs exactly one of "id", "class"']],
  ['one of two keys: right', idOrClass, '{id: a}', []],
  [
    'one of two keys: another mistake stays',
    idOrClass,
    '{n: z}',
    [
      'GX201 "n" must be a whole number, but it is the text "z"',
      'GX208 "x" needs exactly one of "id", "class"',
    ],
  ],
  [
    'only the branch that was meant: mapping',
    listOrMap,
    '{a: z, b: 2}',
    ['GX201 "a" must be a whole number, but it is the text "z"'],
  ],
  [
    'only the branch that was meant: list',
    listOrMap,
    '[{n: z}, 3]',
    [
      'GX201 "n" must be a whole number, but it is the text "z"',
      'GX201 item 2 of "x" must be a mapping, but it is 3',
    ],
  ],
  ['neither branch', listOrMap, 'word', ['GX201 "x" must be a mapping or a list, but it is the text "word"']],
  ['alternatives of one type', overlapping, '5', ['GX208 "x" has none of the forms it may have']],
  ['empty text', sizes, '{text: "", list: [1]}', ['GX203 "text" must not be empty']],
  ['long text', sizes, '{text: abcd, list: [1]}', ['GX203 "text" must have at most 3 characters']],
  ['empty list', sizes, '{list: []}', ['GX203 "list" must not be an empty list']],
  ['long list', sizes, '{list: [1, 2, 3]}', ['GX203 "list" must have at most 2 items']],
  ['twice the same', sizes, '{list: [a, a]}', ['GX208 items 1 and 2 of "list" are the same']],
  ['empty mapping', sizes, '{map: {}}', ['GX203 "map" must not be empty']],
  ['multiple', sizes, '{three: 4}', ['GX208 "three" must be multiple of 3']],
  ['maximum', sizes, '{top: 6}', ['GX203 "top" must be at most 5, but it is 6']],
  ['constant', sizes, '{fixed: other}', ['GX202 unknown value "other" for "fixed"']],
  ['one key asks for another', sizes, '{text: a}', ['GX208 "text" in "x" needs "list" beside it']],
];

for (const [name, schema, text, said] of cases) test(name, () => assert.equal(explain(schema, text), said));

test.run();

function explain(schema: object, text: string): string[] {
  const node = tree(text);
  assert.ok(node);
  const root: Place = { node, shape: makeShape({ schema: { ...schema }, root: 'gravity' }), name: 'x' };
  const data = buildData(root, () => {});
  const checked = discriminate({ ...schema }, new Map()) as object;
  const validate = makeCompiler().compile(checked);
  validate(data);
  return reduceErrors((validate.errors ?? []) as ErrorObject[])
    .map((error) => {
      const place = new Locator(root).find(error.instancePath);
      if (error.keyword === 'type') return `GX201 ${explainType(place).message}`;
      const { code, message } = explainValue(error, place);
      return `${code} ${message}`;
    })
    .sort();
}
