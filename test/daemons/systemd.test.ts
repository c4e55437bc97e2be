// The units of a whole server in a real systemd: nothing to complain about, every process as written, and the target
// starts, restarts and stops them all.

import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { until } from './command.ts';
import { render } from './gxgen.ts';
import { assertProcess } from './judge.ts';
import { sandboxed, suiteNeeding, threeAtATime } from './needs.ts';
import { account, inSandbox, type Sandbox } from './sandbox.ts';
import { folder } from './scratch.ts';
import { makeSite, type Site } from './site.ts';
import { complaints, install, processes, settled, show, start, unitsIn } from './systemd.ts';
import { yamlText } from './yaml.ts';

const { test: alone, run } = suiteNeeding('a server under systemd', ...sandboxed, 'systemd');
const test = threeAtATime(alone);
const owner = { uid: account.uid, gid: account.otherGid };

for (const [layout, instance] of [
  ['units', undefined],
  ['units', 'gx'],
  ['template', undefined],
] as const) {
  const base = instance === undefined ? 'galaxy' : `galaxy-${instance}`;
  const unitOf = (process: string) =>
    `${base}-${layout === 'template' ? process.replace(/^handler/, 'handler@') : process}.service`;

  test(`layout ${layout}, ${instance ?? 'default'} instance`, async () => {
    const site = makeSite(instance);
    const out = await rendered(site, layout);
    const units = new Map(site.processes.map((one) => [unitOf(one.name), one] as const));
    await inSandbox('systemd', async (box) => {
      await install(box, out);
      await assertVerified(box, out);
      assert.is(await start(box, [`${base}.target`]), '');

      const seen = await processes(box, [...units.keys()]);
      for (const [unit, wanted] of units) assertProcess(wanted, seen.get(unit), owner);
      assert.is(box.seen().size, units.size, 'nothing else was started');
      await assertLimits(box, units);
      await assertReload(box, units);
      await assertRestart(box, base, [...units.keys()]);
      assert.equal(complaints(box), []);
    });
  });
}

test('only the target is enabled, and it brings everything up', async () => {
  const site = makeSite();
  const out = await rendered(site, 'units');
  await inSandbox('systemd', async (box) => {
    await install(box, out);
    await box.output(['systemctl', 'enable', 'galaxy.target']);
    const links = await box.output(['find', box.units, '-type', 'l']);
    assert.is(links, `${box.units}/multi-user.target.wants/galaxy.target\n`);
    for (const unit of unitsIn(out, '.service')) {
      assert.is((await box.run(['systemctl', 'is-enabled', unit])).stdout, 'static\n');
    }
    await start(box, ['multi-user.target']);
    assert.is((await processes(box, unitsIn(out, '.service'))).size, site.processes.length);
  });
});

test('a process that dies comes back, with the same arguments', async () => {
  const site = makeSite();
  const out = await rendered(site, 'units');
  const wanted = site.processes.find((one) => one.name === 'handler1');
  await inSandbox('systemd', async (box) => {
    await install(box, out);
    await start(box, ['galaxy-handler1.service']);
    const [before] = (await processes(box, ['galaxy-handler1.service'])).values();
    await box.output(['kill', '-KILL', String(before?.pid)]);
    const after = await until('the new process', () =>
      [...box.seen().values()].find((one) => one.pid !== before?.pid),
    );
    assert.ok(wanted);
    assertProcess(wanted, after, owner);
  });
});

