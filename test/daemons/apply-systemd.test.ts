// gxgen apply with a real systemd: what it installs starts, what changes restarts, and a switch that is killed in the
// middle shows systemd all old units or all new ones.

import { chmodSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { suiteNeeding } from './needs.ts';
import { boot, type Sandbox } from './sandbox.ts';
import { folder } from './scratch.ts';

const { test, run } = suiteNeeding('apply, systemd', 'linux', 'root', 'namespaces', 'systemd');
const base = folder('apply-systemd');
const killing = join(import.meta.dirname, 'killing.cjs');
const units = '/etc/systemd/system';

cpSync('dist', join(base, 'dist'), { recursive: true });
for (const [name, workers, handlers] of [
  ['one', 2, 'handler'],
  ['two', 3, 'runner'],
] as const) {
  mkdirSync(join(base, name));
  writeFileSync(
    join(base, name, 'galaxy.yml'),
    `gravity:
  process_manager: systemd
  galaxy_root: ${base}
  galaxy_user: galaxy
  virtualenv: ${base}/venv
  gunicorn:
    bind: unix:/run/gunicorn.sock
    workers: ${workers}
    environment: {BROKER_PASSWORD: canary-${name}}
  celery: {enable: false, enable_beat: false}
  handlers:
    always: {processes: 2, pools: [job-handlers]}
    ${handlers}: {processes: 2, pools: [job-handlers, workflow-schedulers]}
galaxy:
  galaxy_infrastructure_url: https://galaxy.example.org
  database_connection: postgresql:///galaxy?host=/var/run/postgresql
  id_secret: 0123456789abcdef0123456789abcdef
  job_config:
    runners: {local: {load: "galaxy.jobs.runners.local:LocalJobRunner"}}
    handling: {assign: [db-skip-locked]}
    execution: {default: local, environments: {local: {runner: local}}}
`,
  );
  writeFileSync(join(base, name, 'gxgen.yml'), `deployed_as: ${base}/galaxy.yml\n`);
}
mkdirSync(join(base, 'venv/bin'), { recursive: true });
for (const program of ['gunicorn', 'python'])
  writeFileSync(join(base, 'venv/bin', program), '#!/bin/sh\nexec sleep 1000\n');
for (const program of ['gunicorn', 'python']) chmodSync(join(base, 'venv/bin', program), 0o755);

let box: Sandbox;

async function gxgen(argv: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const set = Object.entries(env).map(([name, value]) => `${name}=${value}`);
  return box.run(['env', ...set, process.execPath, join(base, 'dist/gxgen.cjs'), ...argv]);
}

function apply(name: string, ...more: string[]): string[] {
  return ['apply', join(base, name, 'galaxy.yml'), '--installed', units, '--allow-orphans', '--yes', ...more];
}

/** What systemd makes of the units, after reading them again. */
async function asSystemdSees(): Promise<string> {
  await box.output(['systemctl', 'daemon-reload']);
  const names = ['galaxy.target', 'galaxy-gunicorn.service'].concat(
    ['always', 'handler', 'runner'].flatMap((name) =>
      [0, 1].map((number) => `galaxy-${name}_${number}.service`),
    ),
  );
  return box.output([
    ...['systemctl', 'show', '--property=Id,LoadState,Wants,ExecStart,EnvironmentFiles', '--', ...names],
  ]);
}

/** Without what a unit did last, and with the list of the target in order. */
function bare(text: string): string {
  return text
    .replace(/^ExecStart=.*?argv\[\]=(.*?) ; ignore_errors.*$/gm, 'ExecStart=$1')
    .replace(/^Wants=(.*)$/gm, (_all, units: string) => `Wants=${units.split(' ').sort().join(' ')}`);
}

async function processes(): Promise<Map<string, string>> {
  const shown = await box.output([
    'systemctl',
    'show',
    '--property=Id,MainPID,ActiveState',
    '--',
    'galaxy-*.service',
  ]);
  return new Map(
    shown
      .trim()
      .split('\n\n')
      .map((one) => {
        const value = (key: string) => new RegExp(`^${key}=(.*)$`, 'm').exec(one)?.[1] ?? '';
        return [value('Id'), `${value('ActiveState')} ${value('MainPID')}`];
      }),
  );
}

test('a first set is installed, enabled and started', async () => {
  box = await boot('systemd');
  // A directory as on a real machine, which what stands beside it shares.
  await box.output(['bash', '-c', `mount -t tmpfs -o mode=755 tmpfs /etc/systemd && mkdir ${units}`]);
  const { status, stderr } = await gxgen(apply('one', '--run'));
  assert.is(status, 0, stderr);
  assert.match(stderr, 'systemctl enable galaxy.target');
  const running = await processes();
  assert.is(running.size, 5);
  for (const [name, state] of running) assert.match(state, /^active [1-9]/, name);
  assert.is((await box.output(['systemctl', 'is-enabled', 'galaxy.target'])).trim(), 'enabled');
  assert.match(
    await box.output(['cat', `/proc/${running.get('galaxy-gunicorn.service')?.split(' ')[1]}/environ`]),
    'canary-one',
  );
});

test('a second set restarts what changed, stops what goes, and leaves the rest alone', async () => {
  const before = await processes();
  const { status, stderr } = await gxgen(apply('two', '--run'));
  assert.is(status, 0, stderr);
  const after = await processes();
  for (const name of ['galaxy-always_0.service', 'galaxy-always_1.service'])
    assert.is(after.get(name), before.get(name), name);
  assert.not.equal(after.get('galaxy-gunicorn.service'), before.get('galaxy-gunicorn.service'));
  assert.is(after.has('galaxy-handler_0.service'), false);
  assert.match(after.get('galaxy-runner_1.service') ?? '', /^active [1-9]/);
  const back = await gxgen(['rollback', '--installed', units, '--allow-orphans', '--yes', '--run']);
  assert.is(back.status, 0, back.stderr);
  assert.equal([...(await processes()).keys()].sort(), [...before.keys()].sort());
});

test('a switch that is killed shows systemd all old units or all new ones, and stays enabled', async () => {
  const old = bare(await asSystemdSees());
  const counted = await gxgen(apply('two'), {
    NODE_OPTIONS: `--require=${killing}`,
    GXGEN_KILL_COUNT: '/run/count',
  });
  assert.is(counted.status, 0, counted.stderr);
  const calls = Number(await box.output(['cat', '/run/count']));
  const fresh = bare(await asSystemdSees());
  assert.not.equal(fresh, old);
  assert.not.match(old, 'canary');
  const tally = { old: 0, new: 0 };
  // Links are put in place and turned in the second half.
  for (let at = Math.floor(calls * 0.6); at <= calls; at += 3) {
    const reset = await gxgen(apply('one'));
    assert.is(reset.status, 0, reset.stderr);
    const killed = await gxgen(apply('two'), {
      NODE_OPTIONS: `--require=${killing}`,
      GXGEN_KILL_AT: String(at),
    });
    assert.is(killed.status, null);
    const found = bare(await asSystemdSees());
    assert.ok(found === old || found === fresh, `killed at call ${at} of ${calls}\n${found}`);
    tally[found === old ? 'old' : 'new']++;
    assert.is(
      (await box.output(['systemctl', 'is-enabled', 'galaxy.target'])).trim(),
      'enabled',
      `call ${at}`,
    );
  }
  assert.ok(tally.old > 5 && tally.new > 5, JSON.stringify(tally));
  process.stdout.write(
    `systemd, killed ${tally.old + tally.new} times: ${tally.old} times all old, ${tally.new} times all new\n`,
  );
});

test('afterwards nothing is a link, and systemctl disable takes nothing away', async () => {
  const { status, stderr } = await gxgen(apply('two'));
  assert.is(status, 0, stderr);
  await box.output(['systemctl', 'disable', 'galaxy.target']);
  const links = await box.output(['find', units, '-maxdepth', '1', '-type', 'l']);
  assert.is(links, '');
  assert.match(await box.output(['ls', units]), 'galaxy.target');
  assert.is(await box.output(['bash', '-c', 'ls -A /etc/systemd']), 'system\n');
  await box.stop();
});

run();
