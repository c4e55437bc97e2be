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
import { cli } from './cli.ts';
import type { Host, Output, ReadResult } from './host/host.ts';

declare const __dirname: string;

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
};

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
    // Everything is written by now, and taking the heap apart in order costs half a millisecond.
    process.exit(code);
  },
  (error: unknown) => {
    process.stderr.write(`gxgen: ${String(error)}\n`);
    process.exitCode = 3;
  },
);
