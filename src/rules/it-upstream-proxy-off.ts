import { spanOf } from '../model/located.ts';
import { switchedOff, switchedOn } from '../model/options.ts';
import { isPublic } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const itUpstreamProxyOff: Rule = {
  code: 'GX544',
  name: 'it-upstream-proxy-off',
  severity: 'info',
  summary: 'Interactive tools are reached past the web server.',
  why: "Browsers are sent to the port of gx-it-proxy itself, without TLS and without the web server's rules; it is meant for development.",
  source: 'Galaxy: interactivetools_upstream_proxy',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  interactivetools_enable: true\n  interactivetools_upstream_proxy: false\n`,
      ),
    },
    at: 'galaxy.yml:11:36',
    good: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  interactivetools_enable: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const off = switchedOff(instance, 'interactivetools_upstream_proxy');
      if (!off || !isPublic(instance) || !switchedOn(instance, 'interactivetools_enable')) continue;
      report(
        finding(this, 'interactive tools are not behind the web server', spanOf(off), {
          help: 'remove the line, and forward *.ep.interactivetool.HOST to gx-it-proxy',
        }),
      );
    }
  },
};
