// The command lines of a whole server in real shells: pasted one by one, and run as a file that leaves daemons behind.

import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { until } from './command.ts';
import { render, written } from './gxgen.ts';
import { assertProcess } from './judge.ts';
import { sandboxed, suiteNeeding, threeAtATime } from './needs.ts';
import { account, inSandbox } from './sandbox.ts';
import { makeSite } from './site.ts';

const { test: alone, run } = suiteNeeding('a server from a shell', ...sandboxed, 'dash', 'bash');
const test = threeAtATime(alone);

for (const shell of [['dash'], ['bash'], ['bash', '--posix']]) {
  test(`layout foreground, ${shell.join(' ')}`, async () => {
    const site = makeSite();
    const out = site.out('foreground');
    await render([site.config], 'commands', out, '--layout', 'foreground');
    const lines = readFileSync(written(out, 'galaxy-commands.sh'), 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('('));
    assert.is(lines.length, site.processes.length);
    await inSandbox('idle', async (box) => {
      for (const [at, line] of lines.entries()) {
        // As whoever pastes it: the shell stays, the process is its child and ends with the terminal's Ctrl-C.
        const before = box.seen();
        const pasted = box.run([...shell, '-c', `${line}\necho "status $?"`]);
        const seen = await until('the process', () =>
          [...box.seen().values()].find(({ pid }) => !before.has(pid)),
        );
        const wanted = site.processes[at];
        assert.ok(wanted);
        assertProcess(wanted, seen);
        await box.output(['kill', '-INT', String(seen.pid)]);
        assert.is((await pasted).stdout.split('\n').at(-2), 'status 0');
      }
    });
  });

  test(`layout daemon, ${shell.join(' ')}`, async () => {
    const site = makeSite('gx');
    const out = site.out('daemon');
    await render([site.config], 'commands', out, '--layout', 'daemon');
    const state = join(dirname(site.config), '../data/gravity');
    await inSandbox('idle', async (box) => {
      // As the account it is for, which owns the folders it writes to.
      await box.output(['chown', '-R', `${account.name}:`, join(state, '..'), join(state, '../../var')]);
      const file = written(out, 'galaxy-gx-commands.sh');
      await box.output(['chown', account.name, file]);
      const as = ['setpriv', `--reuid=${account.uid}`, `--regid=${account.gid}`, '--clear-groups'];
      await box.output([...as, ...shell, file]);
      await until('all processes', () => (box.seen().size === site.processes.length ? true : undefined));
      for (const wanted of site.processes) {
        const pid = Number(readFileSync(join(state, `gx_${wanted.name}.pid`), 'utf8'));
        assertProcess(wanted, box.seen().get(pid), { uid: account.uid, gid: account.gid });
        const { stdout } = await box.run([
          'grep',
          '-rl',
          `witness ${pid} writes to stderr`,
          join(state, '../../var/log'),
        ]);
        assert.match(stdout, /\.log\n$/, `log of ${wanted.name}`);
        await box.output(['kill', String(pid)]);
      }
      await until('the end of all', () =>
        [...box.seen().values()].every((one) => one.signals.includes('TERM')) ? true : undefined,
      );
    });
  });
}

run();
