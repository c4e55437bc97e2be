// apply, rollback and history where the folder in which gxgen keeps what it knows is not as it should be.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
import type { PlanCommand, PlanStep } from '../../src/deploy/plan.ts';
import { carryOver } from '../../src/deploy/todo.ts';
import type { Host } from '../../src/host/host.ts';
import { type MemoryHost, memoryHost } from '../../src/host/memory.ts';
import { asset } from '../helpers/deployments.ts';

const test = suite('state folder');
const installed = ['--installed', '/etc/systemd/system'];
const state = '/etc/systemd/system/.gxgen';

function configuration(workers: number): string {
  return `gravity:
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
  gunicorn: {bind: "localhost:8080", workers: ${workers}}
  celery: {enable: false, enable_beat: false}
galaxy:
  id_secret: 0123456789abcdef0123456789abcdef
`;
}

/** A machine on which two generations were installed. */
async function machine(): Promise<MemoryHost> {
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: { 'one.yml': configuration(1), 'two.yml': configuration(2), 'gxgen.yml': 'release: "24.1"\n' },
    asset,
  });
  for (const file of ['one.yml', 'two.yml'])
    assert.is(await cli(['apply', file, ...installed, '--yes'], host), 0, host.output.stderr);
  return host;
}

/** The exit code of a run, and what it prints on stderr, in one line. */
async function run(argv: readonly string[], host: Host & MemoryHost): Promise<[number, string]> {
  const before = host.output.stderr.length;
  const code = await cli(argv, host);
  return [code, host.output.stderr.slice(before).replace(/\s+/g, ' ')];
}

for (const [what, damage] of [
  ['gone', (host: MemoryHost) => host.remove(`${state}/current`)],
  [
    'a copy instead of a link',
    (host: MemoryHost) => {
      host.remove(`${state}/current`);
      host.mkdir(`${state}/current`);
    },
  ],
] as const) {
  for (const command of ['apply', 'rollback', 'history', 'diff']) {
    test(`${command}, the mark of the installed generation is ${what}`, async () => {
      const host = await machine();
      damage(host);
      const before = [...host.everything()];
      const file = command === 'apply' || command === 'diff' ? ['one.yml'] : [];
      const yes = command === 'apply' || command === 'rollback' ? ['--yes'] : [];
      const [code, stderr] = await run([command, ...file, ...installed, ...yes], host);
      assert.is(code, command === 'diff' ? 2 : 1);
      assert.match(stderr, 'error[GX841]');
      assert.match(stderr, `ln -s generations/2 ${state}/current`);
      assert.equal([...host.everything()], before);
    });
  }
}

test('history says that it may not look, not that there is nothing', async () => {
  const host = await machine();
  const refused = { ok: false, reason: 'denied', message: 'EACCES' } as const;
  const hidden: Host & MemoryHost = {
    ...host,
    list: (path) => (path.startsWith(`${state}/generations`) ? [] : host.list(path)),
    read: (path) => (path.startsWith(`${state}/generations`) ? refused : host.read(path)),
  };
  const before = host.output.stderr.length;
  assert.is(await cli(['history', ...installed], hidden), 1);
  const stderr = host.output.stderr.slice(before);
  assert.match(stderr, 'error[GX842]: cannot read what gxgen installed: permission denied');
  assert.match(stderr, 'run gxgen as the user who installed the files');
});

/** A machine on which the second generation was installed with --run, and the command with that word failed. */
async function halfway(word: string): Promise<{ readonly host: MemoryHost; readonly mend: () => void }> {
  let broken = word;
  const host = memoryHost({
    cwd: '/srv/galaxy',
    files: {
      'one.yml': configuration(1),
      'two.yml': configuration(2),
      'gxgen.yml': 'release: "24.1"\n',
    },
    asset,
    programs: ([program, ...args]) =>
      program === 'systemctl'
        ? {
            ok: true,
            status: broken !== '' && args.includes(broken) ? 1 : 0,
            stdout: new Uint8Array(),
            stderr: broken === '' ? '' : 'Job for it failed.\nSee "systemctl status" for details.\n',
          }
        : undefined,
  });
  assert.is(await cli(['apply', 'one.yml', ...installed, '--yes'], host), 0, host.output.stderr);
  const [code, stderr] = await run(['apply', 'two.yml', ...installed, '--yes', '--run'], host);
  assert.is(code, 1);
  assert.match(stderr, 'failed: Job for it failed. See "systemctl status" for details (status 1)');
  return {
    host,
    mend: () => {
      broken = '';
    },
  };
}

