// The job configuration and the file of workflow schedulers, as the new processes need them.

import type { Instance } from '../model/deployment.ts';
import { basename } from '../model/paths.ts';
import { documentComments, parseXml } from '../syntax/xml.ts';
import { childrenNamed, firstChild, type XmlElement } from '../syntax/xml-tree.ts';
import { parseYaml } from '../syntax/yaml.ts';
import type { Source } from '../text/source.ts';
import type { Accounts } from './accounts.ts';
import { type KeptVariable, variablesOf } from './environment.ts';
import { jobComments, noComments } from './job-conf-comments.ts';
import { editJobConfXml, grabMethod } from './job-conf-xml.ts';
import { writeJobConfYml } from './job-conf-yml.ts';
import { editJobConfYml } from './job-conf-yml-edit.ts';
import { kept, moved } from './outcome.ts';
import type { NewFile } from './plan.ts';
import type { Question, Strategy } from './strategy.ts';

export interface JobsPlan {
  readonly file: NewFile | undefined;
  readonly workflowFile: NewFile | undefined;
  /** True when XML, or options of galaxy.ini, became YAML. */
  readonly converted: boolean;
  /** Why it has the format it has. */
  readonly why: string;
  readonly questions: readonly Question[];
}

export function planJobs(
  instance: Instance,
  strategy: Strategy,
  sources: readonly Source[],
  accounts: Accounts,
  wanted: 'xml' | 'yaml' | undefined,
): JobsPlan {
  const { jobs } = instance;
  const workflowFile = workflowFileOf(instance, strategy, sources, accounts);
  const source =
    jobs.file === undefined || jobs.inline ? undefined : sources.find((one) => one.path === jobs.file);
  const environment = handlerEnvironment(instance, strategy);
  if (jobs.format === 'xml' && source) {
    const root = parseXml(source, () => undefined);
    const needsYaml = environment.size > 0;
    const asYaml = wanted === 'yaml' || (wanted === undefined && needsYaml);
    if (root && !asYaml) return { ...keptXml(source, root, strategy, accounts, environment), workflowFile };
    if (root) {
      const made = writeJobConfYml(jobs, strategy, jobComments(root, documentComments(root)), environment);
      accounts.bookRest(source.path, () => true, moved('job_conf.yml'));
      const why =
        wanted === 'yaml' ? 'YAML was asked for' : 'only YAML can give variables to handlers that it names';
      return {
        file: { path: 'job_conf.yml', text: made.text },
        workflowFile,
        converted: true,
        why,
        questions: made.questions,
      };
    }
  }
  if (jobs.format === 'yaml' && source) {
    const root = parseYaml(source, () => undefined);
    const edited = root ? editJobConfYml(source, root, strategy) : { text: source.text, outcomes: [] };
    for (const { place, outcome } of edited.outcomes) accounts.book(place, outcome);
    accounts.bookRest(source.path, () => true, kept(basename(source.path)));
    const former = { shown: source.path, text: source.text };
    return {
      file: { path: 'job_conf.yml', text: edited.text, former },
      workflowFile,
      converted: false,
      why: 'it is YAML already',
      questions: [],
    };
  }
  if (jobs.format !== 'none' && jobs.inline)
    return {
      file: undefined,
      workflowFile,
      converted: false,
      why: 'it stands in galaxy.yml itself',
      questions: [],
    };
  const needed =
    strategy.kind === 'dynamic' ||
    jobs.runners.length > 0 ||
    jobs.destinations.length > 0 ||
    jobs.limits.length > 0 ||
    jobs.tools.length > 0;
  if (!needed)
    return {
      file: undefined,
      workflowFile,
      converted: false,
      why: 'none is needed: Galaxy runs jobs on its own host',
      questions: [],
    };
  const made = writeJobConfYml(jobs, strategy, noComments, environment);
  return {
    file: { path: 'job_conf.yml', text: made.text },
    workflowFile,
    converted: true,
    why: 'there was no file',
    questions: made.questions,
  };
}

function keptXml(
  source: Source,
  root: XmlElement,
  strategy: Strategy,
  accounts: Accounts,
  environment: ReadonlyMap<string, readonly KeptVariable[]>,
): Omit<JobsPlan, 'workflowFile'> {
  const edited = editJobConfXml(source, root, strategy);
  for (const { place, outcome } of edited.outcomes) accounts.book(place, outcome);
  accounts.bookRest(source.path, () => true, kept('job_conf.xml'));
  const questions: Question[] = [];
  if (edited.manual)
    questions.push({
      about: 'job_conf.xml',
      why: 'macros make its handlers, so gxgen leaves them as they are',
      choices: [
        'as it is',
        `<handlers assign_with="${grabMethod}"/> in their place`,
        'YAML (--job-conf-format yaml)',
      ],
    });
  if (environment.size > 0)
    questions.push({
      about: 'job_conf.xml',
      why: `XML cannot give variables to handlers: ${[...new Set([...environment.values()].flat().map((one) => one.name))].join(', ')}`,
      choices: ['handlers without them', 'YAML (--job-conf-format yaml)'],
    });
  return {
    file: { path: 'job_conf.xml', text: edited.text, former: { shown: source.path, text: source.text } },
    converted: false,
    why: 'it is kept as it is, but for the handlers',
    questions,
  };
}

/** Variables of handlers that stay in the job configuration: Gravity takes them from there. */
function handlerEnvironment(instance: Instance, strategy: Strategy): Map<string, readonly KeptVariable[]> {
  const found = new Map<string, readonly KeptVariable[]>();
  if (strategy.kind !== 'static') return found;
  const processes = instance.services.filter((one) => one.kind === 'handler').flatMap((one) => one.processes);
  for (const process of processes) {
    const { kept: variables } = variablesOf(process);
    if (variables.length > 0 && process.serverName) found.set(process.serverName.value, variables);
  }
  return found;
}

function workflowFileOf(
  { workflowSchedulers }: Instance,
  strategy: Strategy,
  sources: readonly Source[],
  accounts: Accounts,
): NewFile | undefined {
  const path = 'workflow_schedulers_conf.xml';
  if (!workflowSchedulers) return strategy.kind === 'dynamic' ? { path, text: newWorkflowFile } : undefined;
  const source = sources.find((one) => one.path === workflowSchedulers.file);
  const root = source && parseXml(source, () => undefined);
  if (!source || !root) return undefined;
  const handlers = firstChild(root, 'handlers');
  const named = handlers !== undefined && childrenNamed(handlers, 'handler').length > 0;
  // Handlers that it names keep their names, so that the file stays right.
  const same = strategy.kind === 'static' || !named;
  const text = same ? source.text : editJobConfXml(source, root, strategy).text;
  if (handlers && !same)
    accounts.book(handlers.openSpan, moved(path, 'whoever is free schedules a workflow'));
  accounts.bookRest(source.path, () => true, kept(path));
  return { path, text, former: { shown: source.path, text: source.text } };
}

const newWorkflowFile = `<?xml version="1.0"?>
<workflow_schedulers default="core">
  <core id="core"/>
  <handlers assign_with="${grabMethod}"/>
</workflow_schedulers>
`;
