// A set of files that is about to take the place of another server's: of an instance whose configuration was not named, or
// of another process manager. One directory holds one set, and what is not in it goes.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Deployment } from '../model/deployment.ts';
import type { Manifest } from './manifest.ts';
import { orphanProblems } from './orphans.ts';
import type { Snapshot } from './snapshot.ts';
import type { TargetDiff } from './target-diff.ts';

/** An instance that is installed and that nothing of the new set stands for. */
export interface Dropped {
  readonly instance: string;
  /** Where its configuration stands on the server. */
  readonly configFile: string;
}

/** One that only changed its name still has its configuration among the new ones. */
export function droppedInstances({ facts }: Snapshot, { instances }: Deployment): Dropped[] {
  const names = new Set(instances.map((one) => one.name.value));
  const files = new Set(instances.map((one) => one.configFile.value));
  return facts.flatMap(({ instance, path, value }) =>
    path.join('/') === 'instance/config_file' &&
    typeof value === 'string' &&
    !names.has(instance) &&
    !files.has(value)
      ? [{ instance, configFile: value }]
      : [],
  );
}

/** Whose jobs would be left behind. @param allowed with `--allow-orphans`: said, but in nobody's way */
export function leftBehind(
  { plan, dropped, directory: shown = '' }: Pick<TargetDiff, 'plan' | 'dropped' | 'directory'>,
  allowed: boolean,
): Diagnostic[] {
  const instances = dropped.map(({ instance, configFile }) =>
    problem(
      'GX812',
      `instance "${instance}" would be stopped, and its files removed from "${shown}"`,
      shown,
      {
        ...(allowed ? { severity: 'warning' as const } : {}),
        why: `one directory holds one set of files, and "${configFile}" is not among what is compiled now`,
        help: allowed
          ? 'see that nobody needs its jobs any more'
          : 'name that file too, and leave out --instance; if the instance is to go: --allow-orphans',
      },
    ),
  );
  return [...instances, ...(plan ? orphanProblems(plan, allowed) : [])];
}

/** Reports where the files of one process manager would take the place of another's, which would go on running. */
export function reportOtherTarget({ target }: Manifest, wanted: string, shown: string, report: Report): void {
  if (target === wanted) return;
  report(
    problem(
      'GX861',
      `"${shown}" holds what gxgen installed for ${target}, and this is for ${wanted}`,
      shown,
      {
        why: `the files of ${target} would be removed while what they started runs on, and ${wanted} would not look there`,
        help: `install into a directory of its own (--installed ${wanted}=DIR); then stop what ${target} runs, and remove the files that "gxgen history --installed ${shown} --format json" lists`,
      },
    ),
  );
}
