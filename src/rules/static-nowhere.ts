import { spanOf } from '../model/located.ts';
import { switchedOff } from '../model/options.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const staticNowhere: Rule = {
  code: 'GX560',
  name: 'static-nowhere',
  severity: 'error',
  summary: 'Neither Galaxy nor the proxy serves the static files.',
  why: 'Pages have no scripts and no styles: the browser stays white.',
  source: 'Galaxy: static_enabled',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  static_enabled: false\n`),
      'gxgen.yml': proxyYml(`  static: {serve: false}\n`),
    },
    at: 'galaxy.yml:7:19',
    good: {
      'galaxy.yml': galaxyYml(``, `  static_enabled: true\n`),
      'gxgen.yml': proxyYml(`  static: {serve: false}\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const off = switchedOff(instance, 'static_enabled');
      const serve = instance.proxy?.static.serve;
      if (!off || !serve || serve.value) continue;
      const label = spanOf(serve);
      report(
        finding(this, 'nobody serves the static files', spanOf(off), {
          ...(label ? { labels: [{ span: label, text: 'nor does the proxy' }] } : {}),
          help: 'remove one of the two lines',
        }),
      );
    }
  },
};
