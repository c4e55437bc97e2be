import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const environments = (tags: string) =>
  `  default: local
  environments:
    local:
      runner: local
      tags: [${tags}]
`;

export const destinationTagRepeated: Rule = {
  code: 'GX476',
  name: 'destination-tag-repeated',
  severity: 'warning',
  summary: 'A destination has the same tag twice.',
  why: 'Galaxy counts its jobs twice against limits on the tag, and chooses it twice as often as the others.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, __check_destination_jobs',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: environments('quick, quick') }) },
    at: 'job_conf.yml:11:21',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: environments('quick, small') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const destination of jobs.destinations) {
        if (isEnabled(destination) === false) continue;
        const seen = new Set<string>();
        for (const tag of destination.tags) {
          if (seen.has(tag.value) && tag.value !== '') {
            report(
              finding(
                this,
                `${quoted(destination.id.value)} has the tag ${quoted(tag.value)} twice`,
                placeIn(tag, destination),
                { labels: expansionOf(destination), help: 'remove one of them' },
              ),
            );
          }
          seen.add(tag.value);
        }
      }
    }
  },
};
