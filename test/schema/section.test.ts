import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Located } from '../../src/model/located.ts';
import { readSection, type Section } from '../../src/schema/section.ts';
import { position } from '../../src/text/source.ts';
import { tree } from './tree.ts';

const test = suite('schema/section');

const gravity = (text: string): Section => readSection('gravity', tree(text));
/** `value @ line:column`, or `value (default)`. */
const show = (one: Located<unknown> | undefined): string => {
  if (one === undefined) return 'undefined';
  if (one.origin.kind !== 'source') return `${JSON.stringify(one.value)} (${one.origin.kind})`;
  const { line, column } = position(one.origin.span.source, one.origin.span.start);
  return `${JSON.stringify(one.value)} @ ${line}:${column}`;
};

test('a value knows where it is written, a default that it is one', () => {
  const section = gravity(
    'virtualenv: /srv/venv\nmemory_limit: 2\ngunicorn:\n  workers: "4"\n  preload: no\n',
  );
  assert.is(show(section.maybeStr('virtualenv')), '"/srv/venv" @ 1:13');
  assert.is(show(section.maybeNum('memory_limit')), '2 @ 2:15');
  assert.is(show(section.str('umask')), '"022" (default)');
  const [gunicorn] = section.sections('gunicorn');
  assert.is(show(gunicorn?.int('workers')), '4 @ 4:12');
  assert.is(show(gunicorn?.bool('preload')), 'false @ 5:12');
  assert.is(show(gunicorn?.int('timeout')), '300 (default)');
});

test('what is wrong reads as the default', () => {
  const gunicorn = gravity(
    'gunicorn: {workers: 0, timeout: x, bind: 80, enable: perhaps, umask: "9"}',
  ).section('gunicorn');
  assert.is(show(gunicorn.int('workers')), '1 (default)');
  assert.is(show(gunicorn.int('timeout')), '300 (default)');
  assert.is(show(gunicorn.str('bind')), '"localhost:8080" (default)');
  assert.is(show(gunicorn.bool('enable')), 'true (default)');
  assert.is(show(gunicorn.maybeStr('umask')), 'undefined');
  assert.is(
    show(gravity('celery: {loglevel: debug}').section('celery').str('loglevel')),
    '"DEBUG" (default)',
  );
});

test('null', () => {
  const section = gravity('memory_limit: null\ngunicorn: {preload: null, workers: null}\ncelery:\n');
  assert.is(section.maybeNum('memory_limit'), undefined);
  assert.is(section.has('memory_limit'), false);
  assert.is(show(section.section('gunicorn').bool('preload')), 'false @ 2:21');
  assert.is(show(section.section('gunicorn').int('workers')), '1 (default)');
  assert.is(section.has('celery'), false);
  assert.is(show(section.section('celery').int('concurrency')), '2 (default)');
});

test('nothing at all', () => {
  for (const node of [undefined, tree(''), tree('null'), tree('[]'), tree('text')]) {
    const section = readSection('gravity', node);
    assert.is(section.node, undefined);
    assert.is(show(section.str('instance_name')), '"_default_" (default)');
    assert.equal(section.sections('gunicorn').length, 1);
    assert.equal(section.entries('handlers'), []);
    assert.is(section.raw('umask'), undefined);
    assert.is(section.keySpan('umask'), undefined);
  }
});

test('a mapping or a list of them', () => {
  const count = (text: string) => gravity(text).sections('gunicorn').length;
  assert.is(count(''), 1);
  assert.is(count('gunicorn: {}'), 1);
  assert.is(count('gunicorn: null'), 1);
  assert.is(count('gunicorn: []'), 0);
  assert.is(count('gunicorn: [{}, {}, null]'), 3);
  const [, second] = gravity('gunicorn: [{}, {workers: 3}]').sections('gunicorn');
  assert.is(show(second?.int('workers')), '3 @ 1:26');
  assert.is(show(second?.int('start_timeout')), '15 (default)');
});

test('handlers and their pools', () => {
  const entries = gravity(
    'handlers:\n  job:\n    processes: 2\n    pools: [job-handlers, 3, "x"]\n  1: {}\n  wf: null\n',
  ).entries('handlers');
  assert.equal(
    entries.map(({ key }) => show(key)),
    ['"job" @ 2:3', '"wf" @ 6:3'],
  );
  const [job, wf] = entries;
  assert.is(show(job?.section.int('processes')), '2 @ 3:16');
  assert.equal(job?.section.strings('pools').map(show), ['"job-handlers" @ 4:13', '"x" @ 4:30']);
  assert.is(show(wf?.section.int('processes')), '1 (default)');
  assert.is(show(wf?.section.int('stop_timeout')), '65 (default)');
  assert.equal(wf?.section.strings('pools'), []);
});

test('environment: text to text, in order', () => {
  const section = gravity('celery:\n  environment: {B: x, A: "1", C: 2, on: y, D: ""}\n').section('celery');
  assert.equal(
    section.texts('environment').map(({ key, value }) => [show(key), show(value)]),
    [
      ['"B" @ 2:17', '"x" @ 2:20'],
      ['"A" @ 2:23', '"1" @ 2:26'],
      ['"D" @ 2:44', '"" @ 2:47'],
    ],
  );
});

test('keys that JavaScript knows', () => {
  const section = gravity('{constructor: 1, __proto__: {umask: "077"}, toString: x, hasOwnProperty: y}');
  assert.is(show(section.str('umask')), '"022" (default)');
  assert.is(section.has('constructor'), true);
  assert.is(section.has('valueOf'), false);
  const handlers = gravity('handlers: {__proto__: {processes: 3}}').entries('handlers');
  assert.is(show(handlers[0]?.section.int('processes')), '3 @ 1:35');
});

test('gxgen.yml: a release is what is written', () => {
  const section = readSection(
    'gxgen',
    tree('release: 23.10\nelsewhere: [celery, 5, web]\nrules: {GX301: off}\n'),
  );
  assert.is(show(section.maybeStr('release')), '"23.10" @ 1:10');
  assert.equal(section.strings('elsewhere').map(show), ['"celery" @ 2:13', '"web" @ 2:24']);
  assert.equal(
    section.texts('rules').map(({ value }) => value.value),
    ['off'],
  );
  assert.is(show(section.section('systemd').str('directory')), '"/etc/systemd/system" (default)');
  assert.is(show(section.str('galaxy')), '"source" (default)');
});

test.run();
