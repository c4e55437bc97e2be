// What happened to installed files since gxgen installed them, told by the manifest of a real apply.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import { type MemoryHost, type MemorySeed, memoryHost, textFile } from '../../src/host/memory.ts';
import { asset } from '../helpers/deployments.ts';

const test = suite('drift');

const galaxy = (more = '') => `gravity:
  galaxy_user: galaxy
  galaxy_root: /srv/galaxy/server
  virtualenv: /srv/galaxy/venv
  gunicorn: {preload: false}
  handlers: {handler: {processes: 2, pools: [job-handlers]}}
galaxy:
  id_secret: canary-4d3e
  watch_core_config: true
  admin_users: a@example.org
  job_config:
    runners: {local: {load: 'galaxy.jobs.runners.local:LocalJobRunner'}}
    execution: {default: local, environments: {local: {runner: local}}}
    handling: {assign: [db-skip-locked]}
${more}`;

type Seeds = Record<string, MemorySeed>;

async function run(argv: readonly string[], seeds: Seeds): Promise<{ code: number; host: MemoryHost }> {
  const settings = 'release: "24.1"\ngunicorn_version: "23.0"\n';
  const host = memoryHost({ cwd: '/srv/galaxy', files: { 'gxgen.yml': settings, ...seeds }, asset });
  return { code: await cli(argv, host), host };
}

/** The machine after `gxgen apply`. */
async function applied(text = galaxy()): Promise<Seeds> {
  const argv = ['apply', 'galaxy.yml', '--installed', 'units', '--yes'];
  const { code, host } = await run(argv, { 'galaxy.yml': text });
  assert.is(code, 0, host.output.stderr);
  return Object.fromEntries(host.entries());
}

async function diffed(seeds: Seeds, ...more: string[]) {
  const { code, host } = await run(
    ['diff', 'galaxy.yml', '--installed', 'units', '--format', 'json', ...more],
    seeds,
  );
  assert.is.not(host.output.stdout, '', host.output.stderr);
  const json = JSON.parse(host.output.stdout);
  return { code, ...json.targets[0], text: host.output.stdout + host.output.stderr };
}

const celery = '/srv/galaxy/units/galaxy-celery.service';

function textOf(seeds: Seeds, path: string): string {
  const seed = seeds[path];
  if (typeof seed === 'string' || seed?.kind !== 'file') throw new Error(path);
  return new TextDecoder().decode(seed.bytes);
}

test('right after an apply nothing differs', async () => {
  const seeds = await applied();
  const { code, drift, foreign } = await diffed(seeds);
  assert.is(code, 0);
  assert.equal([drift, foreign], [[], []]);
});

test('edited, gone, other mode, other owner', async () => {
  const seeds = await applied();
  const { [celery]: _, ...without } = seeds;
  const text = textOf(seeds, celery);
  const cases: [Seeds, string][] = [
    [{ ...seeds, [celery]: textFile(`${text}# by hand\n`) }, 'was edited since gxgen wrote it'],
    [without as Seeds, 'is gone since gxgen wrote it'],
    [{ ...seeds, [celery]: textFile(text, 0o600) }, 'has mode 0600 instead of 0644'],
    [
      {
        ...seeds,
        [celery]: {
          kind: 'file',
          bytes: new TextEncoder().encode(text),
          mode: 0o644,
          owner: { user: 7, group: 8 },
        },
      },
      'belongs to 7:8 instead of 0:0',
    ],
  ];
  for (const [machine, words] of cases) {
    const { code, drift } = await diffed(machine);
    assert.is(code, 1, words);
    assert.equal(drift, [`galaxy-celery.service ${words}`]);
  }
});

test('an edit that happens to be what is wanted is drift, and changes nothing', async () => {
  const seeds = await applied();
  const later = galaxy().replace('preload: false', 'preload: false, workers: 2');
  const ahead = await applied(later);
  const unit = '/srv/galaxy/units/galaxy-gunicorn.service';
  const machine = { ...seeds, 'galaxy.yml': later, [unit]: ahead[unit] as MemorySeed };
  const { code, drift, files } = await diffed(machine);
  assert.is(code, 1);
  assert.equal(drift, ['galaxy-gunicorn.service was edited since gxgen wrote it']);
  assert.ok(files.every((one: { state: string }) => one.state === 'same'));
});

test('what changed in the configuration since is known, though no unit shows it', async () => {
  const seeds = await applied();
  const change = async (from: string, to: string) =>
    diffed({ ...seeds, 'galaxy.yml': galaxy().replace(from, to) });

  const option = await change('id_secret', 'brand: Test\n  id_secret');
  assert.is(option.code, 1);
  assert.equal(option.summary, ['option brand set to Test']);
  const actions = option.plan.steps.map(
    (one: { process: string; action: string }) => `${one.process} ${one.action}`,
  );
  assert.equal(actions, [
    'celery-beat restart',
    'celery restart',
    'handler_0 restart',
    'handler_1 restart',
    'gunicorn reload',
  ]);

  const reloaded = await change('a@example.org', 'b@example.org');
  assert.equal(reloaded.plan.commands, []);
  assert.is(reloaded.plan.without_restart.length, 1);

  const secret = await change('canary-4d3e', 'canary-5e4f');
  assert.equal(secret.summary, ['option id_secret changed (secret)']);
  assert.not.match(secret.text, /canary/);
});

test('a handler that goes is known by the record, even when its unit is gone already', async () => {
  const seeds = await applied();
  const { '/srv/galaxy/units/galaxy-handler_1.service': _, ...machine } = seeds;
  const { plan } = await diffed({
    ...machine,
    'galaxy.yml': galaxy().replace('processes: 2', 'processes: 1'),
  } as Seeds);
  assert.equal(
    plan.orphans.map((one: { name: string }) => one.name),
    ['handler_1'],
  );
});

test('the record itself is for its owner only, and holds no secret', async () => {
  const seeds = await applied();
  const manifests = Object.entries(seeds).filter(([path]) => path.endsWith('manifest.json'));
  assert.is(manifests.length, 1);
  for (const [path, seed] of manifests) {
    assert.is(typeof seed === 'object' && seed.kind === 'file' && seed.mode, 0o600);
    assert.not.match(textOf(seeds, path), /canary/);
  }
});

test('drop-ins of every kind of folder', async () => {
  const seeds = await applied();
  for (const folder of ['galaxy-celery.service.d', 'galaxy-.service.d', 'service.d']) {
    const { code, drift } = await diffed({ ...seeds, [`units/${folder}/x.conf`]: '[Service]\nUMask=077\n' });
    assert.is(code, 1, folder);
    assert.ok(
      drift.some((one: string) => one.startsWith('galaxy-celery.service is overridden by')),
      folder,
    );
  }
  const other = await diffed({ ...seeds, 'units/sshd.service.d/x.conf': '[Service]\nUMask=077\n' });
  assert.is(other.code, 0);
});

test.run();
