import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const trustedProxiesEverybody: Rule = {
  code: 'GX547',
  name: 'trusted-proxies-everybody',
  severity: 'error',
  summary: 'Everybody is trusted to say from which address and by which scheme a request comes.',
  why: 'Anybody can pretend to be any client: limits, logs and lists of addresses are worth nothing, and Galaxy may let a request through without a login.',
  source: 'nginx: set_real_ip_from; Apache: mod_remoteip; Galaxy: display_servers',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(external('0.0.0.0/0')) },
    at: 'gxgen.yml:5:21',
    good: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(external('10.0.0.0/8')) },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      for (const network of proxy?.trustedProxies ?? []) {
        if (!/\/0+$/.test(network.value)) continue;
        report(
          finding(this, `"${network.value}" is every address there is`, spanOf(network), {
            help: 'list the addresses of the load balancers only',
          }),
        );
      }
    }
  },
};

function external(network: string): string {
  return `  tls: {mode: external}\n  trusted_proxies: [${network}]\n`;
}
