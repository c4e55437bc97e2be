// Failures of the system in words.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { codeOf } from '../host/system-error.ts';

/** What to tell when a call that changes something failed. @param why what that means for the files; an error that is not the system's is thrown on */
export function writeProblem(path: string, error: unknown, why: string): Diagnostic {
  const code = codeOf(error);
  // Not an answer of the system, so a fault in gxgen; what it had begun is cleared away.
  if (code === undefined) throw error;
  const kind = spaceErrors.has(code) ? 'GX013' : deniedErrors.has(code) ? 'GX014' : 'GX015';
  return problem(kind, `cannot write "${path}": ${words(error)}`, path, {
    why,
    ...(isOwnership(error)
      ? { help: 'run gxgen as the owner of the file, or as root' }
      : remedies[kind] === undefined
        ? {}
        : { help: remedies[kind] }),
  });
}

const remedies: Readonly<Record<string, string>> = {
  GX013: 'free some space, and run the same command again',
  GX014: 'choose another directory, or run gxgen as a user who may write there',
};

const spaceErrors: ReadonlySet<string> = new Set(['ENOSPC', 'EDQUOT']);
const deniedErrors: ReadonlySet<string> = new Set(['EACCES', 'EPERM', 'EROFS']);

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'something else stands there',
  EIO: 'the disk reports an error',
  ENAMETOOLONG: 'the name is too long',
  ENOSPC: 'no space is left on the disk',
  ENOTDIR: 'a file stands where a directory is needed',
  EPERM: 'the system does not permit it',
  EROFS: 'the file system is read-only',
};

/** The error in words: the texts of the system name temporary files, which nobody has asked for. */
export function words(error: unknown): string {
  const code = codeOf(error);
  if (isOwnership(error)) return 'it belongs to someone else, and only root can keep it so';
  return code === undefined ? 'an unknown fault' : (reasons[code] ?? `the system answers ${code}`);
}

/** True when a file could be made, but not given to its owner. */
function isOwnership(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error && error.syscall === 'fchown';
}
