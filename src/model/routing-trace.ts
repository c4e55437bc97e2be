// The whole way of one piece of work to the processes that can take it, with the reason for each: what people ask
// when a job sits in the queue.

import type { Instance } from './deployment.ts';
import type { Located } from './located.ts';
import type { JobConfig, StaticHandler, ToolMapping } from './routing.ts';
import type { Assignment, EffectiveMethods } from './routing-assign.ts';
import { poolTags } from './routing-names.ts';
import { invocationGoes, jobGoes, siteOf, type Worker } from './routing-site.ts';

/** Why a process takes the work. */
export type Via =
  /** The work carries its own name. */
  | { readonly kind: 'name'; readonly entry?: StaticHandler }
  /** It looks for a tag, because it is in a pool, or because its entry says so; neither: it is a plain handler. */
  | {
      readonly kind: 'tag';
      readonly tag: string;
      readonly pool?: Located<string>;
      readonly entry?: StaticHandler;
    }
  /** It made the work. */
  | { readonly kind: 'creator' };

export interface Taker {
  readonly worker: Worker;
  readonly via: Via;
}

export interface Trace {
  /** The handler or tag that is asked for, and undefined where none is. */
  readonly wanted?: Located<string>;
  /** True when the section's `default` stands in for a name that nobody gave. */
  readonly fallback: boolean;
  readonly methods: EffectiveMethods;
  readonly assignment: Assignment;
  readonly takers: readonly Taker[];
  /** Names that the work may be given, and that no process has. */
  readonly absent: readonly string[];
}

const jobPool = 'job-handlers';
const workflowPool = 'workflow-schedulers';

/** Where a new job goes. @param mapped the handler or tag that its tool is mapped to */
export function traceJob(instance: Instance, mapped?: Located<string>): Trace {
  const { jobs } = siteOf(instance);
  const { handling } = instance.jobs;
  const wanted = mapped ?? handling.default;
  const assignment = jobGoes(instance, wanted?.value);
  const { workers } = siteOf(instance);
  const handlers = workers.filter((one) => one.job.isHandler);
  const entry = (name: string) => handling.handlers.find((one) => one.id.value === name);
  const looks = (worker: Worker) => worker.job.grabs;
  return {
    ...(wanted ? { wanted } : {}),
    fallback: !mapped && wanted !== undefined,
    methods: jobs.methods,
    assignment,
    ...takersOf(assignment, handlers, workers, looks, entry, jobPool),
  };
}

export interface WorkflowTrace extends Trace {
  /** `own`: the workflow schedulers file has handlers; `pool`: processes are attached to the pool; `jobs`: every job handler schedules. */
  readonly decidedBy: 'own' | 'pool' | 'jobs';
  /** Every process that schedules, whether new invocations reach it or not. */
  readonly schedulers: readonly Worker[];
}

/** Where a new workflow invocation goes. */
export function traceWorkflow(instance: Instance): WorkflowTrace {
  const { workers, jobs, workflow } = siteOf(instance);
  const own = instance.workflowSchedulers?.handling;
  const handling = own ?? instance.jobs.handling;
  const methods = workflow?.methods ?? jobs.methods;
  const schedulers = workers.filter((one) => one.scheduler.schedules);
  const assignment = invocationGoes(instance);
  const pooled = workers.some((one) => poolTags(one.pools, workflowPool).length > 0);
  const entry = (id: string) => handling.handlers.find((one) => one.id.value === id);
  const looks = (worker: Worker) => worker.scheduler.grabs;
  return {
    ...(handling.default ? { wanted: handling.default } : {}),
    fallback: handling.default !== undefined,
    methods,
    assignment,
    ...takersOf(assignment, schedulers, workers, looks, entry, own || pooled ? workflowPool : jobPool),
    decidedBy: own ? 'own' : pooled ? 'pool' : 'jobs',
    schedulers,
  };
}

