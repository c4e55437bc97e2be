// gxgen explain tool:ID, gxgen explain workflow: who takes the work, and why.

import type { Deployment, Instance } from '../model/deployment.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { type Taker, type Trace, toolEntry, traceJob, traceWorkflow } from '../model/routing-trace.ts';
import {
  assignmentWords,
  at,
  instanceHeading,
  listed,
  methodWords,
  table,
  viaWords,
  workerName,
} from '../report/routing.ts';
import { visible } from '../text/width.ts';

/** Which processes take the jobs of a tool, in every instance. */
export function explainTool(deployment: Deployment, id: string): string {
  return eachInstance(deployment, (instance) => toolLines(deployment, instance, id));
}

/** Which processes schedule workflows, in every instance. */
export function explainWorkflow(deployment: Deployment): string {
  return eachInstance(deployment, (instance) => workflowLines(deployment, instance));
}

function eachInstance({ instances }: Deployment, lines: (instance: Instance) => string[]): string {
  return instances
    .map((one) => `${[...instanceHeading(one, instances.length > 1), ...lines(one)].join('\n')}\n`)
    .join('\n');
}

function toolLines(deployment: Deployment, instance: Instance, id: string): string[] {
  const { jobs } = instance;
  const { entry, classes, similar } = toolEntry(jobs, id);
  const trace = traceJob(instance, entry?.handler);
  const destination = entry?.destination ?? jobs.defaultDestination;
  const file = jobs.file ?? 'the job configuration';
  const tool = entry
    ? `${entry.id?.value ?? id}${at(entry.span)}`
    : jobs.format === 'none'
      ? 'there is no job configuration file'
      : `${file} has no entry for it`;
  const only = jobs.destinations.length === 1 ? jobs.destinations[0]?.id : undefined;
  return [
    `Jobs of tool "${visible(id)}"`,
    '',
    ...table([
      ['  entry', tool],
      ['  handler', handlerWords(trace)],
      ['  method', methodWords(trace, jobs.handling.assign)],
      ['  so', assignmentWords(trace, 'job')],
      [
        '  runs on',
        destination
          ? `destination "${destination.value}"${at(destination)}`
          : only
            ? `destination "${only.value}"${at(only)}, the only one`
            : jobs.format === 'none'
              ? "this machine (Galaxy's built-in default)"
              : 'no destination is named, and there is no default',
      ],
    ]),
    '',
    ...takerLines(trace, trace.takers, isElsewhere(deployment, 'job-handlers'), 'job handlers', 'job'),
    ...classes.map(
      (one) =>
        `If Galaxy counts the tool to the class "${visible(one.class?.value ?? '')}", the entry${at(one.span)} applies instead.`,
    ),
    ...(similar.length > 0
      ? [
          `There are entries for Tool Shed tools of that name: ${similar.map((one) => `tool:${one}`).join(' ')}`,
        ]
      : []),
  ];
}

function handlerWords({ wanted, fallback }: Trace): string {
  if (!wanted) return 'none is named';
  return fallback
    ? `"${visible(wanted.value)}", the default${at(wanted)}`
    : `"${visible(wanted.value)}"${at(wanted)}`;
}

function takerLines(
  trace: Trace,
  takers: readonly Taker[],
  elsewhere: boolean,
  roles: string,
  what: string,
): string[] {
  const lines = [
    ...(takers.length === 0
      ? [
          elsewhere
            ? `No process here takes it: gxgen.yml says that ${roles} run on other machines.`
            : trace.assignment.kind === 'fails'
              ? 'No process takes it.'
              : `No process takes it: the ${what} waits for ever.`,
        ]
      : [
          'Processes that can take it:',
          ...table(takers.map((one) => [`  ${workerName(one.worker)}`, viaWords(one)])),
        ]),
    ...(trace.absent.length > 0
      ? [`Nobody runs ${listed(trace.absent)}: what is given to them waits until somebody does.`]
      : []),
  ];
  const broken = takers.filter(({ worker }) => !worker.job.starts || !worker.scheduler.starts);
  return broken.length === 0
    ? lines
    : [
        ...lines,
        `But as it stands Galaxy does not start as ${listed(broken.map((one) => workerName(one.worker)))}: gxgen validate says why.`,
      ];
}

function workflowLines(deployment: Deployment, instance: Instance): string[] {
  const trace = traceWorkflow(instance);
  const { workflowSchedulers, jobs } = instance;
  const own = workflowSchedulers?.handling;
  const file = workflowSchedulers?.file;
  const decided = {
    own: `the <handlers> of ${file}${at(own?.span)}`,
    pool: 'the pool workflow-schedulers',
    jobs: file
      ? `every job handler schedules, because ${file} has no <handlers>`
      : 'every job handler schedules: there is no workflow schedulers file',
  }[trace.decidedBy];
  const idle = trace.schedulers.filter((one) => !trace.takers.some(({ worker }) => worker === one));
  return [
    'Workflow invocations',
    '',
    ...table([
      ['  decided by', decided],
      ['  handler', handlerWords(trace)],
      ['  method', methodWords(trace, (own ?? jobs.handling).assign)],
      ['  so', assignmentWords(trace, 'invocation')],
    ]),
    '',
    ...takerLines(
      trace,
      trace.takers,
      isElsewhere(deployment, 'workflow-schedulers'),
      'workflow schedulers',
      'invocation',
    ),
    ...(idle.length > 0
      ? [
          'These schedule as well, but new invocations do not reach them:',
          ...table(
            idle.map((one) => [
              `  ${workerName(one)}`,
              one.scheduler.grabs.length > 0
                ? `looks for ${listed(one.scheduler.grabs.map((tag) => `"${tag}"`))}`
                : 'looks for no new work',
            ]),
          ),
        ]
      : []),
  ];
}
