import type { Destination } from '../model/routing.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

export const destinationDuplicateId: Rule = {
  code: 'GX474',
  name: 'destination-duplicate-id',
  severity: 'warning',
  summary: 'Two destinations have the same id.',
  why: 'Galaxy uses the last one, and what the first one says is lost without a message.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict',
  since: '19.09',
  example: () => ({
    bad: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({
        destinations:
          '        <destination id="local" runner="local"/>\n        <destination id="local" runner="local"/>\n',
      }),
    },
    at: 'job_conf.xml:8:26',
    good: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({
        fallback: ' default="local"',
        destinations:
          '        <destination id="local" runner="local"/>\n        <destination id="local_big" runner="local"/>\n',
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const seen = new Map<string, Destination>();
      for (const destination of jobs.destinations) {
        if (isEnabled(destination) === false) continue;
        const id = destination.id.value;
        const first = seen.get(id);
        seen.set(id, destination);
        if (!first) continue;
        report(
          finding(
            this,
            `a destination ${quoted(id)} is defined twice`,
            placeIn(destination.id, destination),
            {
              labels: [{ span: placeIn(first.id, first), text: 'lost' }, ...expansionOf(destination)],
              help: 'remove one of them, or give it another id',
            },
          ),
        );
      }
    }
  },
};
