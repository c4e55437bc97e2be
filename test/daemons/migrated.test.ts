// What a migration writes runs: the legacy examples are migrated, the new files are copied to their place, and their units
// start under a real systemd, each handler under the name that jobs in the database have.

import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { command } from './command.ts';
import { gxgen, render } from './gxgen.ts';
import { sandboxed, suiteNeeding } from './needs.ts';
import { account, inSandbox } from './sandbox.ts';
import { folder } from './scratch.ts';
import { complaints, install, processes, start, unitsIn } from './systemd.ts';
import { standIn } from './witness.ts';

const patch = existsSync('/usr/bin/patch') ? {} : { missing: 'apt-get install patch' };
const { test, run } = suiteNeeding('migrated servers under systemd', ...sandboxed, 'systemd', patch);

interface Example {
  readonly fixture: string;
  readonly argv: readonly string[];
  /** Where the code stands, below the place of the fixture. */
  readonly server: string;
  readonly virtualenv: string;
  /** Names of Gunicorn's processes, and server names of handlers. */
  readonly web: readonly string[];
  readonly handlers: readonly string[];
}

const supervised = ['config/galaxy.ini', '--supervisor', 'supervisor/galaxy.conf'];
const examples: readonly Example[] = [
  {
    fixture: 'migrate-paste',
    argv: ['config/galaxy.ini'],
    server: '.',
    virtualenv: '.venv',
    web: ['gunicorn'],
    handlers: ['handler0', 'handler1'],
  },
  {
    fixture: 'migrate-uwsgi',
    argv: supervised,
    server: '.',
    virtualenv: 'venv',
    web: ['gunicorn'],
    handlers: ['handler0', 'handler1'],
  },
  {
    fixture: 'migrate-static-handlers',
    argv: supervised,
    server: '.',
    virtualenv: 'venv',
    web: ['gunicorn'],
    handlers: ['handler0', 'handler1'],
  },
  {
    fixture: 'migrate-exercise',
    argv: supervised,
    server: 'server',
    virtualenv: 'venv',
    web: ['gunicorn'],
    handlers: ['handler0', 'handler1'],
  },
  {
    fixture: 'migrate-zerg',
    argv: supervised,
    server: 'server',
    virtualenv: 'venv',
    web: ['gunicorn0', 'gunicorn1'],
    handlers: ['handler0', 'handler1'],
  },
  {
    fixture: 'migrate-mules',
    argv: ['config/galaxy.yml'],
    server: '.',
    virtualenv: '.venv',
    web: ['gunicorn'],
    handlers: ['handler_0', 'handler_1', 'special_0'],
  },
];

for (const example of examples) {
  test(example.fixture, async () => {
    const base = folder('migrated', example.fixture);
    layDown(`fixtures/${example.fixture}/in`, base);
    for (const name of ['gunicorn', 'python']) standIn(join(base, example.virtualenv, 'bin', name));
    mkdirSync(join(base, example.server, 'lib/galaxy'), { recursive: true });
    mkdirSync(join(base, 'log'), { recursive: true });

    const { status, stderr } = await gxgen(['migrate', ...example.argv, '--write', '--out', 'out'], base);
    assert.ok(status === 0 || status === 1, stderr);
    for (const name of readdirSync(join(base, 'out')))
      cpSync(join(base, 'out', name), join(base, 'config', name));
    const units = folder('migrated', `units of ${example.fixture}`);
    await render([join(base, 'config/galaxy.yml')], 'systemd', units);
    const services = unitsIn(units, '.service');
    assert.equal(
      services,
      [...example.web, ...example.handlers].map((one) => `galaxy-${one}.service`).sort(),
    );

    await inSandbox('systemd', async (box) => {
      await install(box, units);
      assert.is(await start(box, ['galaxy.target']), '');
      const seen = await processes(box, services);
      for (const name of example.web) {
        const one = seen.get(`galaxy-${name}.service`);
        assert.is(one?.argv[0], join(base, example.virtualenv, 'bin/gunicorn'));
        assert.is(one?.cwd, join(base, example.server).replace(/\/\.$/, ''));
        assert.is(one?.uid, account.uid);
      }
      for (const name of example.handlers) {
        const one = seen.get(`galaxy-${name}.service`);
        assert.ok(one?.argv.includes(`--server-name=${name}`), `${name}: ${one?.argv.join(' ')}`);
        if (example.fixture === 'migrate-uwsgi' || example.fixture === 'migrate-static-handlers')
          assert.is(one?.env.get('SGE_ROOT'), '/var/lib/gridengine');
      }
      assert.is(box.seen().size, services.length, 'nothing else was started');
      assert.equal(complaints(box), []);
    });
  });
}

test('the undo patch takes the new files back out of the folder they were copied to', async () => {
  const cases = readdirSync('fixtures').filter((name) => existsSync(`fixtures/${name}/out/undo.patch`));
  assert.ok(cases.length >= 10, cases.join());
  for (const name of cases) {
    const place = folder('migrated', `undo of ${name}`);
    if (existsSync(`fixtures/${name}/in/config`))
      cpSync(`fixtures/${name}/in/config`, place, { recursive: true });
    const before = textsIn(place);
    for (const one of readdirSync(`fixtures/${name}/out`))
      cpSync(join(`fixtures/${name}/out`, one), join(place, one));
    rmSync(join(place, '.gxgen-migrate.json'));
    const { status, stdout, stderr } = await command(['patch', '-p1', '-E', '-i', 'undo.patch'], {
      cwd: place,
      env: {},
    });
    assert.is(status, 0, `${name}: ${stdout}${stderr}`);
    rmSync(join(place, 'undo.patch'));
    assert.equal(textsIn(place), before, name);
  }
});

run();

function textsIn(path: string): Record<string, string> {
  return Object.fromEntries(readdirSync(path).map((name) => [name, readFileSync(join(path, name), 'utf8')]));
}

/** The files of a fixture as they stand on a machine: the folder and the account are those of the test. */
function layDown(from: string, to: string): void {
  for (const path of readdirSync(from, { recursive: true, encoding: 'utf8' }).filter((one) =>
    /\.[a-z]+$/.test(one),
  )) {
    const text = readFileSync(join(from, path), 'utf8')
      .replaceAll('/srv/galaxy', to)
      .replace(/^(user\s*=\s*)\S+/gm, `$1${account.name}`);
    mkdirSync(dirname(join(to, path)), { recursive: true });
    writeFileSync(join(to, path), text);
  }
}
