import { spanOf } from '../model/located.ts';
import { infrastructureUrl } from '../model/site.ts';
import { span } from '../text/source.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlSlash: Rule = {
  code: 'GX522',
  name: 'infrastructure-url-slash',
  severity: 'info',
  summary: 'galaxy_infrastructure_url ends in a slash.',
  why: 'Galaxy joins it as text to what follows, so links in its mails have two slashes in the middle.',
  source: 'Galaxy: lib/galaxy/job_execution/actions/post.py',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org/\n`) },
    at: 'galaxy.yml:7:30',
    good: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = infrastructureUrl(instance);
      const place = spanOf(url?.origin);
      if (!url?.origin.value.endsWith('/') || !place) continue;
      const end = place.source.text.slice(place.start, place.end).lastIndexOf('/');
      report(
        finding(this, '"galaxy_infrastructure_url" ends in a slash', place, {
          help: 'write it without the slash',
          ...(end < 0
            ? {}
            : {
                fix: {
                  title: 'remove the slash',
                  safe: false,
                  edits: [{ span: span(place.source, place.start + end, place.start + end + 1), text: '' }],
                },
              }),
        }),
      );
    }
  },
};
