import { spanOf } from '../model/located.ts';
import { switchedOn, textOption } from '../model/options.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const downloadsOtherServer: Rule = {
  code: 'GX557',
  name: 'downloads-other-server',
  severity: 'error',
  summary: 'Galaxy hands its downloads to another web server than the one in front.',
  why: 'The header means nothing to it, so every download arrives with 0 bytes and no error.',
  source: 'Galaxy: nginx_x_accel_redirect_base, apache_xsendfile',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  apache_xsendfile: true\n`),
      'gxgen.yml': proxyYml(`  kind: nginx\n`),
    },
    at: 'galaxy.yml:7:21',
    good: {
      'galaxy.yml': galaxyYml(``, `  nginx_x_accel_redirect_base: /_x_accel_redirect\n`),
      'gxgen.yml': proxyYml(`  kind: nginx\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const kind = instance.proxy?.kind;
      const toNginx = textOption(instance, 'nginx_x_accel_redirect_base');
      const toApache = switchedOn(instance, 'apache_xsendfile');
      const [own, other] = kind?.value === 'apache' ? [toApache, toNginx] : [toNginx, toApache];
      if (!kind || own || !other) continue;
      const label = spanOf(kind);
      const [name, wanted] =
        kind.value === 'nginx'
          ? ['Apache', 'nginx_x_accel_redirect_base: /_x_accel_redirect']
          : ['nginx', 'apache_xsendfile: true'];
      report(
        finding(this, `downloads are handed to ${name}, and the proxy is ${kind.value}`, spanOf(other), {
          ...(label ? { labels: [{ span: label, text: 'the proxy' }] } : {}),
          help: `write ${wanted} instead`,
        }),
      );
    }
  },
};
