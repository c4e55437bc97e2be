import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fillNameTemplate } from '../../src/model/name-template.ts';

const test = suite('name template');
const fields = { name: 'handler', process: 7, instance_name: 'main' };

// The right column is what Python's str.format gives for the same fields.
const filled: [template: string, text: string][] = [
  ['{name}_{process}', 'handler_7'],
  ['{name}{process}', 'handler7'],
  ['{process:03d}', '007'],
  ['{process:3}', '  7'],
  ['{process:<3}', '7  '],
  ['{instance_name}-{name:>9}', 'main-  handler'],
  ['{name:^9}', ' handler '],
  ['{{{name}}}', '{handler}'],
  ['plain', 'plain'],
];
for (const [template, text] of filled) {
  test(`${template} is ${text}`, () => assert.equal(fillNameTemplate(template, fields), { ok: true, text }));
}

for (const template of [
  '{pid}',
  '{',
  '}',
  '{name',
  '{process:s}',
  '{name:d}',
  '{name:03}',
  '{}',
  '{process:x}',
  '{name!r}',
]) {
  test(`${template} is refused`, () => assert.not.ok(fillNameTemplate(template, fields).ok));
}

test.run();
