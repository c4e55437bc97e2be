// Legacy files among those that were named, to one instance.

import type { Report } from '../diagnostics/diagnostic.ts';
import type { JobSource } from '../frontends/galaxy-yml/index.ts';
import type { GxgenSettings } from '../frontends/gxgen-yml.ts';
import {
  finishLegacy,
  type LegacyDraft,
  ledgerOf,
  readIniJobs,
  readLegacy,
  readsJobOptions,
} from '../frontends/legacy/index.ts';
import { readWorkflowSchedulers } from '../frontends/workflow-schedulers.ts';
import type { Instance } from '../model/deployment.ts';
import type { Ledger } from '../model/ledger.ts';
import { derived, type Located, spanOf } from '../model/located.ts';
import { isAbsolute, join } from '../model/paths.ts';
import type { FileRef, Files } from '../syntax/files.ts';
import type { Span } from '../text/source.ts';
import { readJobSource } from './jobs.ts';

export interface LegacyInput {
  readonly files: Files;
  readonly settings: GxgenSettings;
  readonly allowUnknown: boolean;
  readonly report: Report;
  readonly python3: boolean;
  readonly jobConf?: FileRef;
  readonly release?: Located<string>;
}

export interface LegacyResult {
  /** Undefined when the files are refused. */
  readonly instance?: Instance;
  readonly ledger: () => Ledger;
  /** Where secret values stand that are no options of Galaxy. */
  readonly secrets: () => Span[];
}

export function readLegacyInstance(
  given: readonly FileRef[],
  supervisor: readonly FileRef[],
  input: LegacyInput,
): LegacyResult {
  const { files, settings, report } = input;
  const python = input.python3 ? '3' : settings.legacy.python?.value;
  const reader = python === '3' ? 'python3' : 'python2';
  const draft = readLegacy(given, supervisor, { files, reader, settings: settings.legacy, report });
  const ledger = (): Ledger => ({
    files: [
      ...(draft?.opened.sources ?? []).map(({ source, format }) => ledgerOf(source, format, reader)),
      ...(draft?.included ?? []).map((source) => ledgerOf(source, 'ini', reader)),
      ...(draft?.facts.files ?? [])
        .filter((one) => one.role === 'supervisor')
        .map((one) => ledgerOf(one.place.source, 'supervisor')),
      ...jobFiles(draft, input).map((source) =>
        ledgerOf(source, /\.ya?ml$/.test(source.path) ? 'yaml' : 'xml'),
      ),
    ],
  });
  if (!draft) return { ledger, secrets: () => [] };
  const release = input.release ?? codeRelease(draft, files);
  const fileJobs = readJobSource(jobSource(draft, input), input);
  const iniJobs = fileJobs.format === 'none' ? jobOptions(draft, release, report) : undefined;
  const jobs = iniJobs?.jobs ?? fileJobs;
  const workflow = configured(
    draft,
    'workflow_schedulers_config_file',
    'workflow_schedulers_conf.xml',
    input,
  );
  const tree = workflow && files.xml(workflow.file, report, workflow.from)?.root;
  const workflowSchedulers =
    tree &&
    workflow &&
    readWorkflowSchedulers(tree, workflow.file.shown, report, { allowUnknown: input.allowUnknown });
  const finished = finishLegacy(draft, {
    jobs,
    ...(iniJobs ? { runnerUrls: iniJobs.urls } : {}),
    ...(workflowSchedulers ? { workflowSchedulers } : {}),
    layout: settings.galaxy.value,
    handlersElsewhere: settings.elsewhere.some((one) => one.value === 'job-handlers'),
    ...(release ? { release } : {}),
  });
  const instance = { ...finished, ...(settings.proxy ? { proxy: settings.proxy } : {}) };
  return { instance, ledger, secrets: () => secretsOf(draft) };
}

/** The job options of the INI, which count where there is no job configuration and Galaxy is older than 18.01. */
function jobOptions(draft: LegacyDraft, release: Located<string> | undefined, report: Report) {
  const { facts, era, place } = draft;
  if (facts.form !== 'ini' || !readsJobOptions(release?.value, era.from)) return undefined;
  return readIniJobs({ options: facts.options, sections: facts.sections, place, report });
}

function jobSource(draft: LegacyDraft, input: LegacyInput): JobSource | undefined {
  const { jobConf } = input;
  const found = jobConf ? { file: jobConf } : configured(draft, 'job_config_file', 'job_conf.xml', input);
  if (!found) return undefined;
  return { kind: /\.ya?ml$/.test(found.file.local) ? 'yaml' : 'xml', ...found };
}

/** A file that an option names, from the Galaxy root; else under its usual name in `config` or the root itself. */
function configured(
  draft: LegacyDraft,
  option: string,
  usual: string,
  { files }: LegacyInput,
): { file: FileRef; from?: Span } | undefined {
  const root = draft.ground.root.value;
  const named = draft.option(option);
  const folder = draft.main.server.replace(/\/[^/]*$/, '');
  const paths = named
    ? isAbsolute(named.value)
      ? [named.value]
      : [join(root, named.value), join(folder, named.value.replace(/^config\//, ''))]
    : [join(root, `config/${usual}`), join(root, usual), join(folder, usual)];
  const from = spanOf(named);
  const path = paths.find((one) => files.kind(files.at(one)) === 'file') ?? (named ? paths[0] : undefined);
  return path === undefined ? undefined : { file: files.at(path), ...(from ? { from } : {}) };
}

function codeRelease({ ground }: LegacyDraft, files: Files): Located<string> | undefined {
  const path = 'lib/galaxy/version.py';
  const text = files.text(files.at(join(ground.root.value, path)));
  const release = text && /^VERSION_MAJOR\s*=\s*["'](\d+\.\d+)["']/m.exec(text)?.[1];
  return release ? derived(release, path) : undefined;
}

function jobFiles(draft: LegacyDraft | undefined, input: LegacyInput) {
  if (!draft) return [];
  const named = [
    jobSource(draft, input)?.file,
    configured(draft, 'workflow_schedulers_config_file', 'workflow_schedulers_conf.xml', input)?.file,
  ];
  return input.files.sources.filter((source) => named.some((one) => one?.shown === source.path));
}

function secretsOf({ facts }: LegacyDraft): Span[] {
  const spans: Span[] = [];
  const add = ({ origin }: Located<unknown>) => {
    if (origin.kind !== 'source') return;
    const { source, start, end } = origin.span;
    // What one reader takes for a comment is a part of the value for another.
    const stop = source.text.indexOf('\n', end);
    spans.push({ source, start, end: stop < 0 ? source.text.length : stop });
  };
  for (const { options } of [...facts.sections, { options: facts.options }])
    for (const { value, secret } of options) if (secret) add(value);
  for (const { value, secret } of facts.uwsgi?.options ?? []) if (secret) add(value);
  for (const { settings } of facts.programs) for (const { value, secret } of settings) if (secret) add(value);
  return spans;
}
