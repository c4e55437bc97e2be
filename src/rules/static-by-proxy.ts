import { spanOf } from '../model/located.ts';
import { switchedOff } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const staticByProxy: Rule = {
  code: 'GX530',
  name: 'static-by-proxy',
  severity: 'info',
  summary: 'Galaxy is told not to serve its static files.',
  why: 'The proxy then has to serve /static/, /favicon.ico, /robots.txt and the files of plugins, or the page stays white.',
  source: 'Galaxy: static_enabled; Galaxy documentation: Proxying Galaxy with nginx',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  static_enabled: false\n`) },
    at: 'galaxy.yml:7:19',
    good: { 'galaxy.yml': galaxyYml(``, `  static_enabled: true\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const off = switchedOff(instance, 'static_enabled');
      // With a `proxy:` section it is known who serves them.
      if (!off || instance.proxy) continue;
      report(
        finding(this, 'only the proxy can serve the static files of Galaxy', spanOf(off), {
          help: 'see that the proxy does, or remove the line: Galaxy then serves what the proxy misses',
        }),
      );
    }
  },
};