function takersOf(
  assignment: Assignment,
  able: readonly Worker[],
  all: readonly Worker[],
  looksFor: (worker: Worker) => readonly string[],
  entryOf: (name: string) => StaticHandler | undefined,
  base: string,
): { readonly takers: readonly Taker[]; readonly absent: readonly string[] } {
  if (assignment.kind === 'fails') return { takers: [], absent: [] };
  if (assignment.kind === 'creator') {
    const takers = able.map((worker): Taker => ({ worker, via: { kind: 'creator' } }));
    return { takers, absent: [] };
  }
  const names = new Set(assignment.kind === 'name' ? [assignment.name] : assignment.members);
  const takers = able.flatMap((worker): Taker[] => {
    const own = worker.name.value;
    const entry = entryOf(own);
    if (names.has(own)) return [{ worker, via: { kind: 'name', ...(entry ? { entry } : {}) } }];
    const tag = looksFor(worker).find((one) => names.has(one));
    if (tag === undefined) return [];
    const pool = worker.process.pools.find((one) => poolTags([one.value], base).includes(tag));
    return [{ worker, via: { kind: 'tag', tag, ...(pool ? { pool } : {}), ...(entry ? { entry } : {}) } }];
  });
  const running = new Set(all.map((one) => one.name.value));
  const absent = assignment.kind === 'one-of' ? [...names].filter((one) => !running.has(one)) : [];
  return { takers, absent };
}

/** What the job configuration says of a tool. */
export interface ToolEntry {
  /** The entry that counts. */
  readonly entry?: ToolMapping;
  /** Entries for classes of tools, which count where no entry names the tool. */
  readonly classes: readonly ToolMapping[];
  /** Ids of Tool Shed tools of that name, which are other tools than the one asked for. */
  readonly similar: readonly string[];
}

/**
 * The entry of a tool. Galaxy looks for the whole id, then for the id without its version, then for the short one, in
 * small letters, and the first that has any entry counts (lib/galaxy/jobs, `get_job_tool_configurations`).
 */
export function toolEntry({ tools }: JobConfig, id: string): ToolEntry {
  const whole = folded(id);
  const parts = whole.split('/');
  const shed = parts.length >= 6 && parts[1] === 'repos';
  const wanted = shed ? [whole, parts.slice(0, -1).join('/'), parts[4] ?? ''] : [whole];
  for (const name of wanted) {
    const found = tools.filter((one) => one.id && folded(one.id.value) === name);
    const entry = found.find((one) => one.params.length === 0) ?? found[0];
    if (entry) return { entry, classes: [], similar: [] };
  }
  const similar = tools.flatMap(({ id: other }) => {
    const words = other ? folded(other.value).split('/') : [];
    return other && !shed && words.length > 4 && words[4] === whole ? [other.value] : [];
  });
  return { classes: tools.filter((one) => one.class), similar: [...new Set(similar)] };
}

function folded(id: string): string {
  const lower = id.toLowerCase();
  let end = lower.length;
  while (end > 0 && lower[end - 1] === '/') end--;
  return lower.slice(0, end);
}

/** One kind of work: everything that asks for the same name. */
export interface Work {
  /** Ids of tools, in the order in which they stand; `class CLASS` for classes. */
  readonly tools: readonly string[];
  /** True for everything that asks for no name. */
  readonly others: boolean;
  readonly trace: Trace;
}

/** All jobs by the name that they ask for, in the order in which the names stand, those that ask for none last. */
export function allWork(instance: Instance): Work[] {
  const { tools, destinations } = instance.jobs;
  const names = new Map<string, { handler: Located<string>; tools: string[] }>();
  const add = (handler: Located<string> | undefined, what: string) => {
    if (!handler) return;
    const found = names.get(handler.value) ?? { handler, tools: [] };
    found.tools.push(what);
    names.set(handler.value, found);
  };
  for (const tool of tools) add(tool.handler, tool.id?.value ?? `class ${tool.class?.value ?? ''}`);
  for (const { id, resubmit } of destinations)
    for (const one of resubmit) add(one.handler, `resubmitted from ${id.value}`);
  const mapped = [...names.values()].map(
    (one): Work => ({ tools: one.tools, others: false, trace: traceJob(instance, one.handler) }),
  );
  return [...mapped, { tools: [], others: true, trace: traceJob(instance) }];
}
