import { spanOf } from '../model/located.ts';
import { handsDownloads } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const downloadsUnreadable: Rule = {
  code: 'GX559',
  name: 'downloads-unreadable',
  severity: 'warning',
  summary: 'The proxy is to send files that only the account of Galaxy can read.',
  why: 'The proxy runs as another account, so every download fails with "403 Forbidden".',
  source: 'Galaxy documentation: Proxying Galaxy with nginx, sending files using nginx',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  umask: "077"\n`, `  nginx_x_accel_redirect_base: /_x_accel_redirect\n`),
    },
    at: 'galaxy.yml:5:10',
    good: {
      'galaxy.yml': galaxyYml(`  umask: "027"\n`, `  nginx_x_accel_redirect_base: /_x_accel_redirect\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const account = instance.proxy?.user;
      const same = account !== undefined && account.value === instance.user?.value;
      if (!handsDownloads(instance) || same) continue;
      const strict = instance.services
        .flatMap(({ processes }) => processes)
        .find(({ umask }) => /^0*[0-7]?[4-7][4-7]$/.test(umask.value));
      if (!strict) continue;
      report(
        finding(this, `"${strict.name}" makes files that nobody else may read`, spanOf(strict.umask), {
          help: 'write umask: "027" and put the account of the proxy into the group of Galaxy',
        }),
      );
    }
  },
};
