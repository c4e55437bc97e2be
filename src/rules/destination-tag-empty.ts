import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const destinations = (tags: string) =>
  `        <destination id="local" runner="local" tags="${tags}"/>
        <destination id="local_big" runner="local"/>
`;

export const destinationTagEmpty: Rule = {
  code: 'GX475',
  name: 'destination-tag-empty',
  severity: 'warning',
  summary: 'A tag of a destination has an empty name.',
  why: 'Galaxy makes it a tag like any other, which nothing can name; an empty tags="" makes one too.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, job_config_xml_to_dict',
  example: () => ({
    bad: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({ fallback: ' default="local"', destinations: destinations('quick,') }),
    },
    at: 'job_conf.xml:7:9',
    good: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({ fallback: ' default="local"', destinations: destinations('quick') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const destination of jobs.destinations) {
        const empty = destination.tags.find((one) => one.value === '');
        if (!empty || isEnabled(destination) === false) continue;
        report(
          finding(
            this,
            `${quoted(destination.id.value)} has a tag without a name`,
            placeIn(empty, destination),
            {
              labels: expansionOf(destination),
              help:
                destination.tags.length > 1
                  ? 'remove the comma that has no tag on one side'
                  : 'write a tag, or remove the attribute',
            },
          ),
        );
      }
    }
  },
};
