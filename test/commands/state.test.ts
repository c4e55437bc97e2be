// apply, rollback and history where the folder in which gxgen keeps what it knows is not as it should be.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { cli } from '../../src/cli.ts';
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

/** What a run prints on stderr, and its exit code. */
async function run(argv: readonly string[], host: Host & MemoryHost): Promise<[number, string]> {
  const before = host.output.stderr.length;
  const code = await cli(argv, host);
  return [code, host.output.stderr.slice(before)];
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
      assert.match(stderr.replace(/\s+/g, ' '), `ln -s generations/2 ${state}/current`);
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

test.run();
