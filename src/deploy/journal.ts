// A switch from one set of files to another, on paper: what it needs to be completed or undone by whoever comes later.
//
// While it is under way every name that changes is a link, `NAME -> .../front/NAME`. `front` leads over `now`, one link
// for all directories, to the view of the old files or to that of the new ones; turning `now` is the switch.
//
//   DIR/.gxgen/switch/journal.json   of the first directory: all of it; with this file the switch is armed
//   DIR/.gxgen/switch/leader -> DIR  of the others: where the journal is
//   DIR/.gxgen/switch/views-at -> VIEWS
//   DIR/.gxgen/switch/put/N          the new file of entry N, ready to be renamed into its place
//   DIR/.gxgen/switch/back/N         the old one
//   VIEWS/old/NAME  VIEWS/new/NAME   the views
//   VIEWS/front -> FIRST/now/N       of the directory N
//   FIRST/now -> sets/old            or sets/new: the switch
//   FIRST/sets/{old,new}/N -> ...    the view of the directory N

import type { Host } from '../host/host.ts';
import { join, normalize } from '../model/paths.ts';
import { namedGeneration, statePath } from './state.ts';

export interface Journal {
  readonly version: 1;
  /** The first leads. */
  readonly directories: readonly JournalDirectory[];
}

export interface JournalDirectory {
  /** Absolute, without links. */
  readonly directory: string;
  readonly views: string;
  /** The generation that is current after the switch. */
  readonly generation: number;
  /** Names that change: whether there is a file before and after. */
  readonly files: readonly { readonly path: string; readonly before: boolean; readonly after: boolean }[];
  /** Folders below the directory that the switch makes, parents first. */
  readonly folders: readonly string[];
}

/** A switch that was begun and not ended. */
export interface Armed {
  readonly journal: Journal;
  /** True once the new files are what everyone sees. */
  readonly committed: boolean;
}

export function switchPath(directory: string, ...rest: readonly string[]): string {
  return statePath(directory, 'switch', ...rest);
}

/** The text of the link that stands for a name while the switch is under way. */
export function transitLink(
  { directory, views }: Pick<JournalDirectory, 'directory' | 'views'>,
  path: string,
) {
  const depth = path.split('/').length - 1;
  return `${'../'.repeat(depth)}${relative(directory, views)}/front/${path}`;
}

/** The switch that is under way in a directory, if one is. @param directory without links */
export function readArmed(host: Host, directory: string): Armed | undefined {
  const leader = host.entry(switchPath(directory, 'leader'))?.to ?? directory;
  const read = host.read(switchPath(leader, 'journal.json'));
  const journal = read.ok ? parse(new TextDecoder().decode(read.bytes)) : undefined;
  const [first] = journal?.directories ?? [];
  if (!journal || !first?.directory || first.directory !== leader) return undefined;
  if (!journal.directories.some((one) => one.directory === directory)) return undefined;
  return { journal, committed: isCommitted(host, journal) };
}

/** The generation that everyone sees. */
export function currentGeneration(host: Host, directory: string): number | undefined {
  const armed = readArmed(host, directory);
  const own = armed?.journal.directories.find((one) => one.directory === directory);
  return armed?.committed && own ? own.generation : namedGeneration(host, directory);
}

// The views go after the journal, so without them somebody else has been at work: then what is left to be put in
// place tells how far the switch was.
function isCommitted(host: Host, { directories }: Journal): boolean {
  const now = host.entry(join(directories[0]?.views ?? '', 'now'))?.to;
  if (now !== undefined) return now === 'sets/new';
  return directories.some(({ directory, files }) =>
    files.some(({ after }, index) => after && !host.entry(switchPath(directory, 'put', String(index)))),
  );
}

function parse(text: string): Journal | undefined {
  try {
    const journal = JSON.parse(text) as Journal;
    const sound =
      journal.version === 1 &&
      journal.directories.every(
        ({ directory, views, generation, files, folders }) =>
          isPlace(directory) &&
          isPlace(views) &&
          Number.isSafeInteger(generation) &&
          [...files.map(({ path }) => path), ...folders].every(isName),
      );
    return sound ? journal : undefined;
  } catch {
    return undefined;
  }
}

function isPlace(path: string): boolean {
  return path.startsWith('/') && normalize(path) === path;
}

/** True for a path that stays in its directory. */
export function isName(path: string): boolean {
  return (
    !path.split('/').some((part) => part === '' || part === '.' || part === '..') && !path.includes('\0')
  );
}

/** The way from a directory to a place, both absolute and without links. */
function relative(directory: string, place: string): string {
  const [from, to] = [directory, place].map((path) => path.split('/').filter(Boolean)) as [
    string[],
    string[],
  ];
  let same = 0;
  while (same < from.length && same < to.length && from[same] === to[same]) same++;
  return [...from.slice(same).map(() => '..'), ...to.slice(same)].join('/');
}
