import type { Details } from '../diagnostics/diagnostic.ts';
import { isOlder } from '../model/release.ts';
import type { Destination } from '../model/routing.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const environments = (tag: string) =>
  `  default: local
  environments:
    local:
      runner: local
    local_big:
      runner: local
      tags: [${tag}]
`;

export const destinationTagIsId: Rule = {
  code: 'GX473',
  name: 'destination-tag-is-id',
  severity: 'error',
  summary: 'A tag of a destination is also the id of one.',
  why: 'Ids and tags share their names: Galaxy does not start, or one of the two meanings is lost.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict (19.09 to 26.1)',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: environments('local') }) },
    at: 'job_conf.yml:13:14',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: environments('any') }) },
  }),
  check(deployment, report) {
    for (const { jobs, release } of deployment.instances) {
      const merges = !isOlder(release?.value, '26.0');
      const loaded = jobs.destinations.filter((one) => isEnabled(one) !== false);
      const order = new Map<string, [Destination, number]>(
        loaded.map((one, index) => [one.id.value, [one, index]]),
      );
      for (const [index, destination] of loaded.entries()) {
        for (const tag of destination.tags) {
          const found = order.get(tag.value);
          if (!found) continue;
          const [other, position] = found;
          const own = other === destination;
          const effect = effectOf(tag.value, own, position > index, merges);
          report(
            finding(
              this,
              `the tag ${quoted(tag.value)} of ${quoted(destination.id.value)} is ${own ? 'its own id' : 'the id of a destination'}`,
              placeIn(tag, destination),
              {
                ...effect,
                labels: [
                  ...(other === destination
                    ? []
                    : [{ span: other.span, text: 'the destination of that id' }]),
                  ...expansionOf(destination),
                ],
                help: own ? 'remove the tag' : 'give the tag another name',
              },
            ),
          );
        }
      }
    }
  },
};

function effectOf(tag: string, own: boolean, later: boolean, merges: boolean): Details {
  if (later)
    return {
      why: `the destination ${quoted(tag)} comes after it and takes the name: the tag is lost without a message`,
    };
  if (!merges) return { why: 'Galaxy does not start, and says only that a tuple has no attribute "append"' };
  if (own) return { severity: 'info', why: 'it has no effect; before 26.0 Galaxy does not start with it' };
  return {
    severity: 'warning',
    why: `Galaxy sends jobs for ${quoted(tag)} to any of these, without a message; before 26.0 it does not start`,
  };
}
