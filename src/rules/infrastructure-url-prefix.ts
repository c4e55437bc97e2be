import { spanOf } from '../model/located.ts';
import { inEnvironment, textOption } from '../model/options.ts';
import { trimSlashes } from '../model/paths.ts';
import { infrastructureUrl } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlPrefix: Rule = {
  code: 'GX524',
  name: 'infrastructure-url-prefix',
  severity: 'warning',
  summary: 'galaxy_infrastructure_url and galaxy_url_prefix name different paths.',
  why: 'One of the two is where Galaxy answers, the other is where links and callbacks go: they meet a 404.',
  source:
    'Galaxy documentation: Serving Galaxy at a web server sub directory; Gravity adds no prefix to the hook of tusd',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_infrastructure_url: https://www.example.org\n  galaxy_url_prefix: /galaxy\n`,
      ),
    },
    at: 'galaxy.yml:7:30',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_infrastructure_url: https://www.example.org/galaxy\n  galaxy_url_prefix: /galaxy\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = infrastructureUrl(instance);
      const written = textOption(instance, 'galaxy_url_prefix');
      if (!url || inEnvironment(instance, 'galaxy_url_prefix')) continue;
      const prefix = trimmed(written?.value ?? '/');
      const path = trimmed(url.path);
      if (prefix === path) continue;
      const tusd = instance.services.some(
        (one) => one.kind === 'tusd' && String(one.settings.hooks_http?.value).startsWith(url.origin.value),
      );
      const label = spanOf(written);
      report(
        finding(
          this,
          prefix === ''
            ? `"galaxy_infrastructure_url" has the path "${path}", but Galaxy has no "galaxy_url_prefix"`
            : `"galaxy_infrastructure_url" lacks "${prefix}", under which Galaxy answers`,
          spanOf(url.origin),
          {
            ...(tusd && prefix !== ''
              ? {
                  severity: 'error',
                  why: 'tusd asks Galaxy at that address whether an upload is allowed, meets a 404, and refuses every upload',
                }
              : {}),
            ...(label ? { labels: [{ span: label, text: 'Galaxy answers under this path' }] } : {}),
            help:
              prefix === ''
                ? `write galaxy_url_prefix: ${path}, or take the path off the address`
                : `write the address with ${prefix} at its end`,
          },
        ),
      );
    }
  },
};

// Slashes at the end and the missing first one are problems of their own.
function trimmed(path: string): string {
  const bare = trimSlashes(path);
  return bare === '' ? '' : `/${bare}`;
}
