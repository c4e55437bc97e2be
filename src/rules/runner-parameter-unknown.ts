import { compareReleases } from '../model/release.ts';
import type { Param } from '../model/routing.ts';
import { isEnabled } from '../model/routing-params.ts';
import { didYouMean, expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { loadedFrom, newestRunners, runnerModules } from '../model/runners.ts';
import { suggest } from '../text/suggest.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const slurm = '  slurm:\n    load: galaxy.jobs.runners.slurm:SlurmJobRunner\n';
const option = 'native_specification: --ntasks=4\n';
const execution = (more: string) => `  environments:\n    slurm:\n      runner: slurm\n${more}`;

export const runnerParameterUnknown: Rule = {
  code: 'GX372',
  name: 'runner-parameter-unknown',
  severity: 'error',
  summary: 'A runner has a parameter that it does not take.',
  why: 'Galaxy stops at it: handlers do not start.',
  source: 'Galaxy: lib/galaxy/jobs/runners/__init__.py, RunnerParams (24.1 to 26.1)',
  since: '24.1',
  example: () => ({
    bad: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ runners: `${slurm}    ${option}`, execution: execution('') }),
    },
    at: 'job_conf.yml:6:5',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ runners: slurm, execution: execution(`      ${option}`) }),
    },
  }),
  check(deployment, report) {
    for (const { jobs, release } of deployment.instances) {
      if (release && compareReleases(release.value, newestRunners) > 0) continue;
      for (const runner of jobs.runners) {
        const module = loadedFrom(runner)?.module;
        const known = module === undefined ? undefined : runnerModules.get(module);
        if (!known || isEnabled(runner) === false || runner.id.value === 'dynamic') continue;
        for (const param of givenTo(runner.params)) {
          const name = param.name.value;
          if (known.params.includes(name)) continue;
          const near = suggest(name, known.params);
          report(
            finding(
              this,
              `the runner ${quoted(runner.id.value)} takes no parameter ${quoted(name)}${didYouMean(near)}`,
              placeIn(param.name, runner),
              {
                labels: expansionOf(runner),
                help: near ? `write "${near}"` : helpFor(name, known.params, jobs.format),
              },
            ),
          );
        }
      }
    }
  },
};

// A `kwds` in YAML replaces all other keys; its own are not looked at here.
function givenTo(params: readonly Param[]): readonly Param[] {
  return params.some(({ name }) => name.value === 'kwds') ? [] : params;
}

function helpFor(name: string, known: readonly string[], format: string): string {
  if (name === 'params') return 'write the parameters of a runner beside "load", without "params"';
  const where = format === 'xml' ? 'destination' : 'environment';
  const takes = known.length === 0 ? 'this runner takes none' : `it takes ${known.slice(0, 8).join(', ')}`;
  return `parameters of jobs belong to the ${where}; ${takes}${known.length > 8 ? ', ...' : ''}`;
}
