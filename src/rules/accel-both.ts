import { spanOf } from '../model/located.ts';
import { switchedOn, textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const accelBoth: Rule = {
  code: 'GX528',
  name: 'accel-both',
  severity: 'warning',
  summary: 'Downloads are to be handed to nginx and to Apache at the same time.',
  why: 'Galaxy sends the header of nginx only; behind Apache every download is then an empty file.',
  source: 'Galaxy: lib/galaxy/webapps/galaxy, releases after 22.01; 22.01 sent both headers',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  nginx_x_accel_redirect_base: /_x_accel_redirect\n  apache_xsendfile: true\n`,
      ),
    },
    at: 'galaxy.yml:8:21',
    good: { 'galaxy.yml': galaxyYml(``, `  nginx_x_accel_redirect_base: /_x_accel_redirect\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const nginx = textOption(instance, 'nginx_x_accel_redirect_base');
      const apache = switchedOn(instance, 'apache_xsendfile');
      if (!nginx || !apache) continue;
      const label = spanOf(nginx);
      report(
        finding(
          this,
          '"apache_xsendfile" and "nginx_x_accel_redirect_base" are both set, and only nginx is served',
          spanOf(apache),
          {
            ...(label ? { labels: [{ span: label, text: 'this one is used' }] } : {}),
            help: 'keep the one of the web server you have',
          },
        ),
      );
    }
  },
};
