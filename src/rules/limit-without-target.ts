import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const limits = (id: string) => `limits:\n  - type: environment_user_concurrent_jobs\n${id}    value: 2\n`;

export const limitWithoutTarget: Rule = {
  code: 'GX366',
  name: 'limit-without-target',
  severity: 'warning',
  summary: 'A limit for a destination names none.',
  why: 'Galaxy then has a limit for no destination, and never applies it.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: limits('') }) },
    at: 'job_conf.yml:11:11',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: limits('    id: local\n') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const limit of jobs.limits) {
        const type = limit.type.value;
        if (!/^(?:(?:destination|environment)_(?:user|total)_)?concurrent_jobs$/.test(type)) continue;
        if (limit.tag?.value || limit.id?.value) continue;
        report(
          finding(this, `a limit ${quoted(type)} names no destination`, placeIn(limit.type, limit), {
            labels: expansionOf(limit),
            help: /total/.test(type)
              ? 'add the id or a tag of a destination'
              : 'add the id or a tag of a destination; for all of them together use registered_user_concurrent_jobs',
          }),
        );
      }
    }
  },
};
