// Installs sets of files: keeps them as generations, then switches all directories at once.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { join } from '../model/paths.ts';
import { type Content, sameContent, standing } from './content.ts';
import type { Examination } from './examine.ts';
import { words, writeProblem } from './failure.ts';
import { manifestFiles, nextGeneration, pruneGenerations, writeGeneration } from './generations.ts';
import type { Manifest } from './manifest.ts';
import type { PlanCommand } from './plan.ts';
import type { Held } from './session.ts';
import { clear } from './settle.ts';
import type { SetChange } from './stage.ts';
import { type SwitchResult, switchSets } from './switch.ts';
import { writeTodo } from './todo.ts';

/** One set of files, and where it goes. */
export interface Installation {
  readonly held: Held;
  /** What the manifest says beside the files. */
  readonly about: Omit<Manifest, 'version' | 'generation' | 'when' | 'files'>;
  /** Everything that is to be installed, by path. */
  readonly files: ReadonlyMap<string, Content>;
  /** Paths whose text may not be shown. */
  readonly secret: ReadonlySet<string>;
  readonly examination: Examination;
  /** Commands that follow, and that the run is to give itself. */
  readonly todo?: readonly PlanCommand[];
}

export interface Installed {
  /** By directory as people name it: the generation that is current now. Empty when nothing was changed. */
  readonly generations: ReadonlyMap<string, number>;
}

const untouched = 'nothing was changed: files are installed all or none';

/** Locks must be held. What goes wrong is reported; then either everything is as it was, or everything is installed. */
export function install(host: Host, installations: readonly Installation[], report: Report): Installed {
  const none = { generations: new Map() };
  const moved = installations.flatMap((one) => changedMeanwhile(host, one));
  for (const one of moved) report(one);
  if (moved.length > 0) return none;
  const when = new Date(host.now()).toISOString();
  const changes: SetChange[] = [];
  for (const one of installations) {
    const { held } = one;
    try {
      changes.push({
        directory: held.directory,
        target: one.about.target,
        generation: keep(host, one, when),
        files: one.examination.changes,
      });
    } catch (error) {
      tidy(host, installations, report);
      report(writeProblem(held.shown, error, untouched));
      return none;
    }
  }
  const result = switchSets(host, changes);
  if (result.failure) report(failureProblem(result, installations));
  if (!result.committed) {
    if (result.outcome === 'undone') tidy(host, installations, report);
    return none;
  }
  for (const { held } of installations)
    attempt(held.shown, report, () => pruneGenerations(host, held.directory));
  return {
    generations: new Map(
      changes.map(({ generation }, index) => [installations[index]?.held.shown ?? '', generation]),
    ),
  };
}

/** Keeps what stands where that is somebody's work, then what comes. @returns the number of what comes */
function keep(host: Host, one: Installation, when: string): number {
  const { held, about, files, secret, examination, todo = [] } = one;
  const { directory } = held;
  if (examination.others.length > 0) {
    const { found } = examination;
    // Nobody knows what others have written into their files.
    const hidden = new Set([...secret, ...examination.others]);
    writeGeneration(host, directory, {
      manifest: {
        version: 1,
        generation: nextGeneration(host, directory),
        target: about.target,
        when,
        command: 'adopt',
        from: 'files that others wrote',
        sources: [],
        files: manifestFiles(found, hidden),
      },
      files: found,
    });
  }
  const generation = nextGeneration(host, directory);
  writeGeneration(host, directory, {
    manifest: { version: 1, generation, ...about, when, files: manifestFiles(files, secret) },
    files,
  });
  // Before the switch, so that whoever comes after an interruption knows.
  writeTodo(host, directory, generation, todo);
  return generation;
}

// Between the comparison and now a person was asked, and programs ran.
function changedMeanwhile(host: Host, { held, examination }: Installation): Diagnostic[] {
  return examination.changes.flatMap(({ path, before }) => {
    const entry = host.entry(join(held.directory, path));
    const now = standing(host, held.directory, path);
    const same = before ? now !== undefined && sameContent(before, now) : entry === undefined;
    const name = join(held.shown, path);
    return same
      ? []
      : [
          problem('GX851', `"${name}" changed in the meantime`, name, {
            why: untouched,
            help: 'run the same command again, and look at the difference',
          }),
        ];
  });
}

function failureProblem(
  { outcome, committed, failure }: SwitchResult,
  installations: readonly Installation[],
): Diagnostic {
  const { error, path = '' } = failure ?? {};
  const held = installations.map((one) => one.held).find((one) => path.startsWith(one.directory));
  const below = held && path.slice(held.directory.length + 1);
  const shown = held ? (below ? join(held.shown, below) : held.shown) : path;
  if (outcome === 'undone') return writeProblem(shown, error, untouched);
  const why = committed
    ? 'all new files are in effect, some of them behind links of gxgen'
    : 'all old files are in effect, some of them behind links of gxgen';
  if (codeOf(error) === undefined) throw error;
  return outcome === 'done'
    ? problem('GX859', `cannot tidy up "${shown}": ${words(error)}`, shown, {
        why: 'all new files are in effect',
      })
    : problem('GX858', `cannot end the switch of files at "${shown}": ${words(error)}`, shown, {
        why,
        help: 'when the cause is gone, run the same command again: it tidies up first',
      });
}

function tidy(host: Host, installations: readonly Installation[], report: Report): void {
  for (const { held } of installations) attempt(held.shown, report, () => clear(host, held.directory));
}

function attempt(shown: string, report: Report, work: () => void): void {
  try {
    work();
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
    report(problem('GX859', `cannot remove what is no longer needed in "${shown}": ${words(error)}`, shown));
  }
}
