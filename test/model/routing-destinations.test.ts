import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byDefault } from '../../src/model/located.ts';
import type { Destination, Param } from '../../src/model/routing.ts';
import {
  destinationsOf,
  destinationTable,
  hasOwnRules,
  isDestination,
  paramText,
} from '../../src/model/routing-destinations.ts';
import { suggester } from '../../src/model/routing-place.ts';
import { loadedFrom, runnerModules } from '../../src/model/runners.ts';
import { makeSource, span } from '../../src/text/source.ts';

const test = suite('destinations and runners');
const place = span(makeSource('job_conf.yml', ''), 0, 0);

function param(name: string, value: Param['value']['value'], from?: Param['from']): Param {
  return { name: byDefault(name), value: byDefault(value), ...(from ? { from } : {}) };
}

function destination(id: string, more: Partial<Destination> = {}, ...tags: string[]): Destination {
  return {
    span: place,
    id: byDefault(id),
    runner: byDefault('local'),
    tags: tags.map(byDefault),
    params: [],
    env: [],
    resubmit: [],
    ...more,
  };
}

const off = { enabled: param('enabled', false) };
const perhaps = { enabled: param('enabled', 'false', { kind: 'environ', name: byDefault('NIGHT') }) };

test('the last of equal ids counts, and both keep their tags', () => {
  const [first, second] = [destination('a', {}, 'x'), destination('a', {}, 'x', 'y')];
  const table = destinationTable({ destinations: [first, second] });
  assert.is(table.ids.get('a'), second);
  assert.equal(table.tags.get('x'), [first, second]);
  assert.equal(destinationsOf(table, 'y'), [second]);
  assert.equal(destinationsOf(table, 'z'), []);
});

test('a disabled destination is no name, unless another has it', () => {
  const table = destinationTable({
    destinations: [destination('a', off, 'x', 'y'), destination('b', {}, 'y')],
  });
  assert.not.ok(isDestination(table, 'a'));
  assert.equal([...table.disabled.keys()], ['a', 'x']);
  assert.ok(isDestination(table, 'y'));
});

test('what may be enabled when Galaxy starts is a name', () => {
  assert.ok(isDestination(destinationTable({ destinations: [destination('a', perhaps)] }), 'a'));
});

const dynamic = byDefault('dynamic');
const ruled: readonly (readonly [what: string, one: Destination, own: boolean])[] = [
  ['python', destination('a', { runner: dynamic, params: [param('type', 'python')] }), true],
  ['no type', destination('a', { runner: dynamic }), true],
  ['a stock rule', destination('a', { runner: dynamic, params: [param('type', 'burst')] }), false],
  ['disabled', destination('a', { runner: dynamic, ...off }), false],
  ['TPV', destination('a', { runner: byDefault('dynamic_tpv') }), true],
  ['a runner', destination('a'), false],
];
for (const [what, one, own] of ruled) {
  test(`rules of the site: ${what}`, () => assert.is(hasOwnRules({ destinations: [one] }), own));
}

test('the text of a parameter, where it is known', () => {
  const params = [
    param('a', 1),
    param('a', true),
    param('b', null),
    param('c', ['x']),
    param('d', 'x', { kind: 'config', name: byDefault('d') }),
  ];
  assert.equal(
    ['a', 'b', 'c', 'd', 'e'].map((name) => paramText({ params }, name)),
    ['true', undefined, undefined, undefined, undefined],
  );
});

const loads: readonly (readonly [load: string, module: string | undefined, name?: string])[] = [
  ['galaxy.jobs.runners.slurm:SlurmJobRunner', 'slurm', 'SlurmJobRunner'],
  ['galaxy.jobs.runners.slurm', 'slurm'],
  ['local', 'local'],
  ['local:LocalJobRunner', undefined],
  ['site.runners:Own', undefined],
  ['galaxy.jobs.runners.util.cli', undefined],
  ['galaxy.jobs.runners.', undefined],
];
for (const [load, module, name] of loads) {
  test(`"${load}" is ${module ?? 'none of Galaxy'}`, () => {
    const from = loadedFrom({ load: byDefault(load) });
    assert.equal([from?.module, from?.class], [module, name]);
  });
}

test('no runner parameter is listed twice', () => {
  for (const [name, { params }] of runnerModules) assert.is(new Set(params).size, params.length, name);
});

test('suggestions stop where nobody reads them', () => {
  const nearest = suggester(['cluster']);
  assert.is(nearest('clusterr'), 'cluster');
  for (let index = 0; index < 300; index++) nearest(`other${index}`);
  assert.is(nearest('clustr'), undefined);
  assert.is(nearest('clusterr'), 'cluster');
});

test.run();
