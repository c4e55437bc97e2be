// The directories of one run: made where they are missing, locked, healed, and given back.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { dirname } from '../model/paths.ts';
import { words, writeProblem } from './failure.ts';
import { readArmed, switchPath } from './journal.ts';
import { type Holder, lock, unlock } from './lock.ts';
import { lostCurrent } from './manifest.ts';
import { clear, settle } from './settle.ts';
import { stateFolder, statePath } from './state.ts';

/** A directory that is held. */
export interface Held {
  /** As people name it. */
  readonly shown: string;
  /** Without links. */
  readonly directory: string;
  /** Directories that were made for it, parents first. */
  readonly made: readonly string[];
}

export interface Session {
  /** As asked for; fewer when something was in the way, which has been reported. */
  readonly held: readonly Held[];
  /** Says in words what was done beside: made, healed. */
  readonly news: readonly string[];
  /** Gives everything back, and removes what was made for nothing. */
  close(): void;
}

/** @param create whether directories that are missing are made */
export function openSession(host: Host, shown: readonly string[], create: boolean, report: Report): Session {
  const news: string[] = [];
  const held: Held[] = [];
  const locks = new Map<string, string>();
  const problems: Diagnostic[] = [];
  // Always in the same order, so that two runs never wait for each other's second directory.
  const found = shown.flatMap((one) => make(host, one, create, news, problems) ?? []);
  for (const one of found.toSorted((a, b) => (a.directory < b.directory ? -1 : 1)))
    hold(one.directory, one.shown);
  if (problems.length === 0) for (const one of found) heal(one);
  if (problems.length === 0) held.push(...found);
  for (const one of problems) report(one);
  return { held, news, close };

  function hold(directory: string, name: string): void {
    if (locks.has(directory) || problems.length > 0) return;
    try {
      const locked = lock(host, directory);
      if (!locked.ok) problems.push(heldProblem(name, locked.holder));
      else {
        locks.set(directory, locked.path);
        for (const { pid, since } of locked.stale)
          news.push(`the run that held ${name} is gone (process ${pid}, since ${since})`);
      }
    } catch (error) {
      problems.push(writeProblem(`${name}/${stateFolder}`, error, 'nothing was changed'));
    }
  }

  function heal({ directory, shown: name }: Held): void {
    try {
      const armed = readArmed(host, directory);
      for (const one of armed?.journal.directories ?? []) hold(one.directory, one.directory);
      if (problems.length > 0) return;
      const leader = host.entry(switchPath(directory, 'leader'))?.to;
      if (!armed && leader !== undefined && host.kind(leader) === undefined) {
        problems.push(leaderMissing(name, leader));
        return;
      }
      if (armed) {
        settle(host, armed);
        const state = armed.committed ? 'completed' : 'taken back';
        news.push(`an interrupted switch of files in ${name} was ${state}`);
      }
      const lost = lostCurrent(host, directory);
      if (lost) {
        problems.push(lost);
        return;
      }
      clear(host, directory);
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
      problems.push(
        problem('GX840', `cannot tidy up after an interrupted run in "${name}": ${words(error)}`, name, {
          severity: 'error',
          why: 'nothing was changed',
        }),
      );
    }
  }

  function close(): void {
    for (const path of locks.values()) attempt(() => unlock(host, path));
    for (const { directory, made } of found)
      for (const path of [statePath(directory, 'generations'), statePath(directory), ...made.toReversed()])
        if (host.entry(path) && host.list(path).length === 0) attempt(() => host.removeDirectory(path));
  }

  // What cannot be given back is found and healed by the next run.
  function attempt(work: () => unknown): void {
    try {
      work();
    } catch (error) {
      if (codeOf(error) === undefined) throw error;
    }
  }
}

function make(
  host: Host,
  shown: string,
  create: boolean,
  news: string[],
  problems: Diagnostic[],
): Held | undefined {
  const kind = host.kind(shown);
  if (kind !== undefined && kind !== 'directory') {
    problems.push(
      problem('GX012', `"${shown}" is no directory`, shown, { help: 'name the directory of the files' }),
    );
    return undefined;
  }
  if (kind === undefined && !create) {
    problems.push(problem('GX012', `there is no directory "${shown}"`, shown));
    return undefined;
  }
  try {
    const made = missing(host, shown);
    if (kind === undefined) {
      host.mkdir(shown, 0o755);
      news.push(`${shown} was made: it did not exist`);
    }
    const directory = host.realpath(shown);
    const unsafe = stateProblem(host, directory, shown);
    if (unsafe) {
      problems.push(unsafe);
      return undefined;
    }
    if (create) host.mkdir(statePath(directory), 0o755);
    else if (!host.entry(statePath(directory))) {
      problems.push(nothingInstalled(shown));
      return undefined;
    }
    return { shown, directory, made };
  } catch (error) {
    problems.push(writeProblem(shown, error, 'nothing was changed'));
    return undefined;
  }
}

/** The directories on the way to one that do not exist, parents first. */
function missing(host: Host, shown: string): string[] {
  if (host.kind(shown) !== undefined) return [];
  const above = dirname(shown);
  return [...(above === shown || above === '.' ? [] : missing(host, above)), shown];
}

function stateProblem(host: Host, directory: string, shown: string): Diagnostic | undefined {
  const entry = host.entry(statePath(directory));
  const name = `${shown}/${stateFolder}`;
  if (!entry) return undefined;
  if (entry.kind !== 'directory')
    return problem('GX848', `"${name}" is no directory`, name, { help: 'remove it' });
  const trusted = [0, host.user, host.entry(directory)?.user].includes(entry.user);
  if (trusted && (entry.mode & 0o022) === 0) return undefined;
  return problem('GX848', `"${name}" can be changed by other accounts`, name, {
    why: 'what stands in it decides which files gxgen replaces and removes',
    help: 'give it to the owner of the directory, with mode 0755, if what it holds can be trusted; remove it otherwise',
  });
}

/** Said where gxgen has installed nothing. */
export function nothingInstalled(shown: string): Diagnostic {
  return problem('GX852', `gxgen has installed nothing in "${shown}"`, shown, {
    help: `install it first: gxgen apply --installed ${shown}`,
  });
}

function leaderMissing(shown: string, leader: string): Diagnostic {
  return problem(
    'GX840',
    `a switch of files in "${shown}" was interrupted together with one in "${leader}", which is not there`,
    shown,
    {
      severity: 'error',
      why: 'what tells whether the old or the new files count is in that directory; nothing was changed',
      help: 'bring it back (is it mounted?), and run the same command again',
    },
  );
}

function heldProblem(shown: string, { pid, since }: Holder): Diagnostic {
  const who = pid === 0 ? 'another run of gxgen' : `process ${pid} of gxgen, since ${since}`;
  return problem('GX843', `"${shown}" is being changed by ${who}`, shown, {
    why: 'nothing was changed',
    help: 'run the same command again when the other one has ended',
  });
}
