import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { trimSlashes } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const accelPrefix: Rule = {
  code: 'GX527',
  name: 'accel-prefix',
  severity: 'info',
  summary: 'nginx_x_accel_redirect_base begins with the prefix of Galaxy.',
  why: 'nginx looks its internal location up by the name alone, whatever address people use; downloads work only if that location has the prefix, too.',
  source: 'nginx documentation: X-Accel-Redirect names a location',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_infrastructure_url: https://www.example.org/galaxy\n  galaxy_url_prefix: /galaxy\n  nginx_x_accel_redirect_base: /galaxy/_x_accel_redirect\n`,
      ),
    },
    at: 'galaxy.yml:9:32',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_infrastructure_url: https://www.example.org/galaxy\n  galaxy_url_prefix: /galaxy\n  nginx_x_accel_redirect_base: /_x_accel_redirect\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const base = textOption(instance, 'nginx_x_accel_redirect_base');
      const bare = trimSlashes(textOption(instance, 'galaxy_url_prefix')?.value ?? '');
      const prefix = bare === '' ? '' : `/${bare}`;
      if (!base || !prefix || !base.value.startsWith(`${prefix}/`)) continue;
      const wanted = base.value.slice(prefix.length);
      report(
        finding(this, `"nginx_x_accel_redirect_base" needs no "${prefix}" in front`, spanOf(base), {
          help: `write ${wanted} here and as the internal location of nginx`,
        }),
      );
    }
  },
};
