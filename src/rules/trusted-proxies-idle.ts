import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const trustedProxiesIdle: Rule = {
  code: 'GX549',
  name: 'trusted-proxies-idle',
  severity: 'warning',
  summary: 'Load balancers are listed, and the proxy does not stand behind one.',
  why: 'Nothing reads the list: it is for a site whose TLS ends at a load balancer.',
  source: 'gxgen: trusted_proxies',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  trusted_proxies: [10.0.0.1]\n`) },
    at: 'gxgen.yml:4:21',
    good: {
      'galaxy.yml': galaxyYml(),
      'gxgen.yml': proxyYml(`  tls: {mode: external}\n  trusted_proxies: [10.0.0.1]\n`),
    },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      const [first] = proxy?.trustedProxies ?? [];
      if (!proxy || !first || proxy.tls.mode.value === 'external') continue;
      report(
        finding(
          this,
          `"trusted_proxies" has no effect while TLS is "${proxy.tls.mode.value}"`,
          spanOf(first),
          {
            help: 'write mode: external under "tls" if a load balancer has the certificate, or remove the list',
          },
        ),
      );
    }
  },
};
