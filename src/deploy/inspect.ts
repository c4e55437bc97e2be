// What stands where a set of files is to be written: whether each may be written, and which need it.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host, Ownership } from '../host/host.ts';
import { basename, dirname, join } from '../model/paths.ts';

export type Owner = Pick<Ownership, 'user' | 'group'>;

/** A file to write. `path` is relative to the directory, with `/`. */
export interface FileToWrite {
  readonly path: string;
  readonly text: string;
  /** Permission bits, set exactly. */
  readonly mode: number;
  /** Whose it is to be; whoever runs gxgen when absent. */
  readonly owner?: Owner;
}

/** A file that differs from what is there. */
export interface Change {
  /** As people see it: below the directory as they named it. */
  readonly shown: string;
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** What it replaces; undefined where there is no file. */
  readonly before: { readonly bytes: Uint8Array; readonly mode: number; readonly owner?: Owner } | undefined;
  readonly owner?: Owner;
}

/** Temporary names: hidden, so that no process manager takes them for its own files, and short, so that they fit. */
export const temporaryName = /^\.gxgen-\d+\.tmp$/;

/** Names that cannot be written whatever the disk holds. */
export function checkPaths(directory: string, files: readonly FileToWrite[]): Diagnostic[] {
  const found: Diagnostic[] = [];
  const seen = new Set<string>();
  const folders = new Set(files.flatMap(({ path }) => foldersOf(path)));
  for (const { path } of files) {
    const parts = path.split('/');
    if (path.includes('\0') || parts.some((part) => part === '' || part === '.' || part === '..'))
      found.push(
        problem('GX010', `"${path}" is no name of a file in "${directory}"`, join(directory, `./${path}`)),
      );
    else if (seen.has(path) || folders.has(path))
      found.push(problem('GX018', `two outputs need the name "${path}"`, join(directory, path)));
    seen.add(path);
  }
  return found;
}

/** The files that differ from the disk in text or mode. Reports whatever is in the way of any of them. */
export function findChanges(
  host: Host,
  directory: string,
  files: readonly FileToWrite[],
  report: Report,
): Change[] {
  const kind = host.kind(directory);
  if (kind !== undefined && kind !== 'directory') {
    report(notDirectory(directory));
    return [];
  }
  const root = kind === undefined ? directory : host.realpath(directory);
  const lists = new Map<string, ReadonlySet<string>>();
  const checked = new Map<string, boolean>();
  return files.flatMap(({ path, text, mode, owner }): Change[] => {
    if (!foldersOf(path).every(isOpen)) return [];
    const shown = join(directory, path);
    const place = join(root, path);
    const bytes = new TextEncoder().encode(text);
    const whose = owner === undefined ? {} : { owner };
    const standing = host.kind(place);
    if (isLink(place)) report(obstacle(shown, 'a symbolic link'));
    else if (standing === undefined) return [{ shown, bytes, mode, before: undefined, ...whose }];
    else if (standing === 'directory') report(obstacle(shown, 'a directory'));
    else if (standing === 'other') report(obstacle(shown, 'a special file'));
    else {
      const old = host.read(place);
      const oldMode = host.mode(place) ?? mode;
      if (!old.ok) report(unreadable(shown));
      else if (oldMode !== mode || !sameBytes(old.bytes, bytes))
        return [{ shown, bytes, mode, before: { bytes: old.bytes, mode: oldMode, ...whose }, ...whose }];
    }
    return [];
  });

  /** Whether a folder below the directory is one, or can become one; its problem is reported once. */
  function isOpen(folder: string): boolean {
    const known = checked.get(folder);
    if (known !== undefined) return known;
    const place = join(root, folder);
    const standing = host.kind(place);
    let open = true;
    if (isLink(place)) {
      report(obstacle(join(directory, folder), 'a symbolic link'));
      open = false;
    } else if (standing !== undefined && standing !== 'directory') {
      report(notDirectory(join(directory, folder)));
      open = false;
    }
    checked.set(folder, open);
    return open;
  }

  /** True for a symbolic link, also one that leads nowhere: that one is listed, yet nothing stands there. */
  function isLink(place: string): boolean {
    if (host.kind(place) !== undefined) return host.realpath(place) !== place;
    const folder = dirname(place);
    const names = lists.get(folder) ?? new Set(host.list(folder));
    lists.set(folder, names);
    return names.has(basename(place));
  }
}

/** `a`, `a/b` for `a/b/c`. */
function foldersOf(path: string): string[] {
  const parts = path.split('/');
  return parts.slice(1).map((_, index) => parts.slice(0, index + 1).join('/'));
}

function obstacle(shown: string, what: string): Diagnostic {
  return problem('GX011', `${what} stands at "${shown}", where a file is to be written`, shown, {
    why: 'gxgen replaces nothing but regular files, so nothing was changed',
    help: 'move it away, or choose another directory',
  });
}

function unreadable(shown: string): Diagnostic {
  return problem('GX014', `cannot read "${shown}", which would be replaced`, shown, {
    why: 'what cannot be read cannot be put back when a later step fails, so nothing was changed',
    help: 'let the user who runs gxgen read it, or remove it',
  });
}

function notDirectory(shown: string): Diagnostic {
  return problem('GX012', `"${shown}" is no directory`, shown, {
    help: 'move it away, or choose another directory',
  });
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
