// What stands where a set of files is to be installed: what may be changed, and what belongs to somebody else.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Entry, Host } from '../host/host.ts';
import { dirname, join } from '../model/paths.ts';
import { type Content, sameBytes, sameContent, standing } from './content.ts';
import { hashOf } from './digest.ts';
import type { ManifestFile } from './manifest.ts';
import type { FileChange } from './stage.ts';

/** A file to be installed. */
export interface Wanted {
  readonly path: string;
  readonly content: Content;
}

export interface Examination {
  /** What has to change, sorted by path. */
  readonly changes: readonly FileChange[];
  /** What stands there now of the files that are owned, or are to be: for a generation of its own before they change. */
  readonly found: ReadonlyMap<string, Content>;
  /** Files that are somebody's work: edited since they were written, or never written by gxgen. Sorted by path. */
  readonly others: readonly string[];
}

export interface Examined {
  /** Without links. */
  readonly directory: string;
  /** The directory as people name it. */
  readonly shown: string;
  /** The files that gxgen installed. */
  readonly owned: readonly ManifestFile[];
  readonly wanted: readonly Wanted[];
  /** Files to be taken over although gxgen did not write them, which go when they are not wanted. */
  readonly taken: readonly string[];
  /** Files that gxgen made and that no manifest has, and that are not wanted any more. */
  readonly unrecorded?: readonly string[];
  /** Edited and foreign files are taken over instead of being in the way. */
  readonly adopt: boolean;
  /** Files are to have the owners that they are wanted with, not whoever runs gxgen or installed them. */
  readonly exactly?: boolean;
}

export function examine(host: Host, input: Examined, report: Report): Examination {
  const { directory, shown, adopt } = input;
  const owned = new Map(input.owned.map((one) => [one.path, one]));
  const wanted = new Map(input.wanted.map(({ path, content }) => [path, content]));
  const changes: FileChange[] = [];
  const found = new Map<string, Content>();
  const others: string[] = [];
  const folders = new Map<string, boolean>();
  const paths = new Set([...owned.keys(), ...wanted.keys(), ...input.taken, ...(input.unrecorded ?? [])]);
  for (const path of [...paths].sort()) {
    const after = wanted.get(path);
    if (!isOpen(dirname(path))) continue;
    const name = join(shown, path);
    const entry = host.entry(join(directory, path));
    const before = standing(host, directory, path);
    if (!entry) {
      if (after) changes.push({ path, before: undefined, after });
    } else if (entry.kind !== 'file') report(after ? taken(name, entry) : forgotten(name, entry));
    else if (!before) report(unreadable(name));
    else judge(path, name, before, after);
  }
  return { changes, found, others };

  function judge(path: string, name: string, before: Content, after: Content | undefined): void {
    const own = owned.get(path);
    const pristine = own !== undefined && isAsWritten(before, own);
    const asWanted =
      after !== undefined && before.mode === after.mode && sameBytes(before.bytes, after.bytes);
    found.set(path, before);
    if (!pristine && !asWanted) {
      others.push(path);
      if (!adopt && !input.taken.includes(path)) {
        report(own ? edited(name, before, own) : foreign(name, after !== undefined));
        return;
      }
    }
    // Whose a file is that is as it should be is left to whoever changed it.
    if (!input.exactly && asWanted && (pristine || before.user === after.user)) return;
    if (after && sameContent(before, after)) return;
    if (host.user !== 0 && before.user !== host.user) report(otherOwner(name));
    else changes.push({ path, before, after });
  }

  /** Whether a folder below the directory is one, or can become one; what is in the way is reported once. */
  function isOpen(folder: string): boolean {
    if (folder === '.') return true;
    const known = folders.get(folder);
    if (known !== undefined) return known;
    let open = isOpen(dirname(folder));
    const entry = open ? host.entry(join(directory, folder)) : undefined;
    if (entry && entry.kind !== 'directory') {
      report(taken(join(shown, folder), entry));
      open = false;
    }
    folders.set(folder, open);
    return open;
  }
}

/** True for a file that is as gxgen wrote it. */
export function isAsWritten(content: Content, { hash, mode, user, group }: ManifestFile): boolean {
  return (
    content.mode === mode &&
    content.user === user &&
    content.group === group &&
    hashOf(content.bytes) === hash
  );
}

function edited(name: string, content: Content, own: ManifestFile): Diagnostic {
  const what =
    hashOf(content.bytes) !== own.hash
      ? 'was edited'
      : content.mode !== own.mode
        ? `got the mode ${octal(content.mode)} instead of ${octal(own.mode)}`
        : 'was given to another account';
  return problem('GX844', `"${name}" ${what} since gxgen wrote it`, name, {
    why: 'what was changed there would be lost',
    help: 'write the change into the configuration, or overwrite it with --adopt: what stands there now is kept as a generation',
  });
}

function foreign(name: string, wanted: boolean): Diagnostic {
  return problem('GX845', `"${name}" was not installed by "gxgen apply"`, name, {
    why: wanted
      ? 'a file of this name is to be installed, and this one would be lost'
      : 'gxgen made it, and it is no part of the set any more, so it would go',
    help: 'move it away, or take it over with --adopt: what stands there now is kept as a generation',
  });
}

function taken(name: string, { kind, to }: Entry): Diagnostic {
  if (kind === 'link' && to === '/dev/null')
    return problem('GX846', `"${name}" is masked`, name, {
      why: 'somebody has decided that this unit must not start',
      help: `take that back (systemctl unmask ${name.slice(name.lastIndexOf('/') + 1)}), or turn the service off in the configuration`,
    });
  return problem('GX846', `${words[kind]} stands at "${name}"`, name, {
    why: 'a file is to be installed there, and gxgen replaces nothing but regular files',
    help:
      kind === 'link' ? 'remove the link if nobody needs it' : 'move it away, or choose another directory',
  });
}

function forgotten(name: string, { kind }: Entry): Diagnostic {
  return problem('GX849', `${words[kind]} stands at "${name}", where gxgen had a file`, name, {
    why: 'the file is no longer needed; what stands there is left alone, and gxgen forgets the name',
  });
}

function otherOwner(name: string): Diagnostic {
  return problem('GX847', `"${name}" belongs to another account`, name, {
    why: 'it has to change, and only root could put it back as it was',
    help: 'run gxgen as the owner of the file, or as root',
  });
}

function unreadable(name: string): Diagnostic {
  return problem('GX014', `cannot read "${name}"`, name, {
    why: 'what cannot be read cannot be put back when a later step fails, so nothing was changed',
    help: 'run gxgen as the owner of the file, or as root',
  });
}

const words: Readonly<Record<Entry['kind'], string>> = {
  file: 'a file',
  directory: 'a directory',
  link: 'a symbolic link',
  other: 'a special file',
};

function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}
