// The tools of this suite, tested: what they miss, no other test finds.

import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { command, until } from './command.ts';
import { compare } from './compare.ts';
import { hostile, impossibleForKernel, impossibleForSupervisor, impossibleForSystemd } from './hostile.ts';
import { sandboxed, suiteNeeding } from './needs.ts';
import { inSandbox } from './sandbox.ts';
import { folder } from './scratch.ts';
import { processes, start } from './systemd.ts';
import { readSeen, witness } from './witness.ts';
import { quoted } from './yaml.ts';

const verdicts = suite('what is impossible');

verdicts('the reasons agree with what hand-written files could carry', () => {
  for (const { index, value, verdicts } of hostile) {
    for (const [context, judge] of [
      ['systemd.env', impossibleForSystemd],
      ['systemd.envfile', impossibleForSystemd],
      ['systemd.argv', impossibleForSystemd],
      ['supervisor.argv', impossibleForSupervisor],
      ['supervisor.env.wrapped', impossibleForSupervisor],
      ['sh.arg', impossibleForKernel],
    ] as const) {
      assert.is(judge(value) === undefined ? 'ok' : 'impossible', verdicts[context], `#${index} ${context}`);
    }
  }
});

verdicts('a quoted scalar is printable ASCII or plain letters, and JSON', () => {
  for (const { value } of hostile) {
    assert.not.match(quoted(value), /[\p{Cc}\u2028\u2029\ufeff\ufffe\uffff]/u);
    assert.is(JSON.parse(quoted(value)), value);
  }
});

verdicts('bytes that are no UTF-8 are told as such', () => {
  const told = folder('told');
  writeFileSync(
    join(told, '7'),
    `argv ${Buffer.from('\ufeffé').toString('hex')}\nargv \nargv ff\nenv 413d\n`,
  );
  const seen = readSeen(told).get(7);
  assert.equal(seen?.argv, ['\ufeffé', '', 'not UTF-8: ff']);
  assert.is(seen?.env.get('A'), '');
});

verdicts.run();

const tools = suiteNeeding('the sandbox', ...sandboxed, 'systemd');

tools.test('a process that is given something else is noticed', async () => {
  const program = witness();
  const unit = ['[Service]', 'Type=exec', 'Environment=V=100%n W=1', `ExecStart=${program} a "b c"`, ''].join(
    '\n',
  );
  await inSandbox('systemd', async (box) => {
    await box.output(['tee', `${box.units}/galaxy-x.service`], { stdin: unit });
    await start(box, ['galaxy-x.service']);
    const seen = (await processes(box, ['galaxy-x.service'])).get('galaxy-x.service');
    assert.equal(seen?.argv, [program, 'a', 'b c']);
    const right = { argv: seen?.argv ?? [], env: { V: '100galaxy-x.service', W: '1' }, cwd: '/' };
    assert.is(compare(right, seen, true), undefined);
    assert.match(compare({ ...right, env: { V: '100%n', W: '1' } }, seen, true) ?? '', /^V is/);
    assert.match(compare({ ...right, env: { V: right.env.V } }, seen, true) ?? '', /^stray/);
    assert.match(compare({ ...right, argv: [program, 'a b c'] }, seen, true) ?? '', /^argv is/);
    assert.match(compare({ ...right, cwd: '/tmp' }, seen, true) ?? '', /^cwd is/);
    assert.match(compare(right, undefined, true) ?? '', /no process/);
  });
});

tools.test('the machine is out of reach from inside', async () => {
  await inSandbox('idle', async (box) => {
    for (const path of [
      '/etc/gxgen-was-here',
      '/usr/gxgen-was-here',
      '/var/lib/gxgen-was-here',
      '/proc/sys/kernel/hostname',
    ]) {
      assert.is.not((await box.run(['sh', '-c', `echo x > ${path}`])).status, 0, path);
    }
    await box.output([
      'sh',
      '-c',
      'touch /run/gxgen-was-here /tmp/gxgen-was-here /etc/systemd/system/gxgen-was-here',
    ]);
    const mine = (await box.output(['ps', '-e', '-o', 'pid='])).trim().split('\n');
    assert.ok(mine.length < 10, 'only its own processes are seen');
    assert.is((await box.run(['ls', '/sys/class/net'])).stdout, 'lo\n');
  });
  for (const place of ['/run', '/tmp', '/etc', '/etc/systemd/system']) {
    assert.not.ok(existsSync(join(place, 'gxgen-was-here')), place);
  }
});

/** A run with an open sandbox: its process, its PID 1, its folder and its control groups. */
async function openRun() {
  const child = spawn(process.execPath, ['--import', 'tsx', join(import.meta.dirname, 'crash.ts')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  const [pid = '', place = ''] = await until('its sandbox', () =>
    said.split('\n').length > 2 ? said.split('\n') : undefined,
  );
  const list = readFileSync(join(place, `cgroups.gxgen-${child.pid}-1`), 'utf8');
  assert.ok(existsSync(`/proc/${pid}`));
  return { child, pid, paths: [place, ...list.trim().split('\n')] };
}

tools.test('a run that is interrupted leaves nothing', async () => {
  const { child, pid, paths } = await openRun();
  child.kill('SIGTERM');
  await until('its end', () => (child.exitCode === null ? undefined : true));
  for (const path of paths) assert.not.ok(existsSync(path), path);
  await until('the end of PID 1', () => (existsSync(`/proc/${pid}`) ? undefined : true));
});

tools.test('a run that is killed leaves no process, and the next one removes its files', async () => {
  const { child, pid, paths } = await openRun();
  child.kill('SIGKILL');
  await until('the end of PID 1', () => (existsSync(`/proc/${pid}`) ? undefined : true));
  assert.ok(paths.some(existsSync));
  const scratch = join(import.meta.dirname, 'scratch.ts');
  const next = `import(${JSON.stringify(scratch)}).then((it) => it.scratch())`;
  const { status, stderr } = await command([process.execPath, '--import', 'tsx', '-e', next]);
  assert.is(status, 0, stderr);
  for (const path of paths) assert.not.ok(existsSync(path), path);
});

tools.run();
