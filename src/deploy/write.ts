// Writes a set of files as a whole or not at all. Everything that can fail for want of space or permission happens
// under temporary names, the copies that a way back needs included; then only renames are left.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { dirname, join } from '../model/paths.ts';
import { words, writeProblem } from './failure.ts';
import { type Change, checkPaths, type FileToWrite, findChanges, temporaryName } from './inspect.ts';

export interface WriteResult {
  /** With an error among them, the directory is as it was (but for GX016). */
  readonly diagnostics: readonly Diagnostic[];
  /** Number of files. */
  readonly written: number;
  /** Number of files that were already right in text and mode; they keep their time of change. */
  readonly unchanged: number;
}

interface Staged {
  readonly change: Change;
  /** The new file under its temporary name. */
  readonly fresh: string;
  /** A copy of the file it replaces. */
  readonly backup: string | undefined;
}

const mostTemporaries = 1_000_000;
const untouched = 'nothing was changed: files are written all or none';
const mixed = 'the directory now holds old and new files';

/**
 * Writes `files` below `directory`, which is created where it is missing. Files with other names are not touched.
 * A crash before the first rename leaves the old files, one after the last leaves the new ones; each file is whole
 * at any time. A file with an `owner` keeps it when it is put back; any other then belongs to whoever runs gxgen.
 */
export function writeFiles(host: Host, directory: string, files: readonly FileToWrite[]): WriteResult {
  const diagnostics = checkPaths(directory, files);
  const failed = () => ({ diagnostics, written: 0, unchanged: 0 });
  if (diagnostics.length > 0) return failed();
  const changes = findChanges(host, directory, files, (one) => diagnostics.push(one));
  if (diagnostics.length > 0) return failed();

  const folders = [...new Set(changes.map(({ shown }) => dirname(shown)))];
  const left = folders.flatMap((folder) => leftovers(host, folder));
  const temporaries = new Set<string>();
  const staged: Staged[] = [];
  const renamed: Staged[] = [];
  let current = directory;
  try {
    for (const folder of folders) {
      current = folder;
      host.mkdir(folder);
    }
    for (const change of changes) {
      current = change.shown;
      const fresh = makeTemporary(host, change.shown, change, temporaries);
      const backup = change.before && makeTemporary(host, change.shown, change.before, temporaries);
      staged.push({ change, fresh, backup });
    }
    for (const one of staged) {
      current = one.change.shown;
      host.rename(one.fresh, one.change.shown);
      temporaries.delete(one.fresh);
      renamed.push(one);
    }
    for (const folder of folders) {
      current = folder;
      host.syncDirectory(folder);
    }
  } catch (error) {
    const lost = restore(host, renamed, temporaries);
    const kept = removeAll(host, temporaries);
    diagnostics.push(
      writeProblem(current, error, lost.length > 0 ? mixed : untouched),
      ...lost,
      ...kept.map(leftProblem),
    );
    return failed();
  }
  diagnostics.push(...[...left, ...removeAll(host, temporaries)].map(leftProblem));
  return { diagnostics, written: changes.length, unchanged: files.length - changes.length };
}

/** Puts back what was replaced, newest first; gives the files for which that failed. */
function restore(host: Host, renamed: readonly Staged[], temporaries: Set<string>): Diagnostic[] {
  return renamed.toReversed().flatMap(({ change: { shown }, backup }) => {
    try {
      if (backup === undefined) host.remove(shown);
      else host.rename(backup, shown);
      return [];
    } catch (error) {
      return [
        problem('GX016', `"${shown}" is new and could not be put back as it was: ${words(error)}`, shown, {
          help: backup === undefined ? 'remove it' : `its former text is in "${backup}": rename that file`,
        }),
      ];
    } finally {
      // Put back, it is no longer there; not put back, it is the only copy.
      if (backup !== undefined) temporaries.delete(backup);
    }
  });
}

/** Removes temporary files; gives those that stay. */
function removeAll(host: Host, temporaries: Iterable<string>): string[] {
  return [...temporaries].filter((path) => {
    try {
      host.remove(path);
      return false;
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      return codeOf(error) !== 'ENOENT';
    }
  });
}

/** Creates a file under the first free temporary name beside `path`, and notes the name in `temporaries`. */
function makeTemporary(
  host: Host,
  path: string,
  { bytes, mode, owner }: Pick<Change, 'bytes' | 'mode' | 'owner'>,
  temporaries: Set<string>,
): string {
  for (let number = temporaries.size + 1; ; number++) {
    const name = join(dirname(path), `.gxgen-${number}.tmp`);
    if (temporaries.has(name)) continue;
    // Noted first: a file that could be created but not filled has to go as well.
    temporaries.add(name);
    try {
      host.create(name, bytes, mode, owner);
      return name;
    } catch (error) {
      if (codeOf(error) !== 'EEXIST' || number > mostTemporaries) throw error;
      temporaries.delete(name);
    }
  }
}

function leftovers(host: Host, folder: string): string[] {
  return host
    .list(folder)
    .filter((name) => temporaryName.test(name))
    .map((name) => join(folder, name));
}

function leftProblem(path: string): Diagnostic {
  return problem('GX017', `"${path}" is a temporary file of gxgen`, path, {
    why: 'a run was interrupted, or is still going on',
    help: 'remove it when no other gxgen is running',
  });
}