const again = ['apply', 'two.yml', ...installed, '--yes'];

test('a run that failed half way is not forgotten by the next one', async () => {
  const { host, mend } = await halfway('daemon-reload');
  for (const argv of [again, ['diff', 'two.yml', ...installed]]) {
    const [code, stderr] = await run(argv, host);
    assert.is(code, 0);
    assert.match(stderr, 'warning[GX862]');
    assert.match(stderr, '"systemctl daemon-reload", "systemctl restart galaxy-gunicorn.service"');
  }
  assert.is((await run([...again, '--strict'], host))[0], 1);
  const calls = host.runs.length;
  assert.is((await run([...again, '--run'], host))[0], 1);
  assert.equal(host.runs.slice(calls), [['systemctl', 'daemon-reload']]);
  mend();
  const [code, stderr] = await run([...again, '--run'], host);
  assert.is(code, 0, stderr);
  assert.equal(host.runs.slice(calls + 1), [
    ['systemctl', 'daemon-reload'],
    ['systemctl', 'restart', 'galaxy-gunicorn.service'],
  ]);
  const [last, said] = await run([...again, '--run'], host);
  assert.is(last, 0);
  assert.not.match(said, 'GX862');
  assert.is(host.runs.length, calls + 3);
});

test('history does not guess what the oldest generation that is kept changed', async () => {
  const host = await machine();
  assert.match(
    (await run(['rollback', ...installed, '--to', '2', '--yes'], host))[1],
    'is that generation already',
  );
  host.remove(`${state}/generations/1/manifest.json`);
  const before = host.output.stdout.length;
  assert.is(await cli(['history', ...installed], host), 0);
  assert.match(host.output.stdout.slice(before), /^\* {3}2 {2}\S+ {2}from two\.yml, 2 files\n$/);
});

test('only what root or whoever runs gxgen wrote is run', async () => {
  const { host } = await halfway('restart');
  const path = `${state}/generations/2/todo.json`;
  const bytes = new TextEncoder().encode('[["start",["rm","-rf","/srv"],"",0]]');
  host.remove(path);
  host.create(path, bytes, 0o600, { user: 1000, group: 1000 });
  const calls = host.runs.length;
  assert.is((await run([...again, '--run'], host))[0], 0);
  assert.is(host.runs.length, calls);
});

test('what an earlier run left comes after what a new plan does, without what that does already', () => {
  const command = (kind: PlanCommand['kind'], ...argv: string[]): PlanCommand => ({
    kind,
    argv,
    words: '',
    seconds: 1,
  });
  const step = (id: string, action: PlanStep['action']): PlanStep => ({
    id,
    process: id,
    kind: 'handler',
    group: 'galaxy.target',
    action,
    causes: [],
    seconds: 1,
  });
  const left = [
    command('daemon-reload', 'systemctl', 'daemon-reload'),
    command('enable', 'systemctl', 'enable', 'galaxy.target'),
    command('start', 'systemctl', 'start', 'new.service', 'gone.service'),
    command('restart', 'systemctl', 'restart', 'web.service', 'old.service'),
    command('wait', 'curl', 'http://localhost'),
    command('update', 'supervisorctl', 'update', 'dropped'),
  ];
  const plan = {
    target: 'systemd',
    steps: [
      step('web.service', 'restart'),
      step('old.service', 'untouched'),
      step('new.service', 'untouched'),
      step('gone.service', 'stop'),
    ],
    commands: [
      command('daemon-reload', 'systemctl', 'daemon-reload'),
      command('restart', 'systemctl', 'restart', 'web.service'),
    ],
    withoutRestart: [],
    orphans: [],
    seconds: 0,
    notes: [],
  };
  assert.equal(
    carryOver(left, plan).map(({ argv }) => argv.join(' ')),
    [
      'systemctl enable galaxy.target',
      'systemctl start new.service',
      'systemctl restart old.service',
      'supervisorctl update dropped',
    ],
  );
});

test.run();
