// Who does what in one instance: every process that can handle jobs or schedule workflows, with its part in both.

import { databaseOf } from './database.ts';
import type { Instance, Process, Service } from './deployment.ts';
import { byDefault, type Located } from './located.ts';
import { isOn, textOption } from './options.ts';
import { isKnownPool, isOddPool } from './pools.ts';
import { isOlder } from './release.ts';
import type { Handling } from './routing.ts';
import { type Assignment, assignJob, assignMethods, type EffectiveMethods } from './routing-assign.ts';
import { type HandlerRole, jobRole, type SchedulerRole, schedulerRole } from './routing-process.ts';
import { type HandlerTable, handlerTable } from './routing-table.ts';

/** A process of Galaxy itself. */
export interface Worker {
  /** `web`: a gunicorn with all its workers; `static`: listed in the job configuration only; `dynamic`: an entry of `gravity.handlers`. */
  readonly kind: 'web' | 'static' | 'dynamic';
  readonly service: Service;
  readonly process: Process;
  /** What Galaxy calls it; for a gunicorn, its first worker. */
  readonly name: Located<string>;
  readonly pools: readonly string[];
  readonly job: HandlerRole;
  readonly scheduler: SchedulerRole;
}

/** One half of the routing: of jobs, or of workflow invocations. */
export interface Routing {
  readonly table: HandlerTable;
  /** As a process sees them that is attached to nothing: a web worker. */
  readonly methods: EffectiveMethods;
}

export interface Site {
  readonly jobs: Routing;
  /** Present when the workflow schedulers file has handlers of its own. */
  readonly workflow?: Routing;
  readonly workers: readonly Worker[];
  /** The processes that handle jobs, and the tags they have, by name. */
  readonly answering: ReadonlySet<string>;
  /** Of these names, the ones under which somebody looks for new jobs or is given them. */
  readonly taken: ReadonlySet<string>;
}

const known = new WeakMap<Instance, Site>();

/** The site of an instance; worked out once. */
export function siteOf(instance: Instance): Site {
  const found = known.get(instance) ?? makeSite(instance);
  known.set(instance, found);
  return found;
}

function makeSite(instance: Instance): Site {
  const { jobs, workflowSchedulers, services } = instance;
  const release = instance.release?.value;
  const facts = {
    trackJobs: isOn(instance, 'track_jobs_in_database', true),
    // Before, Galaxy asked in a way in which SQLite says yes.
    skipLocked: isOlder(release, '26.0') || databaseOf(instance)?.kind !== 'sqlite',
    mules: (instance.legacy?.uwsgi?.farms ?? []).length > 0,
  };
  const handling = workflowSchedulers?.handling;
  const tables = {
    jobs: handlerTable(jobs.handling.handlers, release),
    ...(handling ? { workflow: handlerTable(handling.handlers, release) } : {}),
  };
  const worker = (
    kind: Worker['kind'],
    service: Service,
    process: Process,
    name: Located<string>,
    pools: readonly string[],
  ): Worker => {
    const asked = { serverName: name.value, pools };
    return {
      kind,
      service,
      process,
      name,
      pools,
      job: jobRole(jobs.handling, asked, release, facts, tables.jobs),
      scheduler: schedulerRole(jobs.handling, workflowSchedulers, asked, release, facts, tables),
    };
  };
  const workers = services.flatMap((service): Worker[] => {
    if (!isWeb(service) && service.kind !== 'handler') return [];
    const kind = isWeb(service) ? 'web' : isDynamic(service) ? 'dynamic' : 'static';
    return service.processes.map((process) => {
      const pools = process.pools.map((one) => one.value);
      return worker(kind, service, process, process.serverName ?? webName(instance, process, 1), pools);
    });
  });
  // Mules are processes of the uWSGI they belong to; a farm is a pool to Galaxy.
  const master = services.find((one) => one.kind === 'uwsgi' || one.kind === 'zergling');
  for (const { name, mules } of master ? (instance.legacy?.uwsgi?.farms ?? []) : []) {
    for (const index of mules.keys()) {
      const process = master?.processes[0];
      const own = { value: `main.${name.value}.${index + 1}`, origin: name.origin };
      if (master && process) workers.push(worker('dynamic', master, process, own, [name.value]));
    }
  }
  const handlers = workers.filter((one) => one.job.isHandler);
  return {
    jobs: { table: tables.jobs, methods: assignMethods(jobs.handling, release, facts) },
    ...(handling && tables.workflow
      ? { workflow: { table: tables.workflow, methods: assignMethods(handling, release, facts) } }
      : {}),
    workers,
    answering: new Set(handlers.flatMap((one) => [one.name.value, ...one.job.tags])),
    taken: new Set(handlers.flatMap((one) => [one.name.value, ...one.job.grabs])),
  };
}

