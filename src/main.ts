// The program: wires the real machine to the command line. The only file that touches it.

import {
  closeSync,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { cli } from './cli.ts';
import type { Host, Output, ReadResult, RunOptions, RunResult } from './host/host.ts';

declare const __dirname: string;
declare const __filename: string;

const host: Host = {
  cwd: process.cwd(),
  env: process.env,
  stdout: output(1, () => process.stdout),
  stderr: output(2, () => process.stderr),
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
  mkdir: (path) => void mkdirSync(path, { recursive: true }),
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
  rename: renameSync,
  remove: (path) => rmSync(path),
  syncDirectory(path) {
    const directory = openSync(path, 'r');
    try {
      fsyncSync(directory);
    } finally {
      closeSync(directory);
    }
  },
  run,
};

// Nothing of the caller's environment decides what a program answers, but for where it is and whose it is.
const passedOn = ['PATH', 'HOME', 'XDG_RUNTIME_DIR', 'DBUS_SESSION_BUS_ADDRESS'];

function run([program = '', ...args]: readonly string[], options: RunOptions = {}): RunResult {
  // Loaded only by who runs a program, which takes longer than most of gxgen's own work.
  const { spawnSync } = createRequire(__filename)(
    'node:child_process',
  ) as typeof import('node:child_process');
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

function read(path: string): ReadResult {
  try {
    return { ok: true, bytes: readFileSync(path) };
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

// Synchronous, so that nothing is cut off at the end; a reader that went away (`| head`) ends the program quietly. The
// stream itself is only opened for who asks about the terminal: that takes longer than the writing.
function output(fd: 1 | 2, stream: () => NodeJS.WriteStream): Output {
  return {
    get isTTY() {
      return stream().isTTY === true;
    },
    get columns() {
      return stream().columns ?? 80;
    },
    write(text) {
      const bytes = Buffer.from(text);
      for (let done = 0; done < bytes.length; ) {
        try {
          done += writeSync(fd, bytes, done);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code === 'EPIPE') process.exit(0);
          // A pipe that is set to non-blocking and full: wait for its reader.
          if (code !== 'EAGAIN') throw error;
          Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
        }
      }
    },
  };
}

cli(process.argv.slice(2), host).then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`gxgen: ${String(error)}\n`);
    process.exitCode = 3;
  },
);
