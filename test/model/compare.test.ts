import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareDeployments, type Difference } from '../../src/model/compare.ts';
import { factsOf } from '../../src/model/facts.ts';
import { compiled } from '../helpers/compiled.ts';
import { fixtureDeployments } from '../helpers/deployments.ts';

const test = suite('compare');

const text = `gravity:
  galaxy_user: galaxy
  virtualenv: /srv/venv
  gunicorn:
    workers: 4
    environment: {API_TOKEN: first-secret}
  handlers:
    handler:
      processes: 2
      pools: [job-handlers]
galaxy:
  file_path: /one
  id_secret: another-secret
  job_config_file: job_conf.xml
`;
const jobs = `<job_conf>
  <plugins><plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/></plugins>
  <handlers assign_with="db-skip-locked"><handler id="special" tags="big,slow"/></handlers>
  <destinations default="here"><destination id="here" runner="local"><param id="mem">4</param></destination></destinations>
  <tools><tool id="bwa" destination="here"/><tool id="bwa" destination="here"/></tools>
</job_conf>
`;
const base = compiled(text, { 'job_conf.xml': jobs });

function against(changed: string, changedJobs = jobs): Difference[] {
  return compareDeployments(base, compiled(changed, { 'job_conf.xml': changedJobs }));
}

/** Those that follow from no other. */
function words(differences: readonly Difference[]): string[] {
  return differences.filter((one) => !one.implied).map((one) => one.words);
}

function replaced(whole: string, ...edits: readonly (readonly [string, string])[]): string {
  return edits.reduce((rest, [from, to]) => {
    assert.ok(rest.includes(from), from);
    return rest.replace(from, to);
  }, whole);
}

test('a deployment does not differ from itself, nor from itself compiled again', () => {
  for (const { name, deployment } of fixtureDeployments())
    assert.equal(compareDeployments(deployment, deployment), [], name);
  assert.equal(against(text), []);
});

test('every leaf has a path of its own', () => {
  for (const { name, deployment } of fixtureDeployments()) {
    const paths = factsOf(deployment)
      .filter(({ path }) => path[0] === 'process' || path[0] === 'tool' || path[0] === 'service')
      .map(({ instance, path }) => `${instance} ${path.join(' / ')}`);
    assert.is(new Set(paths).size, paths.length, name);
  }
});

test('settings, options and processes, in words', () => {
  const found = against(
    replaced(text, ['workers: 4', 'workers: 6'], ['/one', '/two words'], ['processes: 2', 'processes: 3']),
  );
  assert.equal(words(found), [
    'gunicorn: workers 4 to 6',
    'handler: processes 2 to 3',
    'handler_2: new process',
    'option file_path /one to "/two words"',
  ]);
  const implied = found.filter((one) => one.implied).map((one) => one.subject);
  assert.equal(implied, ['process/gunicorn/argv']);
});

test('a difference knows both places', () => {
  const [one] = against(replaced(text, ['/one', '/two']));
  assert.is(one?.subject, 'option/file_path');
  for (const side of [one?.before, one?.after]) assert.is(side?.origin?.kind, 'source');
  assert.is(one?.before?.value, '/one');
});

test('what belongs to a thing that is new or gone is not told apart', () => {
  const without = replaced(text, [
    '    handler:\n      processes: 2\n      pools: [job-handlers]\n',
    '    h1: {pools: [job-handlers]}\n',
  ]);
  assert.equal(words(against(without)), [
    'h1: new process',
    'handler_0: process removed',
    'handler_1: process removed',
  ]);
});

test('routing: tags, tools, destinations, methods', () => {
  const other = replaced(
    jobs,
    ['big,slow', 'big'],
    ['"bwa" destination="here"/><tool', '"bwa"/><tool'],
    ['"mem">4', '"mem">8'],
    ['db-skip-locked', 'db-preassign'],
  );
  assert.equal(words(against(text, other)), [
    'handling assign db-skip-locked to db-preassign',
    'handler special: tags big, slow to big',
    'destination here: param mem 4 to 8',
    'tool bwa: destination removed (it was here)',
  ]);
});

test('secrets are compared, and not told', () => {
  const found = against(
    replaced(text, ['first-secret', 'second-secret'], ['another-secret', 'one-more-secret']),
  );
  assert.equal(words(found), [
    'gunicorn: variable API_TOKEN changed (secret)',
    'option id_secret changed (secret)',
  ]);
  for (const one of found) {
    assert.ok(one.secret);
    assert.is(one.before?.shown, '********');
    assert.not.match(one.words, /-secret/);
  }
  const argument = replaced(text, ['workers: 4', 'workers: 4\n    extra_args: --api-token=hidden-word']);
  const shown = JSON.stringify(against(argument).map((one) => [one.words, one.after?.shown]));
  assert.not.match(shown, /hidden-word/);
});

test('an instance that is renamed is another one', () => {
  const named = replaced(text, ['gravity:\n', 'gravity:\n  instance_name: main\n']);
  assert.equal(words(against(named)), ['new instance', 'removed instance']);
});

test('names that a terminal would act on are made visible', () => {
  const odd = `${text}  "odd\\e[31mkey": 1\n`;
  for (const one of against(odd)) assert.not.match(one.words, /\p{Cc}/u);
});

test.run();
