// A real supervisord in a sandbox.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { type Finished, pause } from './command.ts';
import type { Sandbox } from './sandbox.ts';
import { folder } from './scratch.ts';
import type { Seen } from './witness.ts';

export interface Supervisor {
  /** Runs supervisorctl; it ends with status 3 where a process is not running, as it does. */
  control(...words: string[]): Promise<Finished>;
  /** What each process saw that has not ended, by `group:name`. */
  processes(): Map<string, Seen>;
  log(): Promise<string>;
}

let count = 0;

/**
 * A supervisord.conf as distributions have it, with the files included; the blanks and brackets that its `files=` does
 * not take are not in the paths of these tests.
 */
export function mainConfiguration(...includes: string[]): string {
  const state = folder('supervisord', String(++count));
  const conf = join(state, 'supervisord.conf');
  const text = [
    '[unix_http_server]',
    `file=${state}/socket`,
    '[supervisord]',
    `logfile=${state}/log`,
    `pidfile=${state}/pid`,
    // Enough for 300 processes; every child closes all of them, one by one, in Python.
    'minfds=1500',
    '[rpcinterface:supervisor]',
    'supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface',
    '[supervisorctl]',
    `serverurl=unix://${state}/socket`,
    ...(includes.length > 0 ? ['[include]', `files = ${includes.join(' ')}`] : []),
  ];
  mkdirSync(dirname(conf), { recursive: true });
  writeFileSync(conf, `${text.join('\n')}\n`);
  return conf;
}

/**
 * Starts supervisord on a configuration file, as a daemon.
 * @param python an interpreter that has supervisor; without it, the machine's own supervisord
 * @throws what it says about the configuration
 */
export async function startSupervisor(box: Sandbox, conf: string, python?: string): Promise<Supervisor> {
  const program = (name: string) => (python === undefined ? [name] : [python, '-m', `supervisor.${name}`]);
  const started = await box.run([...program('supervisord'), '-c', conf]);
  if (started.status !== 0)
    throw new Error(`supervisord: status ${started.status}\n${started.stdout}${started.stderr}`);
  return {
    control: (...words) => box.run([...program('supervisorctl'), '-c', conf, ...words]),
    processes() {
      const found = new Map<string, Seen>();
      for (const seen of box.seen().values()) {
        const group = seen.env.get('SUPERVISOR_GROUP_NAME');
        const name = seen.env.get('SUPERVISOR_PROCESS_NAME');
        if (seen.signals.some((one) => one !== 'HUP')) continue;
        if (group !== undefined && name !== undefined) found.set(`${group}:${name}`, seen);
      }
      return found;
    },
    log: () => box.output(['sh', '-c', 'cat "$1"', 'sh', join(dirname(conf), 'log')]),
  };
}

/**
 * Waits for so many processes, or until no further one appears: supervisord starts one after the other.
 * @param seconds how long to wait for a further one
 */
export async function settledProcesses(box: Sandbox, wanted: number, seconds: number): Promise<void> {
  let before = -1;
  let since = performance.now();
  for (;;) {
    const now = box.count();
    if (now !== before) since = performance.now();
    // The first one is long in coming on a busy machine.
    if (now >= wanted || performance.now() - since > (now === 0 ? 15 : seconds) * 1000) return;
    before = now;
    await pause(50);
  }
}