// A pool only hands connections on.
function isWeb({ kind }: Service): boolean {
  return kind === 'gunicorn' || kind === 'paste' || kind === 'uwsgi' || kind === 'zergling';
}

/** True for an entry of `gravity.handlers`: only those say how many processes they have. */
export function isDynamic({ kind, settings }: Service): boolean {
  return kind === 'handler' && settings.processes !== undefined;
}

/** What Galaxy calls the worker of a gunicorn, by its number from 1. */
export function webName(instance: Instance, process: Process, number: number): Located<string> {
  const base = webBase(instance, process);
  return { value: `${base.value}.${number}`, origin: base.origin };
}

/** The name that the workers of a gunicorn are numbered behind. */
export function webBase(instance: Instance, { env }: Process): Located<string> {
  const variable = (name: string) => env.findLast((one) => one.name === name)?.value;
  return (
    variable('GALAXY_CONFIG_OVERRIDE_SERVER_NAME') ??
    textOption(instance, 'server_name') ??
    variable('GALAXY_CONFIG_SERVER_NAME') ??
    byDefault('main')
  );
}

/** What becomes of a new job whose tool is mapped to a name, or to none. */
export function jobGoes(instance: Instance, mapped?: string): Assignment {
  const { jobs } = siteOf(instance);
  return assignJob(jobs.table.names, instance.jobs.handling, jobs.methods, instance.release?.value, mapped);
}

/** What becomes of a new workflow invocation: the schedulers file decides where it has handlers. */
export function invocationGoes(instance: Instance): Assignment {
  const { workflow } = siteOf(instance);
  const handling = instance.workflowSchedulers?.handling;
  return workflow && handling
    ? assignJob(workflow.table.names, handling, workflow.methods, instance.release?.value)
    : jobGoes(instance);
}

/** The name under which new workflow invocations are written; undefined where a method picks a process. */
export function invocationName(instance: Instance): string | undefined {
  const goes = invocationGoes(instance);
  return goes.kind === 'name' ? goes.name : undefined;
}

/** True when a process has a pool that Galaxy knows. */
export function isPooled({ pools }: Worker): boolean {
  return pools.some(isKnownPool);
}

/** True when a dynamic handler is in no pool, or in one that Galaxy does not know: that is its first trouble, and told by rules of its own. */
export function isMispooled({ kind, pools }: Worker): boolean {
  return (
    kind === 'dynamic' && !(pools.length > 0 && pools.every((one) => isKnownPool(one) && !isOddPool(one)))
  );
}

/** A section of handlers, of jobs or of workflows. */
export interface Section extends Routing {
  readonly handling: Handling;
  readonly kind: 'jobs' | 'workflow';
  /** The file as people know it. */
  readonly file: string;
  /** True where lists are written as text with commas. */
  readonly xml: boolean;
}

/** The handlers of the job configuration, and those of the workflow schedulers file where it has its own. */
export function sectionsOf(instance: Instance): Section[] {
  const { jobs, workflowSchedulers } = instance;
  const site = siteOf(instance);
  const sections: Section[] = [
    {
      ...site.jobs,
      handling: jobs.handling,
      kind: 'jobs',
      file: jobs.file ?? '',
      xml: jobs.format === 'xml',
    },
  ];
  if (workflowSchedulers?.handling && site.workflow) {
    const { handling, file } = workflowSchedulers;
    sections.push({ ...site.workflow, handling, kind: 'workflow', file, xml: true });
  }
  return sections;
}
