// Directories in which files are installed, as the command line names them: `--installed DIR`, `--installed nginx=DIR`.

import { backends } from '../backends/index.ts';
import type { Deployment } from '../model/deployment.ts';
import { isAbsolute, join, normalize } from '../model/paths.ts';
import { suggest } from '../text/suggest.ts';
import { type Arguments, type Option, UsageError } from './command.ts';
import { type TargetPart, targetParts } from './compiling.ts';

export const installedOption = {
  installed: {
    type: 'string',
    many: true,
    value: '[TARGET=]DIR',
    describe: 'the directory in which the files are installed; several with their targets (nginx=DIR)',
  },
} as const satisfies Record<string, Option>;

export interface InstalledDirectory {
  /** As named on the command line; undefined when only a directory is named. */
  readonly target?: string;
  /** As named. */
  readonly directory: string;
}

export interface InstalledPart {
  readonly part: TargetPart;
  readonly directory: string;
}

/** The directories of `--installed`. @param cwd to tell whether two are the same */
export function installedDirectories(args: Arguments, cwd: string): InstalledDirectory[] {
  const named = args.texts('installed').map((text): InstalledDirectory => {
    const [, target = '', directory = ''] = /^([a-z][a-z0-9-]*)=(.*)$/s.exec(text) ?? [];
    const found = backends.find((one) => one.name === target);
    if (found && directory === '') throw new UsageError(`--installed ${text} names no directory`);
    const near =
      found || target === ''
        ? undefined
        : suggest(
            target,
            backends.map(({ name }) => name),
          );
    if (near !== undefined)
      throw new UsageError(
        `no target "${target}"; did you mean "${near}"? (for a directory of that name: --installed ./${text})`,
      );
    // What is no target may be part of a name.
    return found ? { target, directory } : { directory: text };
  });
  if (named.length === 0)
    throw new UsageError('name the directory in which the files are installed: --installed DIR');
  const places = named.map(({ directory }) =>
    normalize(isAbsolute(directory) ? directory : join(cwd, directory)),
  );
  const twice = places.find((place, index) => places.indexOf(place) !== index);
  if (twice !== undefined) throw new UsageError(`--installed names "${twice}" twice`);
  return named;
}

/** The part of the deployment that is installed in each directory of `--installed`. */
export function installedParts(args: Arguments, cwd: string, deployment: Deployment): InstalledPart[] {
  const named = installedDirectories(args, cwd);
  const targets = named.map(({ target }) => target).filter((one) => one !== undefined);
  const twice = targets.find((one, index) => targets.indexOf(one) !== index);
  if (twice !== undefined) throw new UsageError(`--installed names target ${twice} twice`);
  return named.flatMap(({ target, directory }) => {
    const parts = targetParts(deployment, target === undefined ? [] : [target]);
    if (target === undefined && (named.length > 1 || parts.length > 1))
      throw new UsageError(
        `what is installed in ${directory}? write --installed TARGET=${directory} (${backends.map((one) => one.name).join(', ')})`,
      );
    return parts.map((part) => ({ part, directory }));
  });
}
