// Everything a switch needs, written beside the installed files, which stay as they are.

import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import { type Content, createContent } from './content.ts';
import { type Journal, type JournalDirectory, switchPath } from './journal.ts';
import { viewsPath } from './state.ts';
import { foldersOf } from './tree.ts';

/** What changes in one directory. */
export interface SetChange {
  /** Absolute, without links. */
  readonly directory: string;
  readonly target: string;
  /** The generation that is current after the switch. */
  readonly generation: number;
  readonly files: readonly FileChange[];
}

export interface FileChange {
  readonly path: string;
  /** What stands there; undefined where nothing does. */
  readonly before: Content | undefined;
  /** What is to stand there; undefined for a file that goes. */
  readonly after: Content | undefined;
}

// These programs refuse a link that leads nowhere, where systemd and supervisor see no file; an empty file does nothing.
const refusesDanglingLinks: ReadonlySet<string> = new Set(['nginx', 'apache']);

/** What the switch will be, to be carried out by `switchSets`. */
export function planJournal(host: Host, changes: readonly SetChange[]): Journal {
  return {
    version: 1,
    directories: changes.map(({ directory, target, generation, files }): JournalDirectory => {
      const kept = files.filter(({ after }) => after !== undefined).map(({ path }) => path);
      return {
        directory,
        views: viewsPath(directory, target),
        generation,
        files: files.map(({ path, before, after }) => ({
          path,
          before: before !== undefined,
          after: after !== undefined,
        })),
        folders: foldersOf(kept).filter((one) => one !== '' && host.kind(join(directory, one)) === undefined),
      };
    }),
  };
}

/** Writes and flushes it all, the journal last: with that the switch is armed. @param at is told where it writes */
export function stage(
  host: Host,
  journal: Journal,
  changes: readonly SetChange[],
  at: (path: string) => void,
): void {
  const [leader] = journal.directories;
  if (!leader) return;
  journal.directories.forEach((one, index) => {
    const change = changes[index];
    if (change) stageDirectory(host, one, change, at);
    if (one !== leader) host.symlink(leader.directory, switchPath(one.directory, 'leader'));
    host.syncDirectory(switchPath(one.directory));
  });
  at(leader.views);
  stageViews(host, journal, leader);
  at(leader.directory);
  const place = switchPath(leader.directory, 'journal.json');
  host.create(`${place}.new`, new TextEncoder().encode(`${JSON.stringify(journal, null, 1)}\n`), 0o644);
  host.rename(`${place}.new`, place);
  host.syncDirectory(switchPath(leader.directory));
}

function stageDirectory(
  host: Host,
  { directory, views }: JournalDirectory,
  { files, target }: SetChange,
  at: (path: string) => void,
): void {
  at(directory);
  host.mkdir(switchPath(directory), 0o755);
  // Before there are views: so that they are found again.
  host.symlink(views, switchPath(directory, 'views-at'));
  for (const folder of ['put', 'back', 'links']) host.mkdir(switchPath(directory, folder), 0o700);
  files.forEach(({ before, after }, index) => {
    if (after) createContent(host, switchPath(directory, 'put', String(index)), after);
    if (before) createContent(host, switchPath(directory, 'back', String(index)), before);
  });
  for (const folder of ['put', 'back']) host.syncDirectory(switchPath(directory, folder));

  // Beside the directory, perhaps where whoever owns that may not write.
  at(views);
  host.mkdir(views, 0o755);
  const empty = refusesDanglingLinks.has(target);
  for (const side of ['old', 'new'] as const) {
    const folders = foldersOf(files.map(({ path }) => path)).map((one) => join(views, join(side, one)));
    for (const folder of folders) host.mkdir(folder, 0o755);
    for (const { path, before, after } of files) {
      const content = side === 'old' ? before : after;
      const other = side === 'old' ? after : before;
      if (content) createContent(host, join(views, `${side}/${path}`), content);
      else if (empty && other)
        createContent(host, join(views, `${side}/${path}`), { ...other, bytes: new Uint8Array() });
    }
    for (const folder of folders) host.syncDirectory(folder);
  }
  at(directory);
}

function stageViews(host: Host, { directories }: Journal, leader: JournalDirectory): void {
  for (const side of ['old', 'new']) {
    const set = join(leader.views, `sets/${side}`);
    host.mkdir(set, 0o755);
    directories.forEach(({ views }, index) => {
      host.symlink(join(views, side), join(set, String(index)));
    });
    host.syncDirectory(set);
  }
  host.symlink('sets/old', join(leader.views, 'now'));
  directories.forEach(({ views }, index) => {
    host.symlink(join(leader.views, `now/${index}`), join(views, 'front'));
    host.syncDirectory(views);
  });
}
