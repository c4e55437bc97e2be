// A machine of one's own for a test: private namespaces in which a real systemd is PID 1, or an idle process under
// which supervisord or a shell can be run. Nothing outside `scratch()` changes, and everything inside dies with this
// process, however it ends; `sandbox.sh` tells how.

import { spawn } from 'node:child_process';
import {
  appendFileSync,
  chmodSync,
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { type CommandOptions, command, type Finished, output, pause, until } from './command.ts';
import { atExit, folder, removeCgroups, scratch } from './scratch.ts';
import { pidsIn, readOne, readSeen, type Seen } from './witness.ts';

/** The account that services of a test run under, known only inside. */
export const account = {
  name: 'galaxy',
  uid: 64_123,
  gid: 64_124,
  group: 'galaxy',
  other: 'gxadmin',
  otherGid: 64_125,
};

export interface Sandbox {
  /** Path of the folder in which units are installed, inside. */
  readonly units: string;
  /** Runs a program inside; default 60 s. */
  run(argv: readonly string[], options?: Omit<CommandOptions, 'env'>): Promise<Finished>;
  /** The same, giving its standard output; throws when it fails. */
  output(argv: readonly string[], options?: Omit<CommandOptions, 'env'>): Promise<string>;
  /** The command line that runs a program inside as root, with an environment of PATH and LANG. */
  inside(argv: readonly string[]): string[];
  /** What every witness saw so far, by process id as it is inside. */
  seen(): Map<number, Seen>;
  /** What one witness saw so far; undefined while it has not told. */
  see(pid: number): Seen | undefined;
  /** How many witnesses have told. */
  count(): number;
  /** What PID 1 said. */
  log(): string;
  /** Ends everything inside. */
  stop(): Promise<void>;
}

let count = 0;

/** Boots a sandbox, hands it over, and takes it down whatever happens. */
export async function inSandbox<T>(kind: 'systemd' | 'idle', work: (box: Sandbox) => Promise<T>): Promise<T> {
  const box = await boot(kind);
  try {
    return await work(box);
  } finally {
    await box.stop();
  }
}

/** A sandbox to be stopped by whoever asked for it; what is not dies with this process. */
export async function boot(kind: 'systemd' | 'idle'): Promise<Sandbox> {
  const base = scratch();
  const name = `gxgen-${process.pid}-${++count}`;
  const seen = folder('seen', name);
  chmodSync(seen, 0o1777);
  writeAccounts(base);
  const logFile = join(base, `log.${name}`);
  const log = openSync(logFile, 'a');
  const child = spawn('bash', [join(import.meta.dirname, 'sandbox.sh'), 'join', name, base, kind], {
    stdio: ['ignore', log, log],
  });
  closeSync(log);
  let ended = false;
  const end = new Promise<void>((resolve) => {
    child.on('error', (error) => {
      appendFileSync(logFile, `${error}\n`);
      ended = true;
      resolve();
    });
    child.on('exit', () => {
      ended = true;
      resolve();
    });
  });
  const said = () => readFileSync(logFile, 'utf8');
  const kill = () => {
    child.kill('SIGKILL');
  };
  atExit.add(kill);
  const stop = async () => {
    kill();
    await end;
    atExit.delete(kill);
    for (let tries = 0; tries < 40 && !removeCgroups(join(base, `cgroups.${name}`)); tries++) await pause(50);
  };

  const pidFile = join(base, `pid.${name}`);
  try {
    const pid = await until(`PID 1 of the ${kind} sandbox`, () => {
      if (ended) throw new Error('it ended at once');
      if (!existsSync(pidFile)) return undefined;
      const found = readFileSync(pidFile, 'utf8').trim();
      const sign = kind === 'systemd' ? 'systemd/private' : 'gxgen-idle';
      return existsSync(`/proc/${found}/root/run/${sign}`) ? found : undefined;
    });
    const inside = (argv: readonly string[]) => [
      ...['nsenter', '--target', pid, '--mount', '--pid', '--uts', '--ipc', '--net', '--cgroup', '--'],
      ...['env', '-i', 'PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', 'LANG=C.UTF-8'],
      ...argv,
    ];
    return {
      units: '/etc/systemd/system',
      inside,
      run: (argv, options) => command(inside(argv), options),
      output: (argv, options) => output(inside(argv), options),
      seen: () => readSeen(seen),
      see: (pid) => readOne(pid, seen),
      count: () => pidsIn(seen).length,
      log: said,
      stop,
    };
  } catch (error) {
    await stop();
    throw new Error(`${error instanceof Error ? error.message : error}\n${said()}`);
  }
}

// Once: every sandbox of a run has these files mounted, and must never find one half written.
function writeAccounts(base: string): void {
  if (existsSync(join(base, 'group'))) return;
  const own = {
    passwd: `${account.name}:x:${account.uid}:${account.gid}::/nonexistent:/usr/sbin/nologin\n`,
    group: `${account.group}:x:${account.gid}:\n${account.other}:x:${account.otherGid}:\n`,
  };
  for (const name of ['passwd', 'group'] as const) {
    writeFileSync(join(base, name), readFileSync(`/etc/${name}`, 'utf8').replace(/\n*$/, '\n') + own[name]);
  }
}
