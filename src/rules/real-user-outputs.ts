import { spanOf } from '../model/located.ts';
import { inEnvironment, isOn, textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const realUserOutputs: Rule = {
  code: 'GX667',
  name: 'real-user-outputs',
  severity: 'error',
  summary: 'Jobs run as the user who started them, and write where only Galaxy may.',
  why: 'The directory of datasets belongs to Galaxy, so jobs fail when they write their first output.',
  source:
    'galaxyproject/galaxy#6391; Galaxy documentation: Connecting to a cluster, submitting jobs as the real user',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  drmaa_external_runjob_script: sudo -E .venv/bin/python scripts/drmaa_external_runner.py --assign_all_groups\n  external_chown_script: sudo -E scripts/external_chown_script.py\n`,
      ),
    },
    at: 'galaxy.yml:8:26',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  drmaa_external_runjob_script: sudo -E .venv/bin/python scripts/drmaa_external_runner.py --assign_all_groups\n  external_chown_script: sudo -E scripts/external_chown_script.py\n  outputs_to_working_directory: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (
        isOn(instance, 'outputs_to_working_directory') ||
        inEnvironment(instance, 'outputs_to_working_directory')
      )
        continue;
      // A destination can say it for itself.
      if (
        instance.jobs.destinations.some(({ params }) =>
          params.some((one) => one.name.value === 'outputs_to_working_directory'),
        )
      )
        continue;
      const script =
        textOption(instance, 'external_chown_script') ?? textOption(instance, 'drmaa_external_runjob_script');
      if (!script) continue;
      report(
        finding(this, 'jobs of real users need "outputs_to_working_directory"', spanOf(script), {
          help: 'write outputs_to_working_directory: true in the galaxy section',
        }),
      );
    }
  },
};
