import { expansionOf, placeIn } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const limits = (value: number) => `limits:\n  - type: registered_user_concurrent_jobs\n    value: ${value}\n`;

export const limitZero: Rule = {
  code: 'GX369',
  name: 'limit-zero',
  severity: 'warning',
  summary: 'The number of jobs of a registered user is limited to 0.',
  why: 'Galaxy takes 0 for no limit here, although for destinations and for anonymous users 0 means that no job runs.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, __check_user_jobs',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: limits(0) }) },
    at: 'job_conf.yml:12:12',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: limits(4) }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const limit of jobs.limits) {
        if (limit.type.value !== 'registered_user_concurrent_jobs') continue;
        if (!limit.value || !/^\s*[+-]?0+\s*$/.test(limit.value.value)) continue;
        report(
          finding(this, 'a limit of 0 jobs for registered users is no limit', placeIn(limit.value, limit), {
            labels: expansionOf(limit),
            help: 'remove the limit, or write the number of jobs that one user may run at a time',
          }),
        );
      }
    }
  },
};
