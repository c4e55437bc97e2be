import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const remoteUserNowhere: Rule = {
  code: 'GX555',
  name: 'remote-user-nowhere',
  severity: 'error',
  summary: 'Galaxy leaves the login to the proxy, and nothing says how the proxy knows who somebody is.',
  why: 'Galaxy refuses every request that comes without the name that the proxy vouches for.',
  source: 'Galaxy: use_remote_user; lib/galaxy/web/framework/middleware/remoteuser.py',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n`),
      'gxgen.yml': proxyYml(`  kind: nginx\n`),
    },
    at: 'galaxy.yml:7:20',
    good: {
      'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n`),
      'gxgen.yml': proxyYml(`  kind: nginx\n  remote_user: {variable: remote_user}\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'use_remote_user');
      if (!on || !instance.proxy || instance.proxy.remoteUser.variable) continue;
      report(
        finding(
          this,
          'the proxy is to say who somebody is, and does not know',
          spanOf(on) ?? instance.proxy.place,
          {
            help: 'name the variable that a login fills: remote_user: {variable: remote_user} under "proxy" in gxgen.yml',
          },
        ),
      );
    }
  },
};
