import { spanOf } from '../model/located.ts';
import { defaultTag, type JobConfig, type StaticHandler, type ToolMapping } from '../model/routing.ts';
import { destinationsOf, destinationTable, isDynamic } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { galaxyYml } from './example.ts';
import { jobsYml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const parts = (plugins: string) => ({
  runners: '  slurm:\n    load: galaxy.jobs.runners.slurm:SlurmJobRunner\n',
  handling: `  processes:\n    handler0:\n      plugins: [${plugins}]\n`,
  execution: `  default: slurm
  environments:
    local:
      runner: local
    slurm:
      runner: slurm
`,
});

export const handlerMissingRunner: Rule = {
  code: 'GX375',
  name: 'handler-missing-runner',
  severity: 'warning',
  summary: 'A handler does not load a runner that jobs it takes need.',
  why: 'Galaxy fails these jobs with a message about a misconfigured server whenever this handler gets them.',
  source:
    'Galaxy: lib/galaxy/jobs/__init__.py, get_job_runner_plugins; lib/galaxy/jobs/handler.py, get_job_runner',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.yml': jobsYml(parts('local')) },
    at: 'job_conf.yml:9:5',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.yml': jobsYml(parts('local, slurm')) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial || jobs.handling.default || jobs.handling.defaultFrom) continue;
      const limited = jobs.handling.handlers.filter((one) => one.plugins);
      if (limited.length === 0) continue;
      const needs = runnersByHandler(jobs);
      for (const handler of limited) {
        const loads = new Set(handler.plugins?.map((one) => one.value));
        const names = [handler.id.value, ...namesOf(handler)];
        const told = new Set<string>();
        for (const [runner, { destination, tool }] of names.flatMap((one) => [...(needs.get(one) ?? [])])) {
          if (loads.has(runner) || told.has(runner)) continue;
          told.add(runner);
          const span = tool ? placeIn(tool.destination ?? tool.id, tool) : spanOf(jobs.defaultDestination);
          report(
            finding(
              this,
              `${quoted(handler.id.value)} does not load the runner ${quoted(runner)}, which jobs for ${quoted(destination)} need`,
              placeIn(handler.id, handler),
              {
                labels: [
                  ...(span ? [{ span, text: tool ? 'such a tool' : 'the default' }] : []),
                  ...expansionOf(handler),
                ],
                help: `add ${quoted(runner)} to its plugins, or give these jobs another handler`,
              },
            ),
          );
        }
      }
    }
  },
};

function namesOf({ tags }: StaticHandler): readonly string[] {
  return tags?.map((one) => one.value) ?? [defaultTag];
}

interface Need {
  readonly destination: string;
  readonly tool?: ToolMapping;
}

/** For each name that a job may carry, the runners its jobs need, with an example of each. */
function runnersByHandler(jobs: JobConfig): Map<string, Map<string, Need>> {
  const table = destinationTable(jobs);
  const runners = new Set(jobs.runners.flatMap((one) => (isEnabled(one) === false ? [] : [one.id.value])));
  const needs = new Map<string, Map<string, Need>>();
  const only = table.ids.size === 1 ? [...table.ids.keys()][0] : undefined;
  const fallback = jobs.defaultDestinationFrom ? undefined : (jobs.defaultDestination?.value ?? only);
  const add = (handler: string, destination: string | undefined, tool?: ToolMapping) => {
    if (destination === undefined) return;
    for (const one of destinationsOf(table, destination)) {
      const runner = one.runner?.value;
      // A rule may send the job anywhere; a runner that is not defined is another mistake.
      if (runner === undefined || isDynamic(one) || !runners.has(runner)) continue;
      const known = needs.get(handler) ?? new Map<string, Need>();
      needs.set(handler, known);
      if (!known.has(runner)) known.set(runner, { destination, ...(tool ? { tool } : {}) });
    }
  };
  add(defaultTag, fallback);
  for (const tool of jobs.tools) {
    add(tool.handler?.value ?? defaultTag, tool.destination?.value ?? fallback, tool);
  }
  return needs;
}
