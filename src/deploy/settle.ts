// Ends a switch: what stands behind links is put into its place. In the ordinary run as after an interruption, forward
// when the switch was made, backward when it was not.

import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { basename, dirname, join } from '../model/paths.ts';
import { removeUncommitted } from './generations.ts';
import { type Armed, type JournalDirectory, switchPath, transitLink } from './journal.ts';
import { lostCurrent } from './manifest.ts';
import { checkPath, namedGeneration, stateFolder, statePath } from './state.ts';
import { removeTree, replaceLink } from './tree.ts';

/** Throws the system's error where a call fails; then everything still stands behind links, and can be settled later. */
export function settle(host: Host, { journal, committed }: Armed): void {
  for (const one of journal.directories) {
    place(host, one, committed);
    if (committed && namedGeneration(host, one.directory) !== one.generation)
      replaceLink(host, `generations/${one.generation}`, statePath(one.directory, 'current'));
    removeFolders(host, one, committed);
  }
  const [leader] = journal.directories;
  if (leader) disarm(host, leader.directory);
  for (const one of journal.directories) clear(host, one.directory);
}

/** Removes what a switch that is not armed has left behind. @param directory without links */
export function clear(host: Host, directory: string): void {
  const views = host.entry(switchPath(directory, 'views-at'))?.to;
  if (views !== undefined && isViews(directory, views)) removeTree(host, views);
  removeTree(host, switchPath(directory));
  removeTree(host, checkPath(directory));
  const fresh = statePath(directory, 'current.new');
  if (host.entry(fresh)) host.remove(fresh);
  // Where nothing says which one is installed, none can be told from the remains of a switch.
  if (!lostCurrent(host, directory)) removeUncommitted(host, directory, namedGeneration(host, directory));
}

// A name that is an ordinary file by now is left alone: it is the one that belongs there, or somebody's edit since.
function place(host: Host, directory: JournalDirectory, committed: boolean): void {
  const touched = new Set<string>();
  directory.files.forEach(({ path, before, after }, index) => {
    const name = join(directory.directory, path);
    const entry = host.entry(name);
    const ours = entry?.kind === 'link' && entry.to === transitLink(directory, path);
    if (entry && !ours) return;
    const source = switchPath(directory.directory, committed ? 'put' : 'back', String(index));
    if (committed ? after : before) {
      if (!host.entry(source)) return;
      if (!entry) host.mkdir(dirname(name));
      host.rename(source, name);
    } else if (ours) host.remove(name);
    else return;
    touched.add(dirname(name));
  });
  for (const folder of touched) host.syncDirectory(folder);
}

/** Removes the folders that have become empty: those of files that are gone, or those made for files that never came. */
function removeFolders(
  host: Host,
  { directory, files, folders }: JournalDirectory,
  committed: boolean,
): void {
  const gone = files.filter(({ after }) => !after).map(({ path }) => path);
  const left = committed ? parentsOf(gone) : folders;
  for (const folder of left.toReversed()) {
    const path = join(directory, folder);
    if (host.entry(path)?.kind !== 'directory' || host.list(path).length > 0) continue;
    try {
      host.removeDirectory(path);
    } catch (error) {
      // Something has come into it, or it is watched over by somebody else: an empty folder does no harm.
      if (codeOf(error) === undefined) throw error;
    }
  }
}

/** Parents first. */
function parentsOf(paths: readonly string[]): string[] {
  const found = new Set<string>();
  for (const path of paths)
    for (let folder = dirname(path); folder !== '.'; folder = dirname(folder)) found.add(folder);
  return [...found].sort();
}

function disarm(host: Host, leader: string): void {
  const journal = switchPath(leader, 'journal.json');
  if (!host.entry(journal)) return;
  host.remove(journal);
  host.syncDirectory(switchPath(leader));
}

// The link tells where views were made, and only what has such a name can have been.
function isViews(directory: string, views: string): boolean {
  return views === join(dirname(directory), `${stateFolder}-${basename(directory)}`);
}
