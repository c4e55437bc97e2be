// A machine in memory: what tests run gxgen on. It can break on purpose at any call that changes something.

import type { Entry, Host, Output, ReadResult, RunResult } from './host.ts';
import { type MemoryEntry, type MemorySeed, type Owner, textFile } from './memory-entry.ts';
import { ancestors, follow, join, name, parent } from './memory-paths.ts';
import { fail } from './system-error.ts';

export { type MemoryEntry, type MemorySeed, textFile } from './memory-entry.ts';

/**
 * The `at`-th changing call (from 1) fails with a system error, or the machine stops there: `crash` throws, and so
 * does every later call, so that no clean-up can happen. A `create` that fails has written half of its bytes.
 */
export interface Fault {
  readonly at: number;
  readonly error: 'ENOSPC' | 'EACCES' | 'EROFS' | 'EIO' | 'crash';
  /** How many further changing calls fail as well; 0 when absent. */
  readonly further?: number;
}

export interface MemoryOptions {
  /** By absolute path, or relative to `cwd`. */
  readonly files?: Readonly<Record<string, MemorySeed>>;
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly asset?: (path: string) => string | undefined;
  readonly fault?: Fault;
  /** What programs answer; undefined for one that the machine does not have. */
  readonly programs?: (argv: readonly string[], cwd: string) => RunResult | undefined;
  /** Lines that whoever runs gxgen types. */
  readonly answers?: readonly string[];
  /** 2026-11-28 10:00 UTC when absent; each question moves it on by a minute. */
  readonly now?: number;
  /** Other processes that run, by number, with what tells them apart. */
  readonly processes?: Readonly<Record<number, string>>;
  /** Who runs gxgen: only 0, as when absent, may give files away. */
  readonly user?: number;
}

export interface MemoryHost extends Host {
  /** Everything on the machine but directories, by absolute path, sorted. */
  entries(): ReadonlyMap<string, MemoryEntry>;
  /** The same with directories: what another machine can begin with. */
  everything(): ReadonlyMap<string, MemoryEntry>;
  /** Text of a file; undefined when there is no file. */
  text(path: string): string | undefined;
  /** What was written to the streams so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  /** Each changing call so far, `rename /a /b`, the failed ones too. */
  readonly calls: readonly string[];
  /** Each program that was asked for so far. */
  readonly runs: readonly (readonly string[])[];
  /** Whether the machine stopped at its fault. */
  crashed(): boolean;
}

/** Thrown by every call once the machine stopped. */
export class MemoryCrash extends Error {}

const pid = 4242;
const root = { kind: 'directory' } as const;

