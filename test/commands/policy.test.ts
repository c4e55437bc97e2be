// What a site decides about findings, and what is said of an unknown release, on the command line.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { type MemoryHost, memoryHost } from '../../src/host/memory.ts';

const test = suite('policy of the command line');

const clean = `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
galaxy:
  id_secret: 4c1b9f1e5d6a4f0e8b7a
  database_connection: postgresql:///galaxy
`;
const jobConf = `runners:
  local:
    load: galaxy.jobs.runners.local:LocalJobRunner
handling:
  assign: [db-skip-locked]
execution:
  environments:
    local:
      runner: local
`;
const stated = 'release: "24.1"\ngunicorn_version: 22.0.0\n';
const bad = clean.replace('[job-handlers, ', '[job-handler, ');

function site(galaxy: string, gxgen = stated, more: Record<string, string> = {}): MemoryHost {
  const files = {
    '/srv/galaxy/config/galaxy.yml': galaxy,
    '/srv/galaxy/config/job_conf.yml': jobConf,
    '/srv/galaxy/config/gxgen.yml': gxgen,
    ...more,
  };
  return memoryHost({ cwd: '/srv/galaxy', files });
}

async function run(host: MemoryHost, ...argv: string[]) {
  const before = { ...host.output };
  const exit = await cli(argv, host);
  return {
    exit,
    stdout: host.output.stdout.slice(before.stdout.length),
    stderr: host.output.stderr.slice(before.stderr.length),
  };
}

test('a suppressed error does not stop render', async () => {
  const hidden = bad.replace('      pools', '      # gxgen-disable-next-line GX460 -- ours\n      pools');
  assert.is((await run(site(bad), 'render', '--target', 'systemd')).exit, 1);
  assert.is((await run(site(hidden), 'render', '--target', 'systemd')).exit, 0);
  assert.is((await run(site(hidden), 'validate', '--strict')).exit, 0);
});

test('a level of gxgen.yml decides on the exit code; off in YAML 1.1 is understood', async () => {
  for (const [level, code, strict] of [
    ['error', 1, 1],
    ['warning', 0, 1],
    ['info', 0, 0],
    ['off', 0, 0],
  ] as const) {
    const host = site(bad, `${stated}rules:\n  pool-unknown: ${level}\n`);
    assert.is((await run(host, 'validate')).exit, code, level);
    assert.is((await run(host, 'validate', '--strict')).exit, strict, level);
  }
  assert.is((await run(site(bad, `${stated}rules: {GX460: no}\n`), 'validate')).exit, 1);
});

test('a baseline is written, named, used from anywhere, and told when it is out of date', async () => {
  const host = site(bad, `${stated}baseline: ../gxgen-baseline.json\n`, {});
  assert.is((await run(host, 'validate')).exit, 1);
  const written = await run(host, 'validate', '--write-baseline', 'gxgen-baseline.json');
  assert.is(written.exit, 0);
  assert.match(written.stderr, '1 finding written to gxgen-baseline.json\n');
  const text = host.text('/srv/galaxy/gxgen-baseline.json') ?? '';
  assert.match(text, '"file": "config/galaxy.yml"');

  const files = { '/srv/galaxy/gxgen-baseline.json': text };
  const gxgen = `${stated}baseline: ../gxgen-baseline.json\n`;
  const used = await run(site(`# One more line.\n${bad}`, gxgen, files), 'validate', '--strict');
  assert.equal(used, { exit: 0, stdout: '', stderr: 'gxgen: 1 finding is hidden by gxgen-baseline.json\n' });
  const absolute = await run(site(bad, gxgen, files), 'validate', '/srv/galaxy/config/galaxy.yml');
  assert.is(absolute.exit, 0);
  const rendered = await run(site(bad, gxgen, files), 'render', '--target', 'systemd');
  assert.is(rendered.exit, 0);
  assert.match(rendered.stderr, 'hidden by');

  const mended = await run(site(clean, gxgen, files), 'validate', '--format', 'concise');
  assert.is(mended.exit, 0);
  assert.match(mended.stdout, 'info GX037');
  const more = await run(site(`${bad}  bogus-option: 1\n  id_secret: x\n`, gxgen, files), 'validate');
  assert.is.not(more.stdout, '');
});

test('a baseline is not written over what it cannot hide, nor with --fix', async () => {
  const host = site('gravity: [\n');
  const refused = await run(host, 'validate', '--write-baseline', 'base.json');
  assert.is(refused.exit, 1);
  assert.match(refused.stderr, 'base.json is not written');
  assert.is(host.text('/srv/galaxy/base.json'), undefined);
  assert.is((await run(host, 'validate', '--fix', '--write-baseline', 'base.json')).exit, 2);
});

test('the hint where a new baseline is not named yet', async () => {
  const written = await run(site(bad), 'validate', '--write-baseline', 'base.json');
  assert.match(written.stderr, 'name it in gxgen.yml: "baseline: ../base.json"');
});

const unknown = 'gunicorn_version: 22.0.0\n';

test('a release that is known, or that makes no difference, is not mentioned', async () => {
  // Before 23.0 Galaxy looked for job_conf.xml alone: with both files every release has handlers for its jobs.
  const both = {
    '/srv/galaxy/config/job_conf.xml': `<job_conf>
    <plugins><plugin id="local" type="runner" load="galaxy.jobs.runners.local:LocalJobRunner"/></plugins>
    <handlers assign_with="db-skip-locked"/>
    <destinations><destination id="local" runner="local"/></destinations>
</job_conf>`,
  };
  for (const [name, host] of [
    ['a stated release', site(bad)],
    ['the same verdict for all', site(clean, unknown, both)],
    ['no configuration', memoryHost({ cwd: '/srv/galaxy' })],
  ] as const) {
    const { stderr } = await run(host, 'validate');
    assert.not.match(stderr, 'was assumed', name);
  }
});

test('an unknown release with a finding that only newer ones have', async () => {
  // Galaxy 22.01 still reads job_conf.xml alone: the same file then means something else.
  const broken = await cliWith(jobConf.replace('[db-skip-locked]', '[db-skip-lockt]'), unknown);
  assert.match(broken.stderr, /the release of Galaxy is not known, \d\d\.\d was assumed; for 22\.01 .*GX411/);
  const known = await cliWith(jobConf.replace('[db-skip-locked]', '[db-skip-lockt]'), stated);
  assert.is(known.stderr, '');
});

async function cliWith(job: string, gxgen: string) {
  return run(site(clean, gxgen, { '/srv/galaxy/config/job_conf.yml': job }), 'validate');
}

test.run();
