// One pair of sections to everything an instance is, but for its job configuration.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Instance } from '../../model/deployment.ts';
import { byDefault, derived, isWritten, type Located, map, spanOf } from '../../model/located.ts';
import { basename, dirname, isAbsolute, join, normalize } from '../../model/paths.ts';
import type { ServiceSettings } from '../../model/settings.ts';
import { checkSchema } from '../../schema/check.ts';
import { checkGalaxyOptions } from '../../schema/galaxy-options.ts';
import { readSection, type Section } from '../../schema/section.ts';
import type { Files } from '../../syntax/files.ts';
import { entry } from '../../syntax/tree.ts';
import { nonEmpty } from './common.ts';
import type { Sections } from './layout.ts';
import { readOptions, textOption } from './options.ts';
import { serviceSettings } from './settings.ts';
import { reportHome } from './unexpanded.ts';

/** What is known before the job configuration is read. */
export interface InstanceDraft {
  readonly sections: Sections;
  readonly instance: Omit<Instance, 'services' | 'jobs' | 'workflowSchedulers'>;
  readonly settings: ServiceSettings;
  /** Processes are started through `galaxyctl exec`, because the file says `service_command_style: gravity`. */
  readonly throughGravity: boolean;
  readonly serviceInstances: boolean;
}

export interface DraftInput {
  readonly files: Files;
  readonly layout: Located<'source' | 'installed'>;
  /** From `--galaxy-version` or gxgen.yml; otherwise Galaxy's own version file tells. */
  readonly release?: Located<string>;
  readonly allowUnknown: boolean;
  readonly report: Report;
}

export function draftInstance(sections: Sections, input: DraftInput): InstanceDraft {
  const { files, report, allowUnknown } = input;
  const { gravity: gravityNode, galaxy, galaxyFile, gravityFile } = sections;
  if (gravityNode) checkSchema('gravity', gravityNode, report, { allowUnknown });
  const gravity = readSection('gravity', gravityNode);

  const named = galaxyFile === gravityFile ? undefined : entry(gravityNode, 'galaxy_config_file');
  const configFile = derived(galaxyFile.server, 'the name of the file', named?.value.span);
  const root = galaxyRoot(gravity, sections, input);
  const release = input.release ?? releaseOf(root, files);
  if (galaxy) checkGalaxyOptions(galaxy, release?.value, report, { allowUnknown });

  const dataDir = rooted(
    textOption(galaxy, 'data_dir') ?? byDefault(input.layout.value === 'installed' ? 'data' : 'database'),
    root,
  );
  const stateDir = derived(join(dataDir.value, 'gravity'), 'data_dir', spanOf(dataDir));
  const logDir = nonEmpty(gravity.maybeStr('log_dir'));
  const virtualenv = nonEmpty(gravity.maybeStr('virtualenv'));
  reportHome('log_dir', logDir, report);
  reportHome('virtualenv', virtualenv, report, true);
  const user = nonEmpty(gravity.maybeStr('galaxy_user'));
  const group = nonEmpty(gravity.maybeStr('galaxy_group'));
  const logNamespace = nonEmpty(gravity.maybeStr('log_namespace'));
  const style = gravity.str('service_command_style');
  return {
    sections,
    instance: {
      place: sections.place,
      name: gravity.str('instance_name'),
      layout: input.layout.value,
      processManager: (gravity.maybeStr('process_manager') ??
        byDefault('systemd')) as Instance['processManager'],
      root,
      configFile,
      gravityFile: derived(gravityFile.server, 'the name of the file'),
      ...(virtualenv ? { virtualenv } : {}),
      ...(user ? { user } : {}),
      ...(group ? { group } : {}),
      ...(release ? { release } : {}),
      dataDir,
      stateDir,
      logDir: logDir
        ? rooted(logDir, root)
        : derived(join(stateDir.value, 'log'), 'data_dir', spanOf(stateDir)),
      ...(logNamespace ? { logNamespace } : {}),
      options: readOptions(galaxy),
    },
    settings: serviceSettings({ gravity, galaxy, galaxyFile, files, report }),
    throughGravity: isWritten(style) && style.value === 'gravity',
    serviceInstances: gravity.bool('use_service_instances').value,
  };
}

function galaxyRoot(
  gravity: Section,
  { galaxy, galaxyFile, place }: Sections,
  { files, layout, report }: DraftInput,
): Located<string> {
  const set = nonEmpty(gravity.maybeStr('galaxy_root')) ?? textOption(galaxy, 'root');
  if (set) {
    if (!isAbsolute(set.value)) {
      report(
        problem('GX312', `the Galaxy root "${set.value}" is not an absolute path`, spanOf(set), {
          why: 'it is the working directory of every process, and would depend on where they are started',
          help: 'write the whole path, beginning with "/"',
        }),
      );
    }
    return set;
  }
  const folder = dirname(galaxyFile.server);
  if (layout.value === 'installed') return derived(folder, 'the folder of the Galaxy configuration');
  const parent = normalize(join(folder, '..'));
  const code = files.kind(files.at(join(parent, 'lib/galaxy')));
  if (basename(folder) !== 'config' && code !== 'directory') {
    report(
      problem('GX301', 'the folder of the Galaxy code is not known', place, {
        why: 'every process runs in it, and the handlers are started from it',
        help: 'set galaxy_root in the gravity section to the folder that holds "lib/galaxy"',
      }),
    );
  } else if (code !== 'directory' && files.kind(files.at(parent)) === 'directory') {
    report(
      problem(
        'GX302',
        `the Galaxy code is taken to be in "${parent}", but there is no "lib/galaxy" in it`,
        place,
        {
          why: 'every process runs in that folder, and the handlers are started from it',
          help: 'set galaxy_root in the gravity section',
        },
      ),
    );
  }
  return derived(parent, 'the folder of the Galaxy configuration');
}

function rooted(path: Located<string>, root: Located<string>): Located<string> {
  return map(path, (text) => normalize(join(root.value, text)));
}

// `VERSION_MAJOR = "24.1"` in Galaxy's own version file; it is read as text, never run.
function releaseOf(root: Located<string>, files: Files): Located<string> | undefined {
  const path = 'lib/galaxy/version.py';
  const text = files.text(files.at(join(root.value, path)));
  const release = text && /^VERSION_MAJOR\s*=\s*["'](\d+\.\d+)["']/m.exec(text)?.[1];
  return release ? derived(release, path) : undefined;
}
