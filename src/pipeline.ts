// From files to a checked Deployment: front ends, the model, rules. What the commands have in common.

import { sortDiagnostics } from './diagnostics/collect.ts';
import type { Diagnostic, Report } from './diagnostics/diagnostic.ts';
import { problem } from './diagnostics/diagnostic.ts';
import {
  findJobConfig,
  findWorkflowSchedulers,
  type InstanceDraft,
  readGalaxyFiles,
} from './frontends/galaxy-yml/index.ts';
import { type GxgenSettings, readGxgenYml } from './frontends/gxgen-yml.ts';
import { readJobConfXml } from './frontends/job-conf-xml.ts';
import { readJobConfYml } from './frontends/job-conf-yml.ts';
import { readWorkflowSchedulers } from './frontends/workflow-schedulers.ts';
import type { Host } from './host/host.ts';
import type { Deployment, Instance } from './model/deployment.ts';
import { derived, type Located } from './model/located.ts';
import { dirname, join } from './model/paths.ts';
import { isWithin } from './model/release.ts';
import { type JobConfig, noJobConfig } from './model/routing.ts';
import { looksSecret } from './model/secrets.ts';
import { buildServices } from './model/services/build.ts';
import type { ServiceContext } from './model/services/context.ts';
import { hasControlSocket, pinnedGunicorn } from './model/services/gunicorn-version.ts';
import { rules } from './rules/index.ts';
import type { Rule } from './rules/rule.ts';
import { dropEchoes } from './schema/echoes.ts';
import { secretSpans } from './schema/secret-spans.ts';
import { type FileRef, type Files, makeFiles } from './syntax/files.ts';
import type { Node } from './syntax/tree.ts';
import type { XmlElement } from './syntax/xml-tree.ts';
import type { Source, Span } from './text/source.ts';

export interface CompileOptions {
  /** As given on the command line; empty: the first of the usual places that exists. */
  readonly files: readonly string[];
  readonly galaxyVersion?: string;
  readonly allowUnknown: boolean;
}

export interface Compilation {
  readonly deployment: Deployment;
  readonly settings: GxgenSettings;
  /** Sorted. */
  readonly diagnostics: readonly Diagnostic[];
  readonly sources: readonly Source[];
  /** Where secret values stand, to be masked in frames: looked for only when there is something to report. */
  readonly secrets: () => readonly Span[];
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
  const diagnostics: Diagnostic[] = [];
  const report: Report = (one) => diagnostics.push(one);
  const { allowUnknown } = options;

  const found =
    options.files.length > 0
      ? options.files
      : usualPlaces.filter((path) => host.kind(path) === 'file').slice(0, 1);
  if (found.length === 0) report(noConfiguration());

  const here = makeFiles(host);
  const first = here.given(found[0] ?? 'galaxy.yml');
  const beside = here.at(join(dirname(first.local), 'gxgen.yml'));
  const own = here.kind(beside) === 'file' ? here.yaml(beside, report)?.root : undefined;
  const settings = readGxgenYml(own, report, allowUnknown);

  const deployedAs = settings.deployedAs?.value;
  const mapping =
    deployedAs === undefined ? undefined : { local: dirname(first.local), server: dirname(deployedAs) };
  const files = makeFiles(host, mapping);
  const given = found.map((path, index) => {
    const file = files.given(path);
    return index === 0 && deployedAs !== undefined ? { ...file, server: deployedAs } : file;
  });
  const release =
    options.galaxyVersion === undefined
      ? settings.release
      : derived(options.galaxyVersion, '--galaxy-version');
  const drafts = readGalaxyFiles(given, {
    files,
    layout: settings.galaxy,
    ...(release ? { release } : {}),
    allowUnknown,
    report,
  });

  const named = drafts.length > 1 || drafts.some((one) => one.instance.name.value !== '_default_');
  const instances = drafts.map((draft) =>
    finishInstance(draft, named, { files, settings, allowUnknown, report }),
  );
  const deployment: Deployment = { elsewhere: settings.elsewhere, limits: settings.limits, instances, named };
  for (const rule of rules) checkRule(rule, deployment, report);

  const sources = [...here.sources, ...files.sources];
  return {
    deployment,
    settings,
    diagnostics: sortDiagnostics(dropEchoes(diagnostics)),
    sources,
    secrets: () => secretPlaces([...here.trees, ...files.trees], deployment),
    unreadable: found.length === 0 || given.some((file) => !readable(file, files)),
  };
}

// A rule sees only the instances whose release it is about.
function checkRule(rule: Rule, deployment: Deployment, report: Report): void {
  const { since, until } = rule;
  if (since === undefined && until === undefined) return rule.check(deployment, report);
  const instances = deployment.instances.filter(({ release }) => isWithin(release?.value, since, until));
  if (instances.length > 0) rule.check({ ...deployment, instances }, report);
}

