import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { trimSlashes } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const urlPrefixShape: Rule = {
  code: 'GX525',
  name: 'url-prefix-shape',
  severity: 'error',
  summary: 'galaxy_url_prefix does not begin with a slash, or ends in one.',
  why: 'Galaxy mounts itself there as it is written: without the first slash it does not start, with a last one it answers only to addresses with two slashes.',
  source: 'galaxyproject/galaxy#17428, galaxyproject/galaxy#18572',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_url_prefix: /galaxy/\n  galaxy_infrastructure_url: https://www.example.org/galaxy\n`,
      ),
    },
    at: 'galaxy.yml:7:22',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_url_prefix: /galaxy\n  galaxy_infrastructure_url: https://www.example.org/galaxy\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const prefix = textOption(instance, 'galaxy_url_prefix');
      if (!prefix || prefix.value === '/' || /^\/(?:.*[^/])?$/s.test(prefix.value)) continue;
      const wanted = `/${trimSlashes(prefix.value)}`;
      const place = spanOf(prefix);
      const plain = place && place.source.text.slice(place.start, place.end) === prefix.value;
      report(
        finding(
          this,
          `"galaxy_url_prefix" ${prefix.value.startsWith('/') ? 'must not end in' : 'must begin with'} a slash, but it is "${prefix.value}"`,
          place,
          {
            help: `write ${wanted}`,
            ...(place && plain
              ? { fix: { title: `write ${wanted}`, safe: true, edits: [{ span: place, text: wanted }] } }
              : {}),
          },
        ),
      );
    }
  },
};
