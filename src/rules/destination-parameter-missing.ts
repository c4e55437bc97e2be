import { hasOwnRules } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { loadedFrom } from '../model/runners.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

/** What destinations of a class of runners must have, and what it is. */
const required: ReadonlyMap<string, readonly [param: string, meaning: string]> = new Map([
  [
    'ShellJobRunner',
    ['job_plugin', 'the scheduler that is called: Torque, OpenPBS, Slurm, SlurmTorque or LSF'],
  ],
  ['PulsarRESTJobRunner', ['url', 'the address of the Pulsar server']],
  ['PulsarMQJobRunner', ['jobs_directory', 'the staging directory on the Pulsar server']],
  ['PulsarEmbeddedMQJobRunner', ['jobs_directory', 'the staging directory of Pulsar']],
  ['PulsarTesJobRunner', ['tes_url', 'the address of the TES server']],
  ['PulsarGcpBatchJobRunner', ['project_id', 'the project that runs the jobs']],
]);

const parts = (plugin: string) => ({
  runners: '  cli:\n    load: galaxy.jobs.runners.cli:ShellJobRunner\n',
  execution: `  environments:\n    cluster:\n      runner: cli\n      shell_plugin: LocalShell\n${plugin}`,
});

export const destinationParameterMissing: Rule = {
  code: 'GX376',
  name: 'destination-parameter-missing',
  severity: 'error',
  summary: 'A destination lacks a parameter without which its runner cannot run a job.',
  why: 'Galaxy starts, and every job that is sent there fails.',
  source: 'Galaxy: lib/galaxy/jobs/runners/pulsar.py and util/cli/__init__.py (24.1, 26.1)',
  since: '24.1',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml(parts('')) },
    at: 'job_conf.yml:10:5',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml(parts('      job_plugin: Slurm\n')),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      // Rules of the site may add parameters to the destination that they choose.
      if (jobs.partial || hasOwnRules(jobs)) continue;
      const runners = new Map(jobs.runners.map((one) => [one.id.value, one]));
      for (const one of jobs.destinations) {
        const runner = runners.get(one.runner?.value ?? '');
        const from = runner && loadedFrom(runner);
        const need = required.get(from?.class ?? (from?.module === 'cli' ? 'ShellJobRunner' : ''));
        if (!need || isEnabled(one) === false) continue;
        const [param, meaning] = need;
        if (one.params.some(({ name }) => name.value === param)) continue;
        report(
          finding(this, `${quoted(one.id.value)} has no parameter "${param}"`, placeIn(one.id, one), {
            labels: expansionOf(one),
            help: `add ${param}, ${meaning}`,
          }),
        );
      }
    }
  },
};
