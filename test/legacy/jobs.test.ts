// Job options of galaxy.ini, and the addresses of runners in them.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { readRunnerUrl } from '../../src/frontends/legacy/runner-url.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { compile } from '../../src/pipeline.ts';

const test = suite('job options of a legacy INI');

test('addresses of runners', () => {
  const cases: [string, string, Record<string, string>][] = [
    ['local:///', 'local', {}],
    ['drmaa:///', 'drmaa', {}],
    ['drmaa://-q long -l h_vmem=8G/', 'drmaa', { nativeSpecification: '-q long -l h_vmem=8G' }],
    ['sge://-q all.q/', 'drmaa', { nativeSpecification: '-q all.q' }],
    ['pbs:///', 'pbs', {}],
    ['pbs:////-l nodes=1:ppn=8 -q long', 'pbs', { l: 'nodes=1:ppn=8', q: 'long' }],
    ['pbs://server.example.org/batch/', 'pbs', { destination: 'batch@server.example.org' }],
    [
      'lwr://http://s3cret@node.example.org:8913/',
      'lwr',
      { url: 'http://node.example.org:8913/', private_token: 's3cret' },
    ],
    ['pulsar://https://node.example.org/', 'pulsar', { url: 'https://node.example.org/' }],
    [
      'cli://plugin=SecureShell&hostname=head/plugin=Torque',
      'cli',
      { shell_plugin: 'SecureShell', shell_hostname: 'head', job_plugin: 'Torque' },
    ],
    ['condor:///', 'condor', {}],
    ['dynamic:///python', 'dynamic', { type: 'python' }],
    ['dynamic:///python/by_size', 'dynamic', { type: 'python', function: 'by_size' }],
  ];
  for (const [url, runner, params] of cases) {
    const found = readRunnerUrl(url);
    assert.is(found?.runner, runner, url);
    assert.equal(Object.fromEntries(found?.params ?? []), params, url);
  }
  assert.ok(readRunnerUrl('drmaa://-o /tmp/x/')?.note);
  assert.is(readRunnerUrl('none'), undefined);
});

function jobsOf(options: string, sections = '', name = 'universe_wsgi.ini') {
  const text = `[server:main]\nuse = egg:Paste#http\n[app:main]\npaste.app_factory = galaxy.web.buildapp:app_factory\n${options}\n${sections}\n`;
  const host = memoryHost({ cwd: '/srv/galaxy', files: { [`/srv/galaxy/${name}`]: text } });
  const [instance] = compile({ files: [name], allowUnknown: true, advice: false }, host).deployment.instances;
  assert.ok(instance);
  const urls = instance.legacy?.runnerUrls;
  return urls ? { jobs: instance.jobs, urls } : undefined;
}

test('options become runners, destinations, tools and limits', () => {
  const found = jobsOf(
    'start_job_runners = drmaa, pbs\ndefault_cluster_job_runner = drmaa:///\nlocal_job_queue_workers = 8\nregistered_user_job_limit = 4\nuser_job_limit = 9\njob_walltime = 10:00:00',
    '[galaxy:tool_runners]\nupload1 = local:///\nbwa = drmaa://-q big/\nbowtie = drmaa://-q big/\nviewer[source@trackster] = local:///\n[galaxy:tool_handlers]\nbwa = handler1',
  );
  assert.ok(found);
  const { jobs, urls } = found;
  assert.equal(
    jobs.runners.map(({ id, load, workers }) => [id.value, load?.value, workers?.value]),
    [
      ['local', 'galaxy.jobs.runners.local:LocalJobRunner', 8],
      ['drmaa', 'galaxy.jobs.runners.drmaa:DRMAAJobRunner', 3],
      ['pbs', 'galaxy.jobs.runners.pbs:PBSJobRunner', 3],
    ],
  );
  assert.equal(
    urls.map(({ value, id }) => [value.value, id]),
    [
      ['drmaa:///', 'drmaa'],
      ['local:///', 'local'],
      ['drmaa://-q big/', 'drmaa_1'],
    ],
  );
  assert.is(jobs.defaultDestination?.value, 'drmaa');
  assert.equal(
    jobs.tools.map(({ id, destination, params }) => [id?.value, destination?.value, params.length]),
    [
      ['bwa', 'drmaa_1', 0],
      ['upload1', 'local', 0],
      ['bowtie', 'drmaa_1', 0],
      ['viewer', 'local', 1],
    ],
  );
  assert.equal(
    jobs.limits.map(({ type, value }) => [type.value, value?.value]),
    [
      ['registered_user_concurrent_jobs', '4'],
      ['anonymous_user_concurrent_jobs', '9'],
      ['walltime', '10:00:00'],
    ],
  );
});

test('handlers outside of the default pool keep to the tools that name them', () => {
  const found = jobsOf('job_handlers = h0,h1,h2\ndefault_job_handlers = h0,h1');
  assert.equal(
    found?.jobs.handling.handlers.map(({ id, tags }) => [id.value, tags?.map((one) => one.value)]),
    [
      ['h0', undefined],
      ['h1', undefined],
      ['h2', ['h2_only']],
    ],
  );
});

test('what Galaxy made of it, and no more', () => {
  const found = jobsOf(
    'start_job_runners = drmaa\nuse_tasked_jobs = True\ndefault_job_handlers = h0',
    '[galaxy:tool_handlers]\nbwa = h0\n[galaxy:tool_runners]\nBWA = pbs:///\nbwa[source@trackster] = lwr://http://t0ken@node.example.org/',
  );
  assert.ok(found);
  const { jobs, urls } = found;
  assert.is(jobs.format, 'ini');
  // An address alone loads no runner: jobs for "pbs" fail, which a rule says.
  assert.equal(
    jobs.runners.map(({ id, workers }) => [id.value, workers?.value]),
    [
      ['local', 5],
      ['tasks', 2],
      ['drmaa', 3],
    ],
  );
  assert.equal(
    jobs.tools.map(({ id, handler, destination }) => [id?.value, handler?.value, destination?.value]),
    [
      ['bwa', 'h0', 'pbs'],
      ['bwa', undefined, 'lwr'],
    ],
  );
  assert.equal(
    jobs.handling.handlers.map(({ id }) => id.value),
    ['h0'],
  );
  assert.equal(
    urls.map(({ id, secret }) => [id, secret]),
    [
      ['local', false],
      ['pbs', false],
      ['lwr', true],
    ],
  );
});

test('Galaxy since 18.01 does not read them', () => {
  const text =
    '[server:main]\nuse = egg:Paste#http\n[app:main]\npaste.app_factory = galaxy.web.buildapp:app_factory\nstart_job_runners = drmaa\n';
  const host = memoryHost({ cwd: '/srv/galaxy', files: { '/srv/galaxy/galaxy.ini': text } });
  const options = { files: ['galaxy.ini'], allowUnknown: true, advice: false };
  const { deployment, diagnostics } = compile({ ...options, galaxyVersion: '19.05' }, host);
  assert.is(deployment.instances[0]?.jobs.format, 'none');
  const [found] = diagnostics.filter((one) => one.code === 'GX911');
  assert.is(found?.message, '"start_job_runners" has no effect: Galaxy has not read it since 18.01');
  // No such Galaxy serves an INI: it is where the server is to move to.
  const moving = compile({ ...options, galaxyVersion: '24.1' }, host).deployment;
  assert.is(moving.instances[0]?.jobs.format, 'ini');
});

test('a file without job options makes none, and what came too late stays dead', () => {
  assert.is(jobsOf('brand = x'), undefined);
  assert.is(jobsOf('start_job_runners = None'), undefined);
});

test.run();
