import { spanOf } from '../model/located.ts';
import { option } from '../model/options.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const idle = [
  'static_cache_time',
  ...['static_dir', 'static_images_dir', 'static_favicon_dir', 'static_scripts_dir'].map(
    (one) => `${one}_by_host`,
  ),
  ...['static_style_dir', 'static_robots_txt', 'static_welcome_html'].map((one) => `${one}_by_host`),
];

export const staticOptionsIdle: Rule = {
  code: 'GX561',
  name: 'static-options-idle',
  severity: 'warning',
  summary: 'Options for the static files are set that only Galaxy reads, and the proxy serves them.',
  why: 'What the options say never reaches a browser.',
  source: 'Galaxy: static_dir_by_host, static_cache_time and others; lib/galaxy/webapps/base/webapp.py',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  static_cache_time: 60\n`),
      'gxgen.yml': proxyYml(`  static: {expires: 3600}\n`),
    },
    at: 'galaxy.yml:7:22',
    good: {
      'galaxy.yml': galaxyYml(``, `  static_cache_time: 60\n`),
      'gxgen.yml': proxyYml(`  static: {serve: false}\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (!instance.proxy?.static.serve.value) continue;
      for (const name of idle) {
        const found = option(instance, name);
        if (!found) continue;
        const help =
          name === 'static_cache_time'
            ? `write static: {expires: ${found.value}} under "proxy" in gxgen.yml`
            : 'remove it, or write static: {serve: false} under "proxy" in gxgen.yml: Galaxy then serves them itself';
        report(
          finding(this, `"${name}" has no effect: the proxy serves the static files`, spanOf(found), {
            help,
          }),
        );
      }
    }
  },
};
