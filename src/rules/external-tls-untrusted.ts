import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const externalTlsUntrusted: Rule = {
  code: 'GX548',
  name: 'external-tls-untrusted',
  severity: 'error',
  summary: 'TLS ends before the proxy, and no load balancer is trusted to say so.',
  why: 'Every request then counts as unencrypted and as coming from the load balancer: Galaxy makes http addresses, and all clients look the same.',
  source: 'nginx: set_real_ip_from; Apache: mod_remoteip',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  tls: {mode: external}\n`) },
    at: 'gxgen.yml:4:15',
    good: {
      'galaxy.yml': galaxyYml(),
      'gxgen.yml': proxyYml(`  tls: {mode: external}\n  trusted_proxies: [10.0.0.1]\n`),
    },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      if (proxy?.tls.mode.value !== 'external' || proxy.trustedProxies.length > 0) continue;
      report(
        finding(this, 'nobody is trusted to say that a request was encrypted', spanOf(proxy.tls.mode), {
          help: 'list the addresses of the load balancers under "trusted_proxies"',
        }),
      );
    }
  },
};
