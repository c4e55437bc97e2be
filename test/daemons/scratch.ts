// The one folder in which a run of the daemon tests writes. It goes when the run ends; what a killed run left behind,
// its control groups included, goes when the next one starts.

import {
  chmodSync,
  existsSync,
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
  process.on('exit', () => remove(made));
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.once(signal, () => process.exit(1));
  }
  return made;
}

/** A folder below `scratch()`, made with its parents. */
export function folder(...names: string[]): string {
  const path = join(scratch(), ...names);
  mkdirSync(path, { recursive: true });
  return path;
}

/** Removes the control groups that `sandbox.sh` listed for one sandbox, as far as nothing runs in them. */
export function removeCgroups(list: string): void {
  if (!existsSync(list)) return;
  for (const group of readFileSync(list, 'utf8').split('\n')) {
    if (basename(group).startsWith('gxgen-')) removeCgroup(group);
  }
}

function removeCgroup(group: string): void {
  try {
    for (const one of readdirSync(group, { withFileTypes: true })) {
      if (one.isDirectory()) removeCgroup(join(group, one.name));
    }
    rmdirSync(group);
  } catch {
    // Gone already, or a process in it has not ended yet: the caller looks again, or the next run does.
  }
}

function remove(path: string): void {
  for (const name of readdirSync(path)) {
    if (name.startsWith('cgroups.')) removeCgroups(join(path, name));
  }
  rmSync(path, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
}

function sweep(base: string): void {
  for (const name of readdirSync(base)) {
    const pid = name.startsWith(prefix) ? Number.parseInt(name.slice(prefix.length), 10) : 0;
    if (pid > 0 && !existsSync(`/proc/${pid}`)) remove(join(base, name));
  }
}
