// The programs of a whole server in a real supervisord: the names that administrators know from the Galaxy training,
// every process as written, and control of all at once.

import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { until } from './command.ts';
import { newSupervisor } from './gravity.ts';
import { render } from './gxgen.ts';
import { assertProcess } from './judge.ts';
import { sandboxed, suiteNeeding, threeAtATime } from './needs.ts';
import { account, inSandbox, type Sandbox } from './sandbox.ts';
import { makeSite, type Site } from './site.ts';
import { mainConfiguration, type Supervisor, startSupervisor } from './supervisor.ts';

const { test: alone, run } = suiteNeeding('a server under supervisor', ...sandboxed, 'supervisor');
const test = threeAtATime(alone);

// supervisor sets the groups of the account, and knows no other one.
const owner = { uid: account.uid, gid: account.gid };
const handlers = { handlers: { handler: pooled({ processes: 2, name_template: '{name}{process}' }) } };

layouts(test, "the machine's supervisor");

test('status shows the names of the training: galaxy:handler0, or gx:handler0 for an instance named gx', async () => {
  for (const [instance, group] of [
    [undefined, 'galaxy'],
    ['gx', 'gx'],
  ] as const) {
    const site = makeSite(instance, {
      ...handlers,
      celery: { enable: false, enable_beat: false },
      reports: {},
      tusd: null,
      gx_it_proxy: {},
    });
    const out = await rendered(site, 'conf.d');
    await inSandbox('idle', async (box) => {
      const supervisor = await startSupervisor(box, mainConfiguration(glob(join(out, '*.conf'))));
      assert.equal(await names(supervisor), [`${group}:gunicorn`, `${group}:handler0`, `${group}:handler1`]);
    });
  }
});

run();

const newest = newSupervisor();
const other = suiteNeeding('a server under supervisor 4.3', ...sandboxed, newest);
layouts(threeAtATime(other.test), 'supervisor 4.3', 'python' in newest ? newest.python : undefined);
other.run();

function pooled(settings: object) {
  return { ...settings, pools: ['job-handlers', 'workflow-schedulers'], start_timeout: 1 };
}

function layouts(add: typeof test, title: string, python?: string): void {
  for (const instance of [undefined, 'gx']) {
    add(`layout conf.d, ${instance ?? 'default'} instance, ${title}`, async () => {
      const site = makeSite(instance, {}, 1);
      const out = await rendered(site, 'conf.d');
      await inSandbox('idle', async (box) => {
        const supervisor = await startSupervisor(box, mainConfiguration(glob(join(out, '*.conf'))), python);
        await assertServer(box, supervisor, site, (name) => `${instance ?? 'galaxy'}:${name}`);
      });
    });

    add(`layout self-contained, ${instance ?? 'default'} instance, ${title}`, async () => {
      const site = makeSite(instance, {}, 1);
      const out = await rendered(site, 'self-contained');
      await inSandbox('idle', async (box) => {
        // This supervisord becomes the account, which owns the folders that it writes to.
        await box.output(['chown', '-R', account.name, out, join(site.config, '../../var')]);
        const supervisor = await startSupervisor(box, join(out, 'supervisord.conf'), python);
        await assertServer(box, supervisor, site, (name) => (instance ? `${instance}:${name}` : name));
      });
    });
  }
}

async function rendered(site: Site, layout: string): Promise<string> {
  const out = site.out(layout);
  await render([site.config], 'supervisor', out, '--layout', layout);
  return out;
}

/** A path for `[include]`, which is split at blanks and has no quotes: `?` stands for what it cannot hold. */
function glob(path: string): string {
  return path.replace(/[ %]/g, '?');
}

async function names(supervisor: Supervisor): Promise<string[]> {
  const { stdout } = await supervisor.control('status');
  return stdout
    .split('\n')
    .flatMap((line) => (line === '' ? [] : [line.replace(/\s.*/, '')]))
    .sort();
}

async function assertServer(
  box: Sandbox,
  supervisor: Supervisor,
  site: Site,
  nameOf: (process: string) => string,
) {
  const wanted = site.processes.map((one) => nameOf(one.name)).sort();
  assert.equal(await names(supervisor), wanted);
  await until('all processes RUNNING', async () => {
    const { stdout } = await supervisor.control('status');
    return stdout.split('\n').filter((line) => / RUNNING /.test(line)).length === wanted.length
      ? true
      : undefined;
  });

  // supervisord calls a program that is in no group by its own name twice.
  const seen = new Map(
    [...supervisor.processes()].map(([name, one]) => [
      wanted.includes(name) ? name : name.replace(/^(.*):\1$/, '$1'),
      one,
    ]),
  );
  for (const one of site.processes) assertProcess(one, seen.get(nameOf(one.name)), owner);
  assert.is(box.seen().size, wanted.length, 'nothing else was started');
  for (const one of site.processes) {
    const pid = seen.get(nameOf(one.name))?.pid;
    const { stdout } = await box.run([
      'grep',
      '-rl',
      `witness ${pid} writes to stderr`,
      join(site.config, '../../var/log'),
    ]);
    assert.match(stdout, /\.log\n$/, `log of ${one.name}`);
  }

  const web = seen.get(nameOf('gunicorn'));
  await supervisor.control('signal', 'HUP', nameOf('gunicorn'));
  await until('SIGHUP at gunicorn', () =>
    box
      .seen()
      .get(web?.pid ?? 0)
      ?.signals.includes('HUP')
      ? true
      : undefined,
  );

  const restarted = await supervisor.control('restart', 'all');
  assert.is(restarted.status, 0, restarted.stdout + restarted.stderr);
  const after = [...box.seen().values()];
  assert.is(after.length, 2 * wanted.length);
  for (const one of seen.values()) {
    assert.is(box.seen().get(one.pid)?.signals.at(-1), 'TERM', `restart ends ${one.argv[0]}`);
  }
  await supervisor.control('shutdown');
  await until('the end of all processes', () =>
    [...box.seen().values()].every((one) => one.signals.at(-1) === 'TERM') ? true : undefined,
  );
}
