import { spanOf } from '../model/located.ts';
import { isOn, textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const itProxyHostIgnored: Rule = {
  code: 'GX543',
  name: 'it-proxy-host-ignored',
  severity: 'info',
  summary: 'interactivetools_proxy_host is set where nothing reads it.',
  why: 'Galaxy uses it only if interactivetools_upstream_proxy is false; links to interactive tools are made from galaxy_infrastructure_url.',
  source: 'Galaxy: interactivetools_proxy_host, interactivetools_upstream_proxy',
  since: '22.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  interactivetools_proxy_host: tools.example.org\n`) },
    at: 'galaxy.yml:7:32',
    good: { 'galaxy.yml': galaxyYml(``, `  galaxy_infrastructure_url: https://galaxy.example.org\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const host = textOption(instance, 'interactivetools_proxy_host');
      const kubernetes = instance.jobs.runners.some((one) => one.load?.value.includes('kubernetes'));
      if (!host || kubernetes || !isOn(instance, 'interactivetools_upstream_proxy', true)) continue;
      report(
        finding(this, '"interactivetools_proxy_host" has no effect', spanOf(host), {
          help: 'remove it; the public address belongs in galaxy_infrastructure_url',
        }),
      );
    }
  },
};
