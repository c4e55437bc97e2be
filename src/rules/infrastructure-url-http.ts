import { spanOf } from '../model/located.ts';
import { infrastructureUrl, isPublic } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const infrastructureUrlHttp: Rule = {
  code: 'GX531',
  name: 'infrastructure-url-http',
  severity: 'info',
  summary: 'The public address of Galaxy is not encrypted.',
  why: 'Passwords, API keys and data cross the network in the clear.',
  source: 'Galaxy documentation: Proxying Galaxy with nginx, TLS',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: http://galaxy.example.org\n`) },
    at: 'galaxy.yml:7:30',
    good: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const url = infrastructureUrl(instance);
      if (url?.scheme !== 'http' || !isPublic(instance) || /^\d+\.\d+\.\d+\.\d+$/.test(url.host)) continue;
      report(
        finding(this, `"${url.host}" is used without TLS`, spanOf(url.origin), {
          help: 'give the proxy a certificate, and write https:// here',
        }),
      );
    }
  },
};
