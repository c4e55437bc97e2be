// Jobs that nobody would run any more: those of a handler that goes or is renamed, and those that wait under a tag that
// nobody serves. What to do before it is safe.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { type JobOwner, jobOwners } from '../model/owners.ts';
import type { PlanInput, RestartPlan } from './plan.ts';

export interface Orphan {
  readonly instance: string;
  /** The server name or the tag. */
  readonly name: string;
  readonly kind: JobOwner['kind'];
  /** Who could take its jobs; absent when nobody is left. */
  readonly heir?: string;
  /** What to do before, in order. */
  readonly drain: readonly string[];
}

/** The names that may stand in rows of the database and that no process answers to afterwards. */
export function findOrphans({
  before,
  owners,
  deployment,
}: Pick<PlanInput, 'before' | 'owners' | 'deployment'>): Orphan[] {
  const after = jobOwners(deployment);
  const only = deployment.instances.length === 1 ? (deployment.instances[0]?.name.value ?? '') : '';
  const fromUnits: JobOwner[] = before.processes.flatMap(({ serverName }) =>
    serverName === undefined ? [] : [{ instance: only, name: serverName, kind: 'process' }],
  );
  const known = owners ?? fromUnits;
  const instances = new Set(deployment.instances.map((one) => one.name.value));
  const elsewhere = new Set(deployment.elsewhere.map((one) => one.value));
  const answers = (owner: JobOwner) =>
    after.some(
      (one) =>
        one.name === owner.name &&
        // An instance that was renamed keeps its database.
        (one.instance === owner.instance || !instances.has(owner.instance)),
    );
  return known
    .filter((one) => !answers(one))
    .filter(
      (one) =>
        one.kind === 'process' || !(elsewhere.has('job-handlers') || elsewhere.has('workflow-schedulers')),
    )
    .map((one): Orphan => {
      const heirs = after.filter(
        ({ instance, kind }) =>
          kind === 'process' && (instance === one.instance || !instances.has(one.instance)),
      );
      const heir = heirs.find(({ name }) => !/^main\.\d+$/.test(name)) ?? heirs[0];
      return { ...one, ...(heir ? { heir: heir.name } : {}), drain: drainSteps(one, heir?.name) };
    });
}

// Of jobs that are not at their end (Galaxy's non_ready_states), and of invocations that are still scheduled.
const openJobs = "('new', 'resubmitted', 'upload', 'waiting', 'queued', 'running')";
const openInvocations = "('new', 'ready')";

/** What an administrator does before a name goes; the queries are for Galaxy's database. */
export function drainSteps(
  { name, kind }: Pick<JobOwner, 'name' | 'kind'>,
  heir: string | undefined,
): string[] {
  const [own, other] = [quoted(name), quoted(heir ?? 'ANOTHER_HANDLER')];
  if (kind === 'tag')
    return [
      'let no tool and no destination ask for the tag any more, and apply that first',
      `wait until no new job carries it: SELECT count(*) FROM job WHERE handler = ${own} AND state = 'new';`,
      `give away what still does: UPDATE job SET handler = '_default_' WHERE handler = ${own} AND state = 'new';`,
      'then remove its last handler, and apply again',
    ];
  return [
    `give "${name}" a tag in the job configuration that no tool asks for (tags: draining) and no pool, so that it takes no new jobs; apply, which restarts it`,
    `wait until it has no more: SELECT state, count(*) FROM job WHERE handler = ${own} AND state IN ${openJobs} GROUP BY state;`,
    `and no more workflows: SELECT count(*) FROM workflow_invocation WHERE handler = ${own} AND state IN ${openInvocations};`,
    `give away what does not end: UPDATE job SET handler = ${other} WHERE handler = ${own} AND state IN ${openJobs};`,
    `and: UPDATE workflow_invocation SET handler = ${other} WHERE handler = ${own} AND state IN ${openInvocations};`,
    `then remove "${name}", apply again, and restart ${heir === undefined ? 'the handler that took them' : `"${heir}"`}, which looks for running jobs when it starts`,
  ];
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** @param allowed with `--allow-orphans`: said, but in nobody's way */
export function orphanProblems({ orphans }: Pick<RestartPlan, 'orphans'>, allowed: boolean): Diagnostic[] {
  return orphans.map((orphan) => {
    const { kind, name } = orphan;
    const details = {
      ...(allowed ? { severity: 'warning' as const } : {}),
      help: allowed
        ? 'reassign its jobs by the steps that the plan lists'
        : 'take the steps that the plan lists first, or go on all the same: --allow-orphans',
    };
    return kind === 'process'
      ? problem(
          'GX810',
          `jobs of "${name}" would be left behind: no process has that name afterwards`,
          undefined,
          {
            why: 'a job in the database carries the name of its handler, and no other process runs it; it stays new or running for ever',
            ...details,
          },
        )
      : problem(
          'GX811',
          `jobs that wait for "${name}" would be left behind: nobody takes that name afterwards`,
          undefined,
          {
            why: 'a new job carries the tag until a handler of the tag takes it, and stays new for ever when there is none',
            ...details,
          },
        );
  });
}