interface FinishInput {
  readonly files: Files;
  readonly settings: GxgenSettings;
  readonly allowUnknown: boolean;
  readonly report: Report;
}

function finishInstance(draft: InstanceDraft, named: boolean, input: FinishInput): Instance {
  const { files, settings, report } = input;
  const { instance } = draft;
  const jobs = readJobs(draft, input);
  const workflow = findWorkflowSchedulers(draft, files);
  const tree = workflow && files.xml(workflow.file, report, workflow.from)?.root;
  const workflowSchedulers =
    tree && readWorkflowSchedulers(tree, workflow.file.shown, report, { allowUnknown: input.allowUnknown });

  const context: ServiceContext = {
    instanceName: instance.name,
    named,
    layout: instance.layout,
    root: instance.root,
    configFile: instance.configFile,
    ...(instance.virtualenv ? { virtualenv: instance.virtualenv } : {}),
    ...(instance.user ? { user: instance.user } : {}),
    ...(instance.group ? { group: instance.group } : {}),
    stateDir: instance.stateDir,
    logDir: instance.logDir,
    controlSocket: controlSocket(draft, files, settings, report),
    ...(draft.throughGravity
      ? { throughGravity: { gravityFile: instance.gravityFile, serviceInstances: draft.serviceInstances } }
      : {}),
    report,
  };
  const services = buildServices(context, draft.settings, jobs.handling.handlers);
  return { ...instance, services, jobs, ...(workflowSchedulers ? { workflowSchedulers } : {}) };
}

function readJobs(draft: InstanceDraft, { files, allowUnknown, report }: FinishInput): JobConfig {
  const source = findJobConfig(draft, files, report);
  if (!source) return noJobConfig;
  const { file } = source;
  const options = { allowUnknown };
  if (source.kind === 'inline') {
    return readJobConfYml(source.node, file.shown, report, { ...options, inline: true, key: source.key });
  }
  if (source.kind === 'yaml') {
    let broken = false;
    const read = files.yaml(file, (one) => {
      broken ||= one.severity === 'error';
      report(one);
    });
    if (read?.root) return readJobConfYml(read.root, file.shown, report, options);
    if (read && !broken)
      report(problem('GX418', `the job configuration "${file.shown}" is empty`, file.shown));
    return noJobConfig;
  }
  const root = files.xml(file, report, source.from)?.root;
  if (!root) return noJobConfig;
  const folder = dirname(file.server);
  return readJobConfXml(root, file.shown, report, {
    ...options,
    read: (path: string, from: Span) => readImport(files.at(join(folder, path)), from, files, report),
  });
}

function readImport(file: FileRef, from: Span, files: Files, report: Report): XmlElement | undefined {
  if (files.kind(file) === 'file') return files.xml(file, report, from)?.root;
  report(
    problem('GX419', `the imported file "${file.shown}" does not exist`, from, {
      help: 'correct the path, which is relative to the importing file, or remove the import',
    }),
  );
  return undefined;
}

function controlSocket(draft: InstanceDraft, files: Files, settings: GxgenSettings, report: Report): boolean {
  if (draft.settings.gunicorn.length === 0 || draft.throughGravity) return false;
  const version = settings.gunicornVersion ?? pinned(draft, files);
  if (version) return hasControlSocket(version.value);
  report(
    problem('GX350', 'the version of gunicorn is not known', draft.sections.gravityFile.shown, {
      values: ['gunicorn_version is older than 25.1 (assumed)'],
      help: 'state gunicorn_version in gxgen.yml, or compile where requirements.txt of the Galaxy root can be read',
    }),
  );
  return false;
}

function pinned(draft: InstanceDraft, files: Files): Located<string> | undefined {
  const path = join(draft.instance.root.value, 'requirements.txt');
  const text = files.text(files.at(path));
  const version = text === undefined ? undefined : pinnedGunicorn(text);
  return version === undefined ? undefined : derived(version, 'requirements.txt of the Galaxy root');
}

function readable(file: FileRef, files: Files): boolean {
  return files.kind(file) === 'file' && files.sources.some((source) => source.path === file.shown);
}

function noConfiguration(): Diagnostic {
  return problem(
    'GX001',
    `no configuration was named, and none of ${usualPlaces.join(', ')} exists`,
    undefined,
    {
      help: 'name the file: gxgen render path/to/galaxy.yml',
    },
  );
}

// Secret values, wherever a frame could show them: options of the galaxy section that are secret by nature, and in
// every file what is secret by its name or form.
function secretPlaces(trees: readonly Node[], deployment: Deployment): Span[] {
  const spans = trees.flatMap((tree) => secretSpans('galaxy-yml', tree));
  for (const { options } of deployment.instances) {
    for (const { secret, value } of options)
      if (secret && value.origin.kind === 'source') spans.push(value.origin.span);
  }
  return spans;
}
