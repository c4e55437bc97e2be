// From files to a checked Deployment: front ends, the model, rules. What the commands have in common.

import { sortDiagnostics } from './diagnostics/collect.ts';
import { type Diagnostic, problem, type Report } from './diagnostics/diagnostic.ts';
import { readGalaxyFiles } from './frontends/galaxy-yml/index.ts';
import { type GxgenSettings, readGxgenYml } from './frontends/gxgen-yml.ts';
import type { Host } from './host/host.ts';
import type { Deployment } from './model/deployment.ts';
import type { Ledger } from './model/ledger.ts';
import { derived } from './model/located.ts';
import { dirname, join } from './model/paths.ts';
import { isWithin } from './model/release.ts';
import { finishInstance } from './pipeline/instance.ts';
import { splitLegacy } from './pipeline/legacy.ts';
import { readLegacyInstance } from './pipeline/legacy-instance.ts';
import { secretPlaces } from './pipeline/secrets.ts';
import { sharedPlaces } from './pipeline/shared.ts';
import { readStarted } from './pipeline/started.ts';
import { rules } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { dropEchoes } from './schema/echoes.ts';
import { type FileRef, type Files, makeFiles } from './syntax/files.ts';
import { entry } from './syntax/tree.ts';
import type { Source, Span } from './text/source.ts';

export interface CompileOptions {
  /** As given on the command line; empty: the first of the usual places that exists. */
  readonly files: readonly string[];
  /** Hand-written supervisor files that start processes of Galaxy, as given on the command line. */
  readonly supervisor?: readonly string[];
  /** The job configuration of a legacy server, as given on the command line; without it, what Galaxy would find. */
  readonly jobConf?: string;
  /** Read legacy INI files as Python 3 does. */
  readonly python3?: boolean;
  /** Path of the first file on the server; beats gxgen.yml. */
  readonly deployedAs?: string;
  readonly galaxyVersion?: string;
  /** The path that the first file has on the server, unless gxgen.yml states it: of an old copy, that of the file itself. */
  readonly standsAt?: string;
  readonly allowUnknown: boolean;
  /** Also what is only advice: for who asks about the configuration, not for who compiles it. */
  readonly advice: boolean;
}

export interface Compilation {
  readonly deployment: Deployment;
  readonly settings: GxgenSettings;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** The folder of the first file, where gxgen.yml stands: absolute, on this machine. */
  readonly folder: string;
  /**
   * What would be found in the same files if this release ran. Reads nothing again, so what reading found (GX0xx, GX1xx)
   * is not among it.
   */
  readonly under: (release: string) => readonly Diagnostic[];
  /** Where secret values stand, to be masked in frames: looked for only when there is something to report. */
  readonly secrets: () => readonly Span[];
  /** Every line of every legacy file, with its owner: worked out only when it is asked for. */
  readonly ledger: () => Ledger;
  /** What YAML aliases repeat elsewhere: an edit there would have effects that nobody sees. */
  readonly shared: () => readonly Span[];
  /** A file named on the command line could not be read, or none was found: exit 2. */
  readonly unreadable: boolean;
}

/** Where a configuration is looked for when none is named. */
export const usualPlaces = [
  'config/galaxy.yml',
  'galaxy.yml',
  '/etc/galaxy/gravity.yml',
  '/etc/galaxy/galaxy.yml',
];

export function compile(options: CompileOptions, host: Host): Compilation {
  return compileFrom(options, host);
}

