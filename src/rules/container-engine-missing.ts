import { paramText } from '../model/routing-destinations.ts';
import { isEnabled, isTruth } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { loadedFrom } from '../model/runners.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

/** Runners that start the container themselves; others leave it to the machine that runs the job. */
const here = new Set(['local', 'slurm', 'drmaa', 'univa', 'condor', 'htcondor', 'pbs', 'cli']);
const engines = ['docker_enabled', 'singularity_enabled'];

const execution = (more: string) =>
  `  environments:
    containers:
      runner: local
      require_container: true
${more}`;

export const containerEngineMissing: Rule = {
  code: 'GX488',
  name: 'container-engine-missing',
  severity: 'error',
  summary: 'A destination runs jobs in containers only, and turns no container engine on.',
  why: 'Galaxy looks for a container only where an engine is turned on, so every job that is sent there fails.',
  source:
    'Galaxy: lib/galaxy/jobs/runners/__init__.py, build_command_line; lib/galaxy/tool_util/deps/containers.py',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('') }) },
    at: 'job_conf.yml:10:7',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ execution: execution('      singularity_enabled: true\n') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const runners = new Map(jobs.runners.map((one) => [one.id.value, one]));
      for (const one of jobs.destinations) {
        if (isEnabled(one) === false || !isTruth(paramText(one, 'require_container') ?? '')) continue;
        const runner = runners.get(one.runner?.value ?? '');
        if (!runner || !here.has(loadedFrom(runner)?.module ?? '')) continue;
        const on = one.params.some(
          ({ name, value, from }) =>
            engines.includes(name.value) && (from !== undefined || isTruth(String(value.value))),
        );
        if (on) continue;
        const written = one.params.findLast(({ name }) => name.value === 'require_container');
        report(
          finding(
            this,
            `${quoted(one.id.value)} requires containers, but no container engine is on`,
            placeIn(written?.name, one),
            { labels: expansionOf(one), help: 'set docker_enabled or singularity_enabled to true' },
          ),
        );
      }
    }
  },
};
