// The program: wires the real machine to the command line. The only file that touches it.

import {
  chmodSync,
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  readSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  statSync,
  symlinkSync,
  writeSync,
} from 'node:fs';
import { cli } from './cli.ts';
import { exits } from './commands/command.ts';
import { HandOver } from './host/hand-over.ts';
import type { Host, Output, ReadResult, RunOptions, RunResult } from './host/host.ts';
import { dirname } from './model/paths.ts';

declare const __dirname: string;

const host: Host = {
  cwd: process.cwd(),
  env: process.env,
  stdin: {
    get isTTY() {
      return process.stdin.isTTY === true;
    },
    readLine,
  },
  stdout: output(1, () => process.stdout),
  stderr: output(2, () => process.stderr),
  user: process.geteuid?.() ?? 0,
  group: process.getegid?.() ?? 0,
  pid: process.pid,
  now: Date.now,
  asset(path) {
    try {
      return readFileSync(`${__dirname}/${path}`, 'utf8');
    } catch {
      return undefined;
    }
  },
  read,
  kind(path) {
    const stat = look(path);
    if (!stat) return undefined;
    return stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other';
  },
  mode(path) {
    const stat = look(path);
    return stat?.isFile() ? stat.mode & 0o7777 : undefined;
  },
  ownership(path) {
    const stat = look(path);
    return stat?.isFile() ? { user: stat.uid, group: stat.gid, links: stat.nlink } : undefined;
  },
  list(path) {
    try {
      return readdirSync(path).sort();
    } catch {
      return [];
    }
  },
  realpath(path) {
    try {
      return realpathSync(path);
    } catch {
      return path;
    }
  },
  entry(path) {
    const stat = lookAt(path);
    if (!stat) return undefined;
    const { mode, uid: user, gid: group } = stat;
    const common = { mode: mode & 0o7777, user, group };
    if (stat.isSymbolicLink()) return { ...common, kind: 'link', to: readlinkSync(path) };
    return { ...common, kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other' };
  },
  mkdir(path, mode) {
    let made: string | undefined;
    try {
      made = mkdirSync(path, { recursive: true, ...(mode === undefined ? {} : { mode }) });
    } catch (error) {
      // It answers ENOENT for a file system that is read-only, where a single step says so.
      let first = path;
      while (dirname(first) !== first && !look(dirname(first))) first = dirname(first);
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') mkdirSync(first);
      throw error;
    }
    if (made !== undefined && mode !== undefined) chmodSync(path, mode);
  },
  create(path, bytes, mode, owner) {
    const file = openSync(path, 'wx', 0o600);
    try {
      for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
      // Asked for only where it would change something: a file of one's own needs no permission for that.
      const made = owner && fstatSync(file);
      if (owner && (made?.uid !== owner.user || made.gid !== owner.group))
        fchownSync(file, owner.user, owner.group);
      // The mode is exact: the umask of whoever runs gxgen has no say.
      fchmodSync(file, mode);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
  },
  symlink: symlinkSync,
  rename: renameSync,
  remove: (path) => rmSync(path),
  removeDirectory: rmdirSync,
  syncDirectory(path) {
    const directory = openSync(path, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  },
  run,
  processToken,
  pause,
};

// Nothing of the caller's environment decides what a program answers, but for where it is and whose it is.
const passedOn = ['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];

function run([program = '', ...args]: readonly string[], options: RunOptions = {}): RunResult {
  // Loaded only by who runs a program, which takes longer than most of gxgen's own work.
  const { spawnSync } = require('node:child_process') as typeof import('node:child_process');
  const { status, signal, stdout, stderr, error } = spawnSync(program, args, {
    cwd: options.cwd ?? process.cwd(),
    env: {
      ...Object.fromEntries(passedOn.map((name) => [name, process.env[name]])),
      LC_ALL: 'C.UTF-8',
      SYSTEMD_COLORS: '0',
      SYSTEMD_PAGER: '',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: (options.seconds ?? 60) * 1000,
    killSignal: 'SIGKILL',
    maxBuffer: 2 ** 30,
  });
  if (error) {
    const { code } = error as NodeJS.ErrnoException;
    const reasons: Record<string, 'missing' | 'denied' | 'timeout'> = {
      ENOENT: 'missing',
      EACCES: 'denied',
      ETIMEDOUT: 'timeout',
    };
    return { ok: false, reason: reasons[code ?? ''] ?? 'other', message: error.message };
  }
  if (status === null) return { ok: false, reason: 'other', message: `it was ended by ${signal}` };
  return { ok: true, status, stdout, stderr: stderr.toString('utf8') };
}

// A path behind a directory that may not be entered is as good as absent: reading it says why.
function look(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

function lookAt(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

// When it was started, and since which start of the machine: numbers of processes are used again.
function processToken(pid: number): string | undefined {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name of the program, in parentheses, may hold anything.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[0] === 'Z' ? undefined : `${boot}-${fields[19]}`;
  } catch {
    return undefined;
  }
}

function pause(milliseconds: number): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
}

function readLine(): string | undefined {
  const bytes: number[] = [];
  const one = Buffer.alloc(1);
  for (;;) {
    try {
      if (readSync(0, one, 0, 1, null) === 0) return bytes.length > 0 ? textOf(bytes) : undefined;
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === 'EAGAIN') {
        pause(20);
        continue;
      }
      if (code === 'EOF' || code === 'EIO') return undefined;
      throw error;
    }
    if (one[0] === 0x0a) return textOf(bytes);
    bytes.push(one[0] ?? 0);
  }
}

function textOf(bytes: readonly number[]): string {
  return Buffer.from(bytes).toString('utf8').replace(/\r$/, '');
}

// What is read from a file of megabytes stays in use to the end, so collecting the old generation again and again on
// the way finds nothing and takes a tenth of the time. From here on it may grow fivefold before it is looked through.
const large = 1_000_000;

// A pipe (`<(sops -d galaxy.yml)`) can be read once, by either of the two programs that may share this process.
const pipes = (process as { gxgenPipes?: Map<string, Buffer> }).gxgenPipes ?? new Map<string, Buffer>();
Object.assign(process, { gxgenPipes: pipes });

function read(path: string): ReadResult {
  try {
    const bytes = pipes.get(path) ?? readFileSync(path);
    if (look(path)?.isFile() === false) pipes.set(path, bytes);
    if (bytes.length > large)
      (require('node:v8') as typeof import('node:v8')).setFlagsFromString('--heap-growing-percent=400');
    return { ok: true, bytes };
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    const reasons: Record<string, 'missing' | 'denied' | 'directory'> = {
      ENOENT: 'missing',
      ENOTDIR: 'missing',
      EACCES: 'denied',
      EPERM: 'denied',
      EISDIR: 'directory',
    };
    return { ok: false, reason: reasons[code ?? ''] ?? 'other', message };
  }
}

// What could not be written, and why; the work itself goes on, as half an `apply` is worse than one nobody reads about.
let unwritten: string | undefined;

// Synchronous, so that nothing is cut off at the end; a reader that went away (`| head`) wants no more. The stream itself
// is only opened for who asks about the terminal: that takes longer than the writing.
function output(fd: 1 | 2, stream: () => NodeJS.WriteStream): Output {
  let closed = false;
  return {
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns ?? 80;
    },
    write(text) {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length && !closed; ) {
        try {
          done += writeSync(fd, bytes, done);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          // A pipe that is set to non-blocking and full: wait for its reader.
          if (code === 'EAGAIN') pause(5);
          else {
            closed = true;
            if (code !== 'EPIPE') unwritten ??= `${fd === 1 ? 'stdout' : 'stderr'} (${code})`;
          }
        }
      }
    },
  };
}

cli(process.argv.slice(2), host).then(
  (code) => {
    if (unwritten !== undefined) host.stderr.write(`gxgen: cannot write to ${unwritten}\n`);
    // Everything is written by now, and taking the heap apart in order costs half a millisecond.
    process.exit(unwritten === undefined ? code : Math.max(code, exits.usage));
  },
  (error: unknown) => {
    if (error instanceof HandOver) return void require('./everything');
    process.stderr.write(`gxgen: ${String(error)}\n`);
    process.exitCode = 3;
  },
);
