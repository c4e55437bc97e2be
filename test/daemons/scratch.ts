// The one folder in which a run of the daemon tests writes. It goes when the run ends; what a killed run left behind,
// its control groups included, goes when the next one starts.

import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmdirSync,
  rmSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

const prefix = 'gxgen-daemons-';
let own: string | undefined;

/** The folder of this run, which everybody may enter: services run under other accounts. */
export function scratch(): string {
  if (own !== undefined) return own;
  const base = realpathSync(tmpdir());
  process.umask(0o022);
  sweep(base);
  const made = mkdtempSync(join(base, `${prefix}${process.pid}-`));
  chmodSync(made, 0o755);
  own = made;
  process.on('exit', () => {
    for (const end of atExit) end();
    remove(made);
  });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1));
  }
  return made;
}

/** What has to end before the folder can go: called once, when this process exits. */
export const atExit = new Set<() => void>();

/** A folder below `scratch()`, made with its parents. */
export function folder(...names: string[]): string {
  const path = join(scratch(), ...names);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Removes the control groups that `sandbox.sh` listed for one sandbox; false while something runs in one of them. */
export function removeCgroups(list: string): boolean {
  if (!existsSync(list)) return true;
  const groups = readFileSync(list, 'utf8')
    .split('\n')
    .filter((group) => basename(group).startsWith('gxgen-'));
  for (const group of groups) removeCgroup(group);
  return !groups.some(existsSync);
}

function removeCgroup(group: string): void {
  try {
    for (const one of readdirSync(group, { withFileTypes: true })) {
      if (one.isDirectory()) removeCgroup(join(group, one.name));
    }
    rmdirSync(group);
  } catch {
    // Gone already, or a process in it has not ended yet, which the caller learns.
  }
}

// The lists of control groups stay while a group does, for the next run.
function remove(path: string): void {
  const lists = readdirSync(path).filter((name) => name.startsWith('cgroups.'));
  const gone = () => lists.every((name) => removeCgroups(join(path, name)));
  let done = gone();
  for (let tries = 0; !done && tries < 40; tries++) {
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 50);
    done = gone();
  }
  if (done) rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function sweep(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0;
    const path = join(base, name);
    if (pid > 0 && !existsSync(`/proc/${pid}`) && lstatSync(path).uid === process.getuid?.()) remove(path);
  }
}
