import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = '  environments:\n    slurm:\n      runner: slurm\n';
const runners = (workers: number) =>
  `  slurm:\n    load: galaxy.jobs.runners.slurm:SlurmJobRunner\n    workers: ${workers}\n`;

export const runnerWithoutWorkers: Rule = {
  code: 'GX373',
  name: 'runner-without-workers',
  severity: 'error',
  summary: 'A runner has no workers.',
  why: 'Galaxy starts no thread for it, and its jobs wait for ever.',
  source: 'Galaxy: lib/galaxy/jobs/runners/__init__.py, _init_worker_threads',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ runners: runners(0), execution }) },
    at: 'job_conf.yml:6:14',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ runners: runners(2), execution }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const runner of jobs.runners) {
        const { workers } = runner;
        if (!workers || workers.value > 0 || isEnabled(runner) === false || runner.id.value === 'dynamic')
          continue;
        report(
          finding(
            this,
            `the runner ${quoted(runner.id.value)} has ${workers.value} workers`,
            placeIn(workers, runner),
            {
              labels: expansionOf(runner),
              help: 'write 1 or more; to leave the runner out, set its parameter "enabled" to false',
            },
          ),
        );
      }
    }
  },
};