test('layout wrapper: one service that runs the galaxy command', async () => {
  const site = makeSite(undefined, { process_manager: 'multiprocessing' });
  const out = await rendered(site, 'wrapper');
  assert.equal(unitsIn(out, '.service'), ['galaxy.service']);
  await inSandbox('systemd', async (box) => {
    await install(box, out);
    await assertVerified(box, out);
    await start(box, ['galaxy.service']);
    const seen = (await processes(box, ['galaxy.service'])).get('galaxy.service');
    const [program, ...words] = seen?.argv ?? [];
    const gunicorn = site.processes[0]?.expected;
    assert.is(program, gunicorn?.argv[0]?.replace(/gunicorn$/, 'galaxy'));
    assert.is(words[words.indexOf('--config-file') + 1], site.config);
    assert.is(seen?.cwd, gunicorn?.cwd);
    assert.is(seen?.env.get('PATH'), gunicorn?.env.PATH);
    assert.is(seen?.uid, owner.uid);
    assert.is(seen?.gid, owner.gid);
    await box.output(['systemctl', 'stop', 'galaxy.service']);
    assert.equal(box.seen().get(seen?.pid ?? 0)?.signals, ['TERM']);
    assert.equal(complaints(box), []);
  });
});

test('service_command_style gravity: every unit asks galaxyctl for its process', async () => {
  const site = makeSite(undefined, { service_command_style: 'gravity' });
  const out = await rendered(site, 'units');
  await inSandbox('systemd', async (box) => {
    await install(box, out);
    await assertVerified(box, out);
    await start(box, ['galaxy.target']);
    const seen = await processes(box, unitsIn(out, '.service'));
    for (const wanted of site.processes) {
      const [, number] = /^handler(\d)$/.exec(wanted.name) ?? [];
      const words = [
        ...['--config-file', site.config, 'exec', ...(number ? ['--service-instance', number] : [])],
        ...['_default_', number ? 'handler' : wanted.name],
      ];
      const { cwd } = wanted.expected;
      const argv = [join(cwd, '../my venv/bin/galaxyctl'), ...words];
      assertProcess(
        { ...wanted, expected: { argv, env: {}, cwd } },
        seen.get(`galaxy-${wanted.name}.service`),
        owner,
      );
    }
  });
});

test('mode user: the units run in the manager of an ordinary account', async () => {
  const site = makeSite();
  const home = folder('homes', String(account.uid));
  const units = join(home, '.config/systemd/user');
  writeFileSync(
    join(dirname(site.config), 'gxgen.yml'),
    yamlText({ systemd: { mode: 'user', directory: units } }),
  );
  const out = await rendered(site, 'units');
  await inSandbox('systemd', async (box) => {
    const { stdout } = await box.run(['sh', '-c', 'ls /usr/lib/systemd/systemd /lib/systemd/systemd']);
    const [program = ''] = stdout.split('\n');
    const runtime = `/run/user/${account.uid}`;
    await box.output(['install', '-d', '-o', account.name, '-g', account.group, runtime, units]);
    await box.output(['cp', '-a', `${out}/.`, units]);
    await box.output(['chown', '-R', `${account.name}:${account.group}`, home]);
    const manager = [
      ...['[Service]', 'Type=notify', `User=${account.name}`, 'Delegate=yes', 'TimeoutStartSec=20'],
      ...[`Environment=XDG_RUNTIME_DIR=${runtime} HOME=${home}`, `ExecStart=${program} --user`, ''],
    ];
    // What this machine adds to the environment of every user is not ours to judge.
    const hide =
      'for one in /usr/lib/environment.d /etc/environment.d; do [ ! -d $one ] || mount -t tmpfs tmpfs $one; done';
    await box.output(['sh', '-c', hide]);
    await box.output(['tee', `${box.units}/manager.service`], { stdin: manager.join('\n') });
    await box.output(['systemctl', 'start', 'manager.service']);

    const as = ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups', 'env'];
    const user = (...argv: string[]) => [...as, `XDG_RUNTIME_DIR=${runtime}`, `HOME=${home}`, ...argv];
    const files = [...unitsIn(out, '.service'), ...unitsIn(out, '.target')].map((name) => join(units, name));
    const verified = await box.run(user('systemd-analyze', '--user', 'verify', '--man=no', ...files));
    assert.is(`${verified.stdout}${verified.stderr}`, '');
    await box.output(user('systemctl', '--user', 'enable', '--now', 'galaxy.target'));
    await until('all processes', () => (box.count() === site.processes.length ? true : undefined));
    const seen = [...box.seen().values()];
    for (const wanted of site.processes) {
      const argv = JSON.stringify(wanted.expected.argv);
      assertProcess(
        wanted,
        seen.find((one) => JSON.stringify(one.argv) === argv),
        { uid: account.uid, gid: account.gid },
      );
    }
    await box.output(user('systemctl', '--user', 'stop', 'galaxy.target'));
    await until('the end of all', () =>
      [...box.seen().values()].every((one) => one.signals.at(-1) === 'TERM') ? true : undefined,
    );
  });
});