/** @param read the files of an earlier run of the same options */
function compileFrom(
  options: CompileOptions,
  host: Host,
  read?: { readonly here: Files; readonly files: Files },
): Compilation {
  const diagnostics: Diagnostic[] = [];
  const report: Report = (one) => diagnostics.push(one);
  const { allowUnknown } = options;

  const found =
    options.files.length > 0
      ? options.files
      : usualPlaces.filter((path) => host.kind(path) === 'file').slice(0, 1);
  if (found.length === 0) report(noConfiguration());

  const here = read?.here ?? makeFiles(host);
  const first = here.given(found[0] ?? 'galaxy.yml');
  const beside = here.at(join(dirname(first.local), 'gxgen.yml'));
  const own = here.kind(beside) === 'file' ? here.yaml(beside, report)?.root : undefined;
  const settings = readGxgenYml(own, report, allowUnknown);

  const deployedAs = options.deployedAs ?? settings.deployedAs?.value ?? options.standsAt;
  const mapping =
    deployedAs === undefined ? undefined : { local: dirname(first.local), server: dirname(deployedAs) };
  const files = read?.files ?? makeFiles(host, mapping);
  const given = found.map((path, index) => {
    const file = files.given(path);
    return index === 0 && deployedAs !== undefined ? { ...file, server: deployedAs } : file;
  });
  const release =
    options.galaxyVersion === undefined
      ? settings.release
      : derived(options.galaxyVersion, '--galaxy-version');
  const programs = (options.supervisor ?? []).map((path) => files.given(path));
  const { modern, legacy } = splitLegacy(
    given,
    options.galaxyVersion ?? settings.release?.value,
    files,
    report,
  );
  const drafts = readGalaxyFiles(modern, {
    files,
    layout: settings.galaxy,
    ...(release ? { release } : {}),
    allowUnknown,
    report,
  });

  const named = drafts.length > 1 || drafts.some((one) => one.instance.name.value !== '_default_');
  const input = { files, settings, allowUnknown, report };
  const old =
    legacy.length > 0
      ? readLegacyInstance(legacy, programs, {
          ...input,
          python3: options.python3 === true,
          ...(options.jobConf === undefined ? {} : { jobConf: files.given(options.jobConf) }),
          ...(release ? { release } : {}),
        })
      : undefined;
  const { proxy } = settings;
  const instances = [
    ...drafts.map((draft) => finishInstance(draft, named, input)),
    ...(old?.instance ? [old.instance] : []),
  ].map((one) => (proxy ? { ...one, proxy } : one));
  const { started, secrets } = readStarted(old ? [] : programs, files, report);
  const deployment: Deployment = {
    elsewhere: settings.elsewhere,
    limits: settings.limits,
    instances,
    named,
    ...(started ? { started } : {}),
  };
  // A level in gxgen.yml can make an error of advice.
  const all = options.advice || entry(own, 'rules') !== undefined;
  const scopeOf = makeScopes(deployment);
  for (const rule of rules) {
    if (!all && rule.severity === 'info') continue;
    const scope = scopeOf(rule);
    if (scope) rule.check(scope, report);
  }

  const sources = [...here.sources, ...files.sources];
  return {
    deployment,
    settings,
    diagnostics: sortDiagnostics(dropEchoes(diagnostics)),
    sources,
    folder: dirname(first.local),
    under: (galaxyVersion) => compileFrom({ ...options, galaxyVersion }, host, { here, files }).diagnostics,
    secrets: () => [
      ...secretPlaces([...here.trees, ...files.trees], deployment),
      ...secrets,
      ...(old?.secrets() ?? []),
    ],
    ledger: () => old?.ledger() ?? { files: [] },
    shared: () => sharedPlaces([...here.trees, ...files.trees]),
    unreadable: found.length === 0 || [...given, ...programs].some((file) => !readable(file, files)),
  };
}

/** What a rule sees: only the instances whose release it is about. Undefined when there is none. */
function makeScopes(deployment: Deployment): (rule: Rule) => Deployment | undefined {
  const scopes = new Map<string, Deployment | undefined>();
  return ({ since, until }) => {
    if (since === undefined && until === undefined) return deployment;
    const key = `${since}-${until}`;
    if (!scopes.has(key)) scopes.set(key, scope(deployment, since, until));
    return scopes.get(key);
  };
}

function scope(deployment: Deployment, since?: string, until?: string): Deployment | undefined {
  const instances = deployment.instances.filter(({ release }) => isWithin(release?.value, since, until));
  if (instances.length === deployment.instances.length) return instances.length > 0 ? deployment : undefined;
  return instances.length > 0 ? { ...deployment, instances } : undefined;
}

function readable(file: FileRef, files: Files): boolean {
  return files.sources.some((source) => source.path === file.shown);
}

function noConfiguration(): Diagnostic {
  return problem(
    'GX001',
    `no configuration was named, and none of ${usualPlaces.join(', ')} exists`,
    undefined,
    {
      help: 'name the file: gxgen COMMAND path/to/galaxy.yml',
    },
  );
}
