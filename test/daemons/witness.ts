// Builds the program that stands in for Galaxy's and reads what it wrote down.

import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, linkSync, mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folder } from './scratch.ts';

/** What one process was given. Text is the bytes as UTF-8; bytes that are none come as `not UTF-8: <hex>`. */
export interface Seen {
  readonly pid: number;
  readonly argv: readonly string[];
  readonly env: ReadonlyMap<string, string>;
  readonly cwd: string;
  readonly exe: string;
  readonly stdout: string;
  readonly umask: string;
  readonly uid: number;
  readonly gid: number;
  readonly groups: readonly number[];
  readonly nofile: number;
  readonly ppid: number;
  /** Names without SIG, in the order in which they came. */
  readonly signals: readonly string[];
}

let built: string | undefined;

/** Path of the compiled witness. */
export function witness(): string {
  if (built !== undefined) return built;
  const path = join(folder('bin'), 'witness');
  const source = join(import.meta.dirname, 'witness.c');
  const { status, stderr } = spawnSync('cc', ['-O1', '-Wall', '-Wextra', '-Werror', '-o', path, source], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`cc: ${stderr}`);
  chmodSync(path, 0o755);
  built = path;
  return path;
}

/** Puts the witness at a path, whatever bytes that has; false when no file system can hold the path. */
export function standIn(path: string): boolean {
  if (!canExist(path)) return false;
  mkdirSync(dirname(path), { recursive: true });
  if (!existsSync(path)) linkSync(witness(), path);
  return true;
}

/** Whether Linux can have a file of that absolute path: names of 255 bytes, paths below 4,096, no NUL. */
export function canExist(path: string): boolean {
  return (
    path.isWellFormed() &&
    !path.includes('\0') &&
    Buffer.byteLength(path) < 4096 &&
    path.split('/').every((name) => Buffer.byteLength(name) <= 255)
  );
}

/** Everything that was written down in a folder so far, by process id. */
export function readSeen(directory: string): Map<number, Seen> {
  return new Map(pidsIn(directory).map((pid) => [pid, parse(pid, directory)]));
}

/** What one process wrote down; undefined where it has not. */
export function readOne(pid: number, directory: string): Seen | undefined {
  return existsSync(join(directory, String(pid))) ? parse(pid, directory) : undefined;
}

/** The processes that wrote something down in a folder so far. */
export function pidsIn(directory: string): number[] {
  return readdirSync(directory)
    .filter((name) => /^\d+$/.test(name))
    .map(Number);
}

function parse(pid: number, directory: string): Seen {
  const facts = new Map<string, string[]>();
  for (const line of readFileSync(join(directory, String(pid)), 'latin1').split('\n')) {
    const [key = '', hex] = line.split(' ');
    if (hex !== undefined) facts.set(key, [...(facts.get(key) ?? []), decode(hex)]);
  }
  const all = (key: string) => facts.get(key) ?? [];
  const one = (key: string) => all(key)[0] ?? '';
  const signals = join(directory, `${pid}.signals`);
  return {
    pid,
    argv: all('argv'),
    env: new Map(all('env').map(assignment)),
    cwd: one('cwd'),
    exe: one('exe'),
    stdout: one('stdout'),
    umask: one('umask'),
    uid: Number(one('uid')),
    gid: Number(one('gid')),
    groups: all('group').map(Number),
    nofile: Number(one('nofile')),
    ppid: Number(one('ppid')),
    signals: existsSync(signals) ? readFileSync(signals, 'utf8').trim().split('\n') : [],
  };
}

function assignment(text: string): [string, string] {
  const at = text.indexOf('=');
  return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
}

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function decode(hex: string): string {
  try {
    return utf8.decode(Buffer.from(hex, 'hex'));
  } catch {
    return `not UTF-8: ${hex}`;
  }
}
