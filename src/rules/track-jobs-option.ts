import { spanOf } from '../model/located.ts';
import { isOn, option } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const trackJobsOption: Rule = {
  code: 'GX669',
  name: 'track-jobs-option',
  severity: 'warning',
  summary: 'track_jobs_in_database is set, which the job configuration has replaced.',
  why: 'Where the job configuration names an assignment method the option does nothing; without one it decides, and will go.',
  source: 'Galaxy: track_jobs_in_database, deprecated; use "mem-self" for jobs without the database',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  track_jobs_in_database: true\n`) },
    at: 'galaxy.yml:7:27',
    good: { 'galaxy.yml': galaxyYml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const set = option(instance, 'track_jobs_in_database');
      if (!set) continue;
      report(
        finding(this, '"track_jobs_in_database" is deprecated', spanOf(set), {
          help: isOn(instance, 'track_jobs_in_database')
            ? 'remove it: it is the default'
            : 'remove it, and write assign: [mem-self] in the handling section of the job configuration',
        }),
      );
    }
  },
};
