// Names before are names after: whatever a group makes of its key, number and template is what the handlers were called.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { groupHandlers, type HandlerGroup } from '../../src/migrate/handler-groups.ts';
import { fillNameTemplate } from '../../src/model/name-template.ts';

const test = suite('handler-groups');

const handlers = (names: readonly string[], pools = ['job-handlers']) =>
  names.map((name) => ({ name, pools, likeness: '' }));

/** As Gravity names the processes of a group. */
function namesOf({ key, processes, nameTemplate }: HandlerGroup): string[] {
  if (nameTemplate === undefined && processes === 1 && /\d$/.test(key)) return [key];
  return Array.from({ length: processes }, (_, process) => {
    const filled = fillNameTemplate(nameTemplate ?? '{name}_{process}', {
      name: key,
      process,
      instance_name: '',
    });
    return filled.ok ? filled.text : `(${filled.message})`;
  });
}

test('numbers from 0 on are one group, with the template that makes their names', () => {
  const cases: [string[], string, string | undefined][] = [
    [['handler0', 'handler1'], 'handler', '{name}{process}'],
    [['handler_0', 'handler_1', 'handler_2'], 'handler', undefined],
    [['job-1', 'job-0'], 'job', '{name}-{process}'],
    [['h00', 'h01'], 'h', '{name}{process:02d}'],
  ];
  for (const [names, key, template] of cases) {
    const groups = groupHandlers(handlers(names));
    assert.is(groups.length, 1);
    assert.is(groups[0]?.key, key);
    assert.is(groups[0]?.nameTemplate, template);
    assert.equal(groups[0]?.names, [...names].sort());
  }
});

test('names that do not count from 0 stand alone', () => {
  const groups = groupHandlers(handlers(['handler1', 'handler3', 'special']));
  assert.equal(
    groups.map((one) => [one.key, one.nameTemplate]),
    [
      ['handler1', undefined],
      ['handler3', undefined],
      ['special', '{name}'],
    ],
  );
});

test('other pools are another group', () => {
  const groups = groupHandlers([
    ...handlers(['handler0', 'handler1']),
    ...handlers(['handler2'], ['job-handlers.special']),
  ]);
  assert.equal(
    groups.map((one) => [one.key, one.processes, one.pools[0]]),
    [
      ['handler', 2, 'job-handlers'],
      ['handler2', 1, 'job-handlers.special'],
    ],
  );
});

test('every name comes out as it went in', () => {
  const name = fc.oneof(
    fc
      .tuple(fc.constantFrom('handler', 'handler_', 'h-', 'x.', '', 'a1b', '_', 'a', 'a_', 'a{'), fc.nat(12))
      .map(([stem, number]) => `${stem}${number}`),
    fc.stringMatching(/^[a-z_0-9.-]{1,6}$/),
    fc.constantFrom('a', 'h', 'a{', 'handler', 'x'),
  );
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), (names) => {
      const groups = groupHandlers(handlers(names));
      assert.equal(groups.flatMap(namesOf).sort(), [...names].sort());
      assert.equal(groups.flatMap((one) => one.names).sort(), [...names].sort());
      assert.is(new Set(groups.map((one) => one.key)).size, groups.length);
    }),
    { numRuns: 2000, seed: 7 },
  );
});

test.run();