export function memoryHost(options: MemoryOptions = {}): MemoryHost {
  const cwd = options.cwd ?? '/srv/galaxy';
  const disk = new Map<string, MemoryEntry>([['/', root]]);
  const output = { stdout: '', stderr: '' };
  const calls: string[] = [];
  const runs: (readonly string[])[] = [];
  const answers = [...(options.answers ?? [])];
  let clock = options.now ?? Date.UTC(2026, 10, 28, 10);
  const me: Owner = { user: options.user ?? 0, group: options.user ?? 0 };
  let dead = false;
  addDirectory(cwd);
  for (const [path, seed] of Object.entries(options.files ?? {})) {
    const place = absolute(path);
    addDirectory(parent(place));
    disk.set(place, typeof seed === 'string' ? textFile(seed) : seed);
  }

  return {
    cwd,
    env: options.env ?? {},
    stdin: {
      isTTY: options.isTTY ?? false,
      readLine: () => {
        alive();
        return answers.shift();
      },
    },
    ...me,
    pid,
    now: () => {
      clock += 60_000;
      return clock - 60_000;
    },
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    asset: (path) => options.asset?.(path),
    read,
    kind: (path) => {
      const kind = at(path)?.kind;
      return kind === 'link' ? undefined : kind;
    },
    mode: (path) => {
      const entry = at(path);
      return entry?.kind === 'file' ? entry.mode : undefined;
    },
    ownership: (path) => {
      const entry = at(path);
      return entry?.kind === 'file' ? { ...(entry.owner ?? me), links: entry.links ?? 1 } : undefined;
    },
    list: (path) => {
      alive();
      const place = resolve(path) ?? '';
      if (disk.get(place)?.kind !== 'directory') return [];
      const prefix = place === '/' ? place : `${place}/`;
      return [...disk.keys()]
        .filter(
          (one) => one.length > prefix.length && one.startsWith(prefix) && !one.includes('/', prefix.length),
        )
        .map(name)
        .sort();
    },
    realpath: (path) => {
      alive();
      const place = resolve(path);
      return place !== undefined && disk.has(place) ? place : path;
    },
    entry: (path): Entry | undefined => {
      alive();
      const folder = resolve(parent(absolute(path)));
      const entry = folder && disk.get(absolute(path) === '/' ? '/' : join(folder, name(absolute(path))));
      if (!entry) return undefined;
      if (entry.kind === 'link') return { kind: 'link', mode: 0o777, ...(entry.owner ?? me), to: entry.to };
      const mode = 'mode' in entry ? entry.mode : undefined;
      return { kind: entry.kind, mode: mode ?? 0o755, ...(entry.owner ?? me) };
    },
    mkdir: (path, mode) => {
      change(`mkdir ${absolute(path)}`);
      const place = resolve(path) ?? fail('ELOOP', path);
      const before = ancestors(place).map((one) => disk.get(one)?.kind);
      if (before.some((kind) => kind !== undefined && kind !== 'directory')) fail('ENOTDIR', path);
      if (mode !== undefined && !disk.has(place)) {
        addDirectory(parent(place));
        disk.set(place, { kind: 'directory', mode });
      }
      addDirectory(place);
    },
    create: (path, bytes, mode, owner = me) => {
      const place = newPlace(path);
      change(`create ${absolute(path)}`, () => {
        if (isFree(place)) disk.set(place, { kind: 'file', bytes: bytes.slice(0, bytes.length >> 1), mode });
      });
      if (disk.get(parent(place))?.kind !== 'directory') fail('ENOENT', path);
      if (disk.has(place)) fail('EEXIST', path);
      if (me.user !== 0 && owner.user !== me.user)
        throw Object.assign(new Error(`EPERM: ${path}`), { code: 'EPERM', syscall: 'fchown' });
      const given = owner.user === me.user && owner.group === me.group ? {} : { owner };
      disk.set(place, { kind: 'file', bytes: bytes.slice(), mode, ...given });
    },
    symlink: (to, path) => {
      change(`symlink ${to} ${absolute(path)}`);
      const place = newPlace(path);
      if (disk.get(parent(place))?.kind !== 'directory') fail('ENOENT', path);
      if (disk.has(place)) fail('EEXIST', path);
      disk.set(place, { kind: 'link', to });
    },
    rename: (from, to) => {
      change(`rename ${absolute(from)} ${absolute(to)}`);
      const [source, target] = [newPlace(from), newPlace(to)];
      const entry = disk.get(source) ?? fail('ENOENT', from);
      if (disk.get(parent(target))?.kind !== 'directory') fail('ENOENT', to);
      if (disk.get(target)?.kind === 'directory') fail('EISDIR', to);
      disk.delete(source);
      disk.set(target, entry);
    },
    remove: (path) => {
      change(`remove ${absolute(path)}`);
      const place = newPlace(path);
      if (disk.get(place)?.kind === 'directory') fail('EISDIR', path);
      if (!disk.delete(place)) fail('ENOENT', path);
    },
    removeDirectory: (path) => {
      change(`rmdir ${absolute(path)}`);
      const place = newPlace(path);
      const kind = disk.get(place)?.kind ?? fail('ENOENT', path);
      if (kind !== 'directory') fail('ENOTDIR', path);
      if ([...disk.keys()].some((one) => one.startsWith(`${place}/`))) fail('ENOTEMPTY', path);
      disk.delete(place);
    },
    syncDirectory: (path) => {
      change(`sync ${absolute(path)}`);
      if (disk.get(resolve(path) ?? '')?.kind !== 'directory') fail('ENOENT', path);
    },
    run: (argv, { cwd: folder = cwd } = {}) => {
      alive();
      runs.push(argv);
      const missing = { ok: false, reason: 'missing', message: 'no such program' } as const;
      return options.programs?.(argv, folder) ?? missing;
    },
    processToken: (one) => (one === pid ? 'this run' : options.processes?.[one]),
    pause: alive,
    entries: () => {
      const found = [...disk].filter(([, entry]) => entry.kind !== 'directory');
      return new Map(found.sort(([a], [b]) => (a < b ? -1 : 1)));
    },
    everything: () => new Map(disk),
    text: (path) => {
      const entry = disk.get(absolute(path));
      return entry?.kind === 'file' ? new TextDecoder().decode(entry.bytes) : undefined;
    },
    output,
    calls,
    runs,
    crashed: () => dead,
  };

  function read(path: string): ReadResult {
    const entry = at(path);
    const refuse = (reason: 'missing' | 'denied' | 'directory' | 'other', message: string) =>
      ({ ok: false, reason, message }) as const;
    if (!entry || entry.kind === 'link') return refuse('missing', 'no such file or directory');
    if (entry.kind === 'directory') return refuse('directory', 'it is a directory');
    if (entry.kind === 'other') return refuse('other', 'it is not a regular file');
    return entry.mode & 0o400 ? { ok: true, bytes: entry.bytes } : refuse('denied', 'permission denied');
  }

  /** What stands at a path, links followed. */
  function at(path: string): MemoryEntry | undefined {
    alive();
    return disk.get(resolve(path) ?? '');
  }

  function stream(which: 'stdout' | 'stderr'): Output {
    return {
      isTTY: options.isTTY ?? false,
      columns: options.columns ?? 80,
      write: (text) => {
        output[which] += text;
      },
    };
  }

  function alive(): void {
    if (dead) throw new MemoryCrash('the machine stopped');
  }

  /** Counts a changing call, and fails where the fault is. @param half what such a call leaves behind */
  function change(call: string, half?: () => void): void {
    alive();
    calls.push(call);
    const { fault } = options;
    if (!fault || calls.length < fault.at || calls.length > fault.at + (fault.further ?? 0)) return;
    half?.();
    if (fault.error !== 'crash') fail(fault.error, call);
    dead = true;
    alive();
  }

  function isFree(place: string): boolean {
    return !disk.has(place) && disk.get(parent(place))?.kind === 'directory';
  }

  function addDirectory(path: string): void {
    for (const one of ancestors(path)) if (!disk.has(one)) disk.set(one, root);
  }

  function resolve(path: string): string | undefined {
    return follow(absolute(path), (place) => {
      const entry = disk.get(place);
      return entry?.kind === 'link' ? entry.to : undefined;
    });
  }

  /** Links are followed in the directory only: what is created, renamed or removed is the name itself. */
  function newPlace(path: string): string {
    const place = absolute(path);
    const folder = resolve(parent(place)) ?? fail('ELOOP', path);
    return join(folder, name(place));
  }

  function absolute(path: string): string {
    return join(cwd, path);
  }
}
