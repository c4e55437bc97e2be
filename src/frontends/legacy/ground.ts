// Where a legacy Galaxy lives: its root, its virtualenv, its logs. Legacy files do not say so in one place, so it is
// put together from what the programs and uWSGI are told.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { UwsgiFacts } from '../../model/legacy.ts';
import { derived, type Located, map, spanOf } from '../../model/located.ts';
import { basename, dirname, isAbsolute, join, normalize } from '../../model/paths.ts';
import type { FileRef, Files } from '../../syntax/files.ts';
import type { LegacySettings } from './index.ts';
import type { ReadProgram } from './supervisor-programs.ts';
import { uwsgiValue } from './uwsgi-options.ts';

/** The folder that programs run in, before uWSGI changes it: relative paths of its includes begin there. */
export function folderOf(main: FileRef, programs: readonly ReadProgram[], settings: LegacySettings): string {
  return settings.root?.value ?? programFolder(programs)?.value ?? usualRoot(main);
}

export function rootOf(
  main: FileRef,
  programs: readonly ReadProgram[],
  uwsgi: UwsgiFacts | undefined,
  settings: LegacySettings,
  { files, report }: { readonly files: Files; readonly report: Report },
): Located<string> {
  const stated = settings.root ?? programFolder(programs);
  if (stated) return map(stated, normalize);
  const chdir = uwsgi && uwsgiValue(uwsgi.options, 'chdir')?.value;
  if (chdir && isAbsolute(chdir.value)) return map(chdir, normalize);
  const root = usualRoot(main);
  if (files.kind(files.at(join(root, 'lib/galaxy'))) !== 'directory' && programs.length === 0) {
    report(
      problem('GX906', `the Galaxy code is taken to be in "${root}"`, main.shown, {
        help: 'state "galaxy_root" in gxgen.yml under "legacy", or name the supervisor file: --supervisor FILE',
      }),
    );
  }
  return derived(root, 'the folder of the configuration');
}

function usualRoot(main: FileRef): string {
  const folder = dirname(main.server);
  return basename(folder) === 'config' ? dirname(folder) : folder;
}

function programFolder(programs: readonly ReadProgram[]): Located<string> | undefined {
  const folders = programs
    .filter((one) => one.program.role !== 'other')
    .flatMap((one) => one.processes)
    .flatMap(
      ({ cwd, facts, argv }) =>
        cwd ?? (facts.directory && argv[0] ? map(argv[0], () => facts.directory as string) : []),
    );
  return mostCommon(folders.filter((one) => isAbsolute(one.value)));
}

export function virtualenvOf(
  root: Located<string>,
  programs: readonly ReadProgram[],
  uwsgi: UwsgiFacts | undefined,
  settings: LegacySettings,
  files: Files,
): Located<string> | undefined {
  if (settings.virtualenv) return settings.virtualenv;
  const galaxy = programs.filter((one) => one.program.role !== 'other').flatMap((one) => one.processes);
  const own = galaxy.flatMap(({ facts, argv }) =>
    facts.virtualenv !== undefined && argv[0] ? [map(argv[0], () => facts.virtualenv as string)] : [],
  );
  const variables = galaxy.flatMap(({ env }) =>
    env.filter((one) => one.name === 'VIRTUAL_ENV').map((one) => one.value),
  );
  // The root of the virtualenv itself stands there too: the documentation has it so.
  const paths = galaxy.flatMap(({ env }) =>
    env
      .filter((one) => one.name === 'PATH')
      .map((one) => map(one.value, (text) => (text.split(':')[0] ?? '').replace(/\/bin$/, '')))
      .filter(
        (one) =>
          one.value.startsWith('/') && !/^\/(?:usr(?:\/local)?|s?bin|opt)?\/?(?:s?bin)?$/.test(one.value),
      ),
  );
  const set = uwsgi && uwsgiValue(uwsgi.options, 'virtualenv')?.value;
  const found = mostCommon(own) ?? set ?? mostCommon(variables) ?? mostCommon(paths);
  if (found) return map(found, (path) => normalize(join(root.value, path)));
  const usual = join(root.value, '.venv');
  return files.kind(files.at(usual)) === 'directory'
    ? derived(usual, 'the folder .venv of the Galaxy root')
    : undefined;
}

export function logDirOf(
  root: Located<string>,
  programs: readonly ReadProgram[],
  uwsgi: UwsgiFacts | undefined,
): Located<string> {
  const logs = programs
    .filter((one) => one.program.role !== 'other')
    .flatMap((one) => one.processes.flatMap(({ log }) => log ?? []));
  const most = mostCommon(logs.map((one) => map(one, dirname)));
  if (most) return derived(normalize(join(root.value, most.value)), 'the logs of the programs', spanOf(most));
  const logto = uwsgi && uwsgiValue(uwsgi.options, 'logto')?.value;
  if (logto?.value.includes('/'))
    return derived(normalize(join(root.value, dirname(logto.value))), 'logto', spanOf(logto));
  // Where run.sh puts them.
  return derived(root.value, 'the Galaxy root', spanOf(root));
}

function mostCommon(values: readonly Located<string>[]): Located<string> | undefined {
  const counts = new Map<string, number>();
  for (const { value } of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  let best: Located<string> | undefined;
  for (const one of values)
    if (best === undefined || (counts.get(one.value) ?? 0) > (counts.get(best.value) ?? 0)) best = one;
  return best;
}
