// Changes sets of files in one step: whoever reads them sees all old ones until one rename, and all new ones after it,
// also when gxgen is killed or the power fails at any point. Several directories switch together.

import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { dirname, join } from '../model/paths.ts';
import { type Journal, type JournalDirectory, switchPath, transitLink } from './journal.ts';
import { settle } from './settle.ts';
import { planJournal, type SetChange, stage } from './stage.ts';
import { replaceLink } from './tree.ts';

/**
 * How a switch ended: `done`; `undone` for nothing changed; `interrupted` when what was begun could not be ended, so
 * that links stand where files should: everyone sees the new set (`committed`) or the old one, and it can be settled.
 */
export interface SwitchResult {
  readonly outcome: 'done' | 'undone' | 'interrupted';
  readonly committed: boolean;
  /** The first error of the system, and what was being done. */
  readonly failure?: { readonly error: unknown; readonly path: string };
}

/** Generations that the changes name must have been written. What stands must be what `before` says. */
export function switchSets(host: Host, changes: readonly SetChange[]): SwitchResult {
  const journal = planJournal(host, changes);
  const directories = journal.directories.map(({ directory }) => directory);
  const [leader] = journal.directories;
  if (!leader) return { outcome: 'done', committed: true };
  let committed = false;
  let path = directories[0] ?? '';
  try {
    stage(host, journal, changes, (place) => {
      path = place;
    });
    for (const one of journal.directories) {
      path = one.directory;
      link(host, one, (name) => {
        path = name;
      });
    }
    path = leader.directory;
    turn(host, leader);
    committed = true;
    settle(host, { journal, committed });
    return { outcome: 'done', committed };
  } catch (error) {
    const failure = { error, path };
    const now = host.entry(join(leader.views, 'now'))?.to;
    committed ||= now === 'sets/new';
    const outcome = retreat(host, journal, committed) ? (committed ? 'done' : 'undone') : 'interrupted';
    return { outcome, committed, failure };
  }
}

/** Puts links where the files are. */
function link(host: Host, directory: JournalDirectory, at: (path: string) => void): void {
  for (const folder of directory.folders) host.mkdir(join(directory.directory, folder), 0o755);
  const touched = new Set<string>();
  directory.files.forEach(({ path }, index) => {
    const place = join(directory.directory, path);
    at(place);
    const fresh = switchPath(directory.directory, 'links', String(index));
    host.symlink(transitLink(directory, path), fresh);
    host.rename(fresh, place);
    touched.add(dirname(place));
  });
  for (const folder of directory.folders) touched.add(dirname(join(directory.directory, folder)));
  for (const folder of touched) host.syncDirectory(folder);
}

/** The switch. */
function turn(host: Host, leader: JournalDirectory): void {
  replaceLink(host, 'sets/new', join(leader.views, 'now'));
}

/** Settles after a failure; false when that fails as well. */
function retreat(host: Host, journal: Journal, committed: boolean): boolean {
  try {
    settle(host, { journal, committed });
    return true;
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    return false;
  }
}
