import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { infrastructureUrl } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlShape: Rule = {
  code: 'GX521',
  name: 'infrastructure-url-shape',
  severity: 'error',
  summary: 'galaxy_infrastructure_url is no web address.',
  why: 'tusd, Pulsar, interactive tools and links in mail are made from it, and none of them works without http:// or https:// and a host.',
  source:
    'Galaxy: galaxy_infrastructure_url in the options reference; Gravity puts it in front of the hook of tusd',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: galaxy.example.org\n`) },
    at: 'galaxy.yml:7:30',
    good: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = textOption(instance, 'galaxy_infrastructure_url');
      if (!url || infrastructureUrl(instance)) continue;
      const host = /^[\w.-]+(?::\d+)?(?:\/\S*)?$/.test(url.value) ? url.value : 'galaxy.example.org';
      report(
        finding(
          this,
          '"galaxy_infrastructure_url" is no address that begins with http:// or https://',
          spanOf(url),
          {
            help: `write the address that people use, for example https://${host}`,
          },
        ),
      );
    }
  },
};
