import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { placeOf } from '../../src/diagnostics/collect.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { builtinTemplates, overriddenTemplates } from '../../src/schema/templates.ts';

const test = suite('templates');

const data = { comment: '# c', group: 'g <&"\' {{x}}', members: 'a,b' };
const name = 'supervisor/group-file';
const builtin = '# c\n\n[group:g <&"\' {{x}}]\nprograms = a,b\n';

function withOverride(text: string | undefined) {
  const problems: Diagnostic[] = [];
  const templates = overriddenTemplates(
    builtinTemplates(),
    (asked) => (asked === name ? text : undefined),
    (one) => problems.push(one),
    (asked) => `mine/${asked}.hbs`,
  );
  return {
    templates,
    problems,
    told: () => problems.map((one) => `${placeOf(one)} ${one.code} ${one.message}`),
  };
}

test('shipped templates take text as it is and fail on a field they are not given', () => {
  assert.is(builtinTemplates()(name, data), builtin);
  assert.throws(() => builtinTemplates()(name, { comment: '#' }), /not defined/);
  assert.throws(() => builtinTemplates()('no/such', {}), /no template/);
});

test('an override takes the place of one template', () => {
  const { templates, told } = withOverride('{{comment}} {{group}}{{#if members}}!{{/if}}');
  assert.is(templates(name, data), '# c g <&"\' {{x}}!');
  assert.equal(told(), []);
  assert.match(templates('supervisor/supervisord', { comment: '', user: '' }), '[supervisord]');
  assert.is(withOverride(undefined).templates(name, data), builtin);
});

test('a broken override is reported once, at its line, and the shipped one is used', () => {
  for (const [text, place] of [
    ['a\n{{#if x}}', 'mine/supervisor/group-file.hbs:2:1 GX730 the template cannot be read: unexpected EOF'],
    [
      'a\n\n{{#if x}}{{/each}}',
      "mine/supervisor/group-file.hbs:3:1 GX730 the template cannot be read: if doesn't match each",
    ],
    [
      'a\n{{shout x}}',
      'mine/supervisor/group-file.hbs:2:1 GX730 the template cannot be read: You specified knownHelpersOnly, but used the unknown helper shout',
    ],
    [
      '\n\n{{nothing}}',
      'mine/supervisor/group-file.hbs:3:1 GX731 the template asks for "nothing", which it is not given',
    ],
    [
      '{{> part}}',
      'mine/supervisor/group-file.hbs:1:1 GX731 the template cannot be rendered: The partial part could not be found',
    ],
  ] as const) {
    const { templates, told } = withOverride(text);
    assert.is(templates(name, data), builtin);
    assert.is(templates(name, data), builtin);
    assert.equal(told(), [place]);
  }
});

test.run();
