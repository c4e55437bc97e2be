import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { byDefault, written } from '../../src/model/located.ts';
import { expandHandlers } from '../../src/model/services/expand.ts';
import type { CommonSettings, HandlerDefinition } from '../../src/model/settings.ts';
import { makeSource, span } from '../../src/text/source.ts';

const test = suite('handler expansion');
const source = makeSource('galaxy.yml', 'x'.repeat(100));
const common: CommonSettings = {
  umask: byDefault('022'),
  startTimeout: byDefault(20),
  stopTimeout: byDefault(65),
  environment: [],
};

let place = 0;
function definition(name: string, processes = 1, template?: string): HandlerDefinition {
  place++;
  return {
    ...common,
    name: written(name, span(source, place, place + 1)),
    processes: byDefault(processes),
    pools: [],
    ...(template === undefined ? {} : { nameTemplate: written(template, span(source, 50 + place)) }),
  };
}

function expand(definitions: HandlerDefinition[], statics: string[] = []) {
  const found: Diagnostic[] = [];
  const handlers = expandHandlers(
    '_default_',
    statics.map((id) => ({ id: byDefault(id), span: span(source, 0), environment: [] })),
    () => common,
    definitions,
    (one) => found.push(one),
  );
  return {
    names: handlers.map((one) => one.serverNames.map(({ value }) => value)),
    codes: found.map((one) => one.code),
  };
}

// Rows of Gravity's own behaviour with use_service_instances off; a name both entries want goes to the explicit one.
const table: [title: string, definitions: () => HandlerDefinition[], names: string[][], codes: string[]][] = [
  ['one process is numbered too', () => [definition('h')], [['h_0']], []],
  ['a digit at the end is a name', () => [definition('h1')], [['h1']], []],
  ['a superscript digit counts', () => [definition('h²')], [['h²']], []],
  ['several processes', () => [definition('h', 2)], [['h_0', 'h_1']], []],
  ['several processes of a name with a digit', () => [definition('h1', 2)], [['h1_0', 'h1_1']], []],
  ['a template for one process', () => [definition('h1', 1, '{name}x')], [['h1x']], []],
  ['a template is stripped', () => [definition('h', 2, ' {process}{name} ')], [['0h', '1h']], []],
  ['no process', () => [definition('h', 0)], [[]], []],
  ['a template without {process}', () => [definition('h', 2, '{name}')], [['h']], ['GX342']],
  ['an unknown field', () => [definition('h', 2, '{nam}')], [[]], ['GX340']],
  [
    'explicit after expanded',
    () => [definition('handler', 3, '{name}{process}'), definition('handler1')],
    [['handler0', 'handler2'], ['handler1']],
    ['GX341'],
  ],
  [
    'explicit before expanded',
    () => [definition('handler1'), definition('handler', 2, '{name}{process}')],
    [['handler1'], ['handler0']],
    ['GX341'],
  ],
  [
    'two expanded ones',
    () => [definition('a', 2, 'x{process}'), definition('b', 1, 'x{process}')],
    [['x0', 'x1'], []],
    ['GX342'],
  ],
];
for (const [title, definitions, names, codes] of table) {
  test(title, () => assert.equal(expand(definitions()), { names, codes }));
}

test('static handlers come first, once, and give way to a dynamic one of their name', () => {
  assert.equal(expand([definition('handler', 2)], ['s0', 's0', 'handler_1']), {
    names: [['s0'], ['handler_0', 'handler_1']],
    codes: ['GX343'],
  });
});

test.run();