run();

async function rendered(site: Site, layout: string): Promise<string> {
  const out = site.out(layout);
  await render([site.config], 'systemd', out, '--layout', layout);
  return out;
}

/** Not a word: for systemd-analyze a value that will be ignored is a warning. */
async function assertVerified(box: Sandbox, out: string): Promise<void> {
  const files = [...unitsIn(out, '.service'), ...unitsIn(out, '.target')].map(
    (name) => `${box.units}/${name}`,
  );
  const { status, stdout, stderr } = await box.run(['systemd-analyze', 'verify', '--man=no', ...files]);
  assert.is(`${stdout}${stderr}`, '');
  assert.is(status, 0);
}

async function assertLimits(
  box: Sandbox,
  units: ReadonlyMap<string, Site['processes'][number]>,
): Promise<void> {
  const shown = await show(box, [...units.keys()], 'MemoryMax', 'MemoryHigh', 'ControlGroup', 'Restart');
  for (const [unit, { memoryMax, memoryHigh }] of units) {
    const found = shown.get(unit);
    assert.is(found?.MemoryMax, String(memoryMax ?? 'infinity'), unit);
    assert.is(found?.MemoryHigh, String(memoryHigh ?? 'infinity'), unit);
    assert.is(found?.Restart, 'always');
    if (memoryMax === undefined) continue;
    // What the kernel enforces, where this machine lets a sandbox have the memory controller.
    const files = [
      `/sys/fs/cgroup/memory${found?.ControlGroup}/memory.limit_in_bytes`,
      `/sys/fs/cgroup${found?.ControlGroup}/memory.max`,
    ];
    const { stdout } = await box.run(['cat', ...files]);
    if (stdout !== '') assert.is(stdout, `${memoryMax}\n`, unit);
  }
}

/** SIGHUP reaches the services that take it, and no other service can be reloaded. */
async function assertReload(
  box: Sandbox,
  units: ReadonlyMap<string, Site['processes'][number]>,
): Promise<void> {
  const before = await processes(box, [...units.keys()]);
  for (const [unit, { reloads }] of units) {
    const { status } = await box.run(['systemctl', 'reload', unit]);
    assert.is(status === 0, reloads, `reload of ${unit}`);
    const pid = before.get(unit)?.pid ?? 0;
    if (reloads)
      await until(`SIGHUP at ${unit}`, () => (box.seen().get(pid)?.signals.length ? true : undefined));
    assert.equal(box.seen().get(pid)?.signals, reloads ? ['HUP'] : [], unit);
  }
  const after = await processes(box, [...units.keys()]);
  for (const unit of units.keys()) assert.is(after.get(unit)?.pid, before.get(unit)?.pid, unit);
}

async function assertRestart(box: Sandbox, base: string, units: readonly string[]): Promise<void> {
  const before = await processes(box, units);
  await box.output(['systemctl', 'restart', `${base}.target`]);
  await settled(box);
  const after = await processes(box, units);
  for (const unit of units) {
    assert.is(
      box
        .seen()
        .get(before.get(unit)?.pid ?? 0)
        ?.signals.at(-1),
      'TERM',
      `restart ends ${unit}`,
    );
    assert.ok(after.has(unit) && after.get(unit)?.pid !== before.get(unit)?.pid, `restart starts ${unit}`);
  }
  await box.output(['systemctl', 'stop', `${base}.target`]);
  await settled(box);
  for (const [unit, { ActiveState }] of await show(box, units, 'ActiveState')) {
    assert.is(ActiveState, 'inactive', `stop reaches ${unit}`);
  }
}
