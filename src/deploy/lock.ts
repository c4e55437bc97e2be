// One run at a time changes a directory. A lock is a link, which comes into being with its whole text; locks are
// numbered, so that whoever takes over from a run that died cannot take the place of one that came between.

import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { join } from '../model/paths.ts';
import { statePath } from './state.ts';

export interface Holder {
  readonly pid: number;
  /** When it began, as ISO 8601 in UTC. */
  readonly since: string;
}

export type Locked =
  | { readonly ok: true; readonly path: string; readonly stale: readonly Holder[] }
  | { readonly ok: false; readonly holder: Holder };

interface Lock extends Holder {
  readonly path: string;
  readonly number: number;
  readonly token: string;
}

// Two runs that see each other step back, and try again after times that differ.
const tries = 12;
const step = 10;

/** Locks a directory whose state folder exists. */
export function lock(host: Host, directory: string): Locked {
  let holder: Holder = { pid: 0, since: '' };
  for (let turn = 0; turn < tries; turn++) {
    if (turn > 0) host.pause(step + (host.pid % 7) * step);
    const locks = readLocks(host, directory);
    const alive = locks.find((one) => isAlive(host, one));
    if (alive) {
      holder = alive;
      continue;
    }
    const path = statePath(directory, `lock-${(locks.at(-1)?.number ?? 0) + 1}`);
    if (!create(host, path)) continue;
    // Whoever came between is seen here, or sees this lock.
    const others = readLocks(host, directory).filter((one) => one.path !== path);
    const other = others.find((one) => isAlive(host, one));
    if (!other) {
      for (const one of others) host.remove(one.path);
      return { ok: true, path, stale: others };
    }
    holder = other;
    host.remove(path);
  }
  return { ok: false, holder };
}

/** Gives a lock back. */
export function unlock(host: Host, path: string): void {
  if (host.entry(path)) host.remove(path);
}

function create(host: Host, path: string): boolean {
  const text = `pid=${host.pid} since=${new Date(host.now()).toISOString()} token=${host.processToken(host.pid) ?? ''}`;
  try {
    host.symlink(text, path);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'EEXIST') throw error;
    return false;
  }
}

/** By number. */
function readLocks(host: Host, directory: string): Lock[] {
  const folder = statePath(directory);
  return host
    .list(folder)
    .flatMap((name): Lock[] => {
      const number = Number(/^lock-(\d{1,9})$/.exec(name)?.[1]);
      const path = join(folder, name);
      const found = /^pid=(\d{1,9}) since=(\S*) token=(\S*)$/.exec(host.entry(path)?.to ?? '');
      return found
        ? [{ path, number, pid: Number(found[1]), since: found[2] ?? '', token: found[3] ?? '' }]
        : [];
    })
    .sort((a, b) => a.number - b.number);
}

function isAlive(host: Host, { pid, token }: Lock): boolean {
  return host.processToken(pid) === token && token !== '';
}
