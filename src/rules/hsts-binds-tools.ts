import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const hstsBindsTools: Rule = {
  code: 'GX568',
  name: 'hsts-binds-tools',
  severity: 'info',
  summary:
    'Browsers are told to use TLS for every name below that of the site, and interactive tools have such names.',
  why: 'A tool that is reached without TLS, and every other service with a name below, is cut off for months in browsers that have seen the header once.',
  source: 'RFC 6797, includeSubDomains',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  tls: {hsts_subdomains: true}\n`) },
    at: 'gxgen.yml:4:26',
    good: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  tls: {hsts_subdomains: false}\n`) },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      if (!proxy?.tls.hstsSubdomains.value || proxy.tls.hstsMaxAge.value === 0) continue;
      report(
        finding(this, 'TLS becomes a must for every name below the site', spanOf(proxy.tls.hstsSubdomains), {
          help: 'make sure that all of them have a certificate, or remove the line',
        }),
      );
    }
  },
};
