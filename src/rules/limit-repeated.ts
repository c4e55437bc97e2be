import type { Limit } from '../model/routing.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const limits = (type: string) =>
  `limits:
  - type: registered_user_concurrent_jobs
    value: 5
  - type: ${type}
    value: 2
`;

export const limitRepeated: Rule = {
  code: 'GX367',
  name: 'limit-repeated',
  severity: 'warning',
  summary: 'The same limit is written twice.',
  why: 'Galaxy uses the last one, and says nothing about the other.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict',
  example: () => ({
    bad: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ more: limits('registered_user_concurrent_jobs') }),
    },
    at: 'job_conf.yml:13:11',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ more: limits('anonymous_user_concurrent_jobs') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const seen = new Map<string, Limit>();
      for (const limit of jobs.limits) {
        const type = limit.type.value.replace(/^environment_/, 'destination_');
        const plain = type === 'concurrent_jobs' ? 'destination_user_concurrent_jobs' : type;
        const target = plain.startsWith('destination_') ? ((limit.tag?.value || limit.id?.value) ?? '') : '';
        const key = `${plain} ${target}`;
        const first = seen.get(key);
        seen.set(key, limit);
        if (!first) continue;
        report(
          finding(
            this,
            `the limit ${quoted(limit.type.value)}${target === '' ? '' : ` for ${quoted(target)}`} stands here a second time`,
            placeIn(limit.type, limit),
            {
              labels: [
                { span: placeIn(first.type, first), text: 'this one has no effect' },
                ...expansionOf(limit),
              ],
              help: 'remove one of them',
            },
          ),
        );
      }
    }
  },
};
