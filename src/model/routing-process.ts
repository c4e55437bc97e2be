// What one process does: does it handle jobs, does it schedule workflows, and under which names does it look for work.
// Observed on 22.05 to 26.1 (test/peers/galaxy.test.ts).

import { isOlder } from './release.ts';
import type { Handling, WorkflowSchedulers } from './routing.ts';
import { defaultTag } from './routing.ts';
import { type AssignFacts, assignMethods, type EffectiveMethods } from './routing-assign.ts';
import { poolTags } from './routing-names.ts';
import { type HandlerTable, handlerTable, standing } from './routing-table.ts';

export interface GalaxyProcess {
  /** What Galaxy calls it: `main.1` for a web worker, `--server-name` for others. */
  readonly serverName: string;
  /** As written, whether Galaxy knows them or not; empty for web workers. */
  readonly pools: readonly string[];
}

export interface HandlerRole {
  readonly isHandler: boolean;
  /** The tags it serves; `_default_` when it is a member of none, and nothing when it is no handler. */
  readonly tags: readonly string[];
  /** Names under which it takes rows for itself; it runs rows that carry its own name in any case. */
  readonly grabs: readonly string[];
  /** False when it does not start with these handlers. */
  readonly starts: boolean;
}

/** The pool of job handlers. */
export const jobPool = 'job-handlers';
/** The pool of workflow schedulers. */
export const workflowPool = 'workflow-schedulers';

/**
 * Whether a process handles jobs, and which.
 * @param table of the section's handlers, where many processes are asked about
 */
export function jobRole(
  handling: Handling,
  process: GalaxyProcess,
  release: string | undefined,
  facts: AssignFacts = {},
  table: HandlerTable = handlerTable(handling.handlers, release),
): HandlerRole {
  const own = standing(table, process.serverName, process.pools, jobPool);
  const effective = assignMethods(handling, release, { ...facts, attached: own.attached });
  const isHandler = !effective.tracksJobs || handlesAnyway(handling, effective) || own.listed;
  const tags = isHandler ? (own.tags.length > 0 ? own.tags : [defaultTag]) : [];
  return {
    isHandler,
    tags,
    grabs: takesRows(effective) ? tags : [],
    starts: !table.names.fails && own.clash === undefined,
  };
}

// By asking the database, or by being told.
function takesRows({ grab, messaged }: EffectiveMethods): boolean {
  return grab !== undefined || messaged === true;
}

// A process that makes jobs handles them where the method says so, or where nobody was named to do it.
function handlesAnyway(handling: Handling, { methods, configured }: EffectiveMethods): boolean {
  if (methods.includes('db-self') || methods.includes('mem-self')) return true;
  return handling.handlers.length === 0 && !configured;
}

export interface SchedulerRole {
  readonly schedules: boolean;
  /** Names under which it takes invocations for itself. */
  readonly grabs: readonly string[];
  /** False when it schedules without ever looking for new work. */
  readonly grabber: boolean;
  readonly starts: boolean;
}

/**
 * Whether a process schedules workflows, and which. With a file that has `<handlers>`, or in the pool
 * `workflow-schedulers`, its own table decides; otherwise every job handler schedules.
 * @param workflow the workflow schedulers file; undefined when there is none
 * @param tables of the two sections' handlers, where many processes are asked about
 */
export function schedulerRole(
  jobs: Handling,
  workflow: Pick<WorkflowSchedulers, 'handling'> | undefined,
  process: GalaxyProcess,
  release: string | undefined,
  facts: AssignFacts = {},
  tables: { readonly jobs: HandlerTable; readonly workflow?: HandlerTable } = {
    jobs: handlerTable(jobs.handlers, release),
  },
): SchedulerRole {
  const job = jobRole(jobs, process, release, facts, tables.jobs);
  // Which rows it takes depends on its tags as a job handler, even where it is none: a quirk of Galaxy.
  const jobTags = standing(tables.jobs, process.serverName, process.pools, jobPool).tags;
  const tags = jobTags.length > 0 ? jobTags : [defaultTag];
  const base = workflow || process.pools.includes(workflowPool) ? workflowPool : jobPool;
  if (!workflow?.handling && !process.pools.includes(base)) {
    const grabber = workflow === undefined && job.isHandler;
    return {
      schedules: job.isHandler,
      grabs: grabber && takesRows(unconfigured(jobs, release, facts)) ? tags : [],
      grabber,
      starts: job.starts && (workflow !== undefined || !crashesWithPools(process, release)),
    };
  }
  const handling = workflow?.handling ?? { handlers: [] };
  const table = tables.workflow ?? handlerTable(handling.handlers, release);
  const own = standing(table, process.serverName, process.pools, base);
  const effective = assignMethods(handling, release, { ...facts, attached: own.attached });
  const schedules = handlesAnyway(handling, effective) || own.listed;
  const fallback = handling.default?.value;
  const wanted = fallback === undefined ? tags : [...new Set([...tags, fallback])];
  return {
    schedules,
    grabs: schedules && takesRows(effective) ? wanted : [],
    grabber: schedules,
    starts: job.starts && !table.names.fails && own.clash === undefined,
  };
}

// Without a file of its own, scheduling has the methods that Galaxy falls back to, whatever those of jobs are.
function unconfigured(jobs: Handling, release: string | undefined, facts: AssignFacts): EffectiveMethods {
  const ofJobs = assignMethods(jobs, release, facts);
  if (isOlder(release, '21.05')) return ofJobs;
  return assignMethods({ handlers: [] }, release, { ...facts, trackJobs: ofJobs.tracksJobs });
}

/**
 * True for a process that is in pools with a tag, and in no pool without one: where there is no workflow schedulers file,
 * Galaxy looks for the tags in a table that it has not made, and stops.
 */
export function crashesWithPools(
  { pools }: Pick<GalaxyProcess, 'pools'>,
  release: string | undefined,
): boolean {
  const bases = [jobPool, workflowPool];
  if (isOlder(release, '21.09') || bases.some((one) => pools.includes(one))) return false;
  return bases.some((one) => poolTags(pools, one).length > 0);
}
