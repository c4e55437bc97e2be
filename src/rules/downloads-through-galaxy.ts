import { isProduction } from '../model/database.ts';
import { inEnvironment, sectionPlace, switchedOn, textOption } from '../model/options.ts';
import { infrastructureUrl, webServers } from '../model/site.ts';
import { galaxyYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const downloadsThroughGalaxy: Rule = {
  code: 'GX529',
  name: 'downloads-through-galaxy',
  severity: 'info',
  summary: 'Galaxy sends every download itself although a proxy stands in front.',
  why: "A web server sends files faster, can resume them, and leaves Galaxy's few workers free for other requests.",
  source: 'Galaxy documentation: Proxying Galaxy with nginx, sending files using nginx',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        '  celery:\n    loglevel: INFO\n',
        productionOptions('nginx_x_accel_redirect_base'),
      ),
    },
    at: 'galaxy.yml:7:1',
    good: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions()) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (textOption(instance, 'nginx_x_accel_redirect_base') || switchedOn(instance, 'apache_xsendfile'))
        continue;
      if (['nginx_x_accel_redirect_base', 'apache_xsendfile'].some((one) => inEnvironment(instance, one)))
        continue;
      const proxied = webServers(instance).some(({ processes }) =>
        processes.some(({ listens }) => listens.some((one) => one.kind === 'unix')),
      );
      const url = infrastructureUrl(instance);
      if (
        !url ||
        !isProduction(instance) ||
        !(proxied || url.scheme === 'https') ||
        webServers(instance).length === 0
      )
        continue;
      report(
        finding(
          this,
          'downloads pass through Galaxy, not the web server in front of it',
          sectionPlace(instance),
          {
            help: 'write nginx_x_accel_redirect_base: /_x_accel_redirect and the location for it in nginx, or apache_xsendfile: true with mod_xsendfile',
          },
        ),
      );
    }
  },
};
