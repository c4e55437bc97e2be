import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { trimSlashes } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const accelBaseShape: Rule = {
  code: 'GX526',
  name: 'accel-base-shape',
  severity: 'error',
  summary: 'nginx_x_accel_redirect_base does not begin with a slash, or ends in one.',
  why: 'Galaxy puts the path of the file right behind it, so nginx finds no location for the result and every download is empty or not found.',
  source: 'Galaxy documentation: Proxying Galaxy with nginx; galaxyproject/galaxy#13042',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  nginx_x_accel_redirect_base: /_x_accel_redirect/\n`) },
    at: 'galaxy.yml:7:32',
    good: { 'galaxy.yml': galaxyYml(``, `  nginx_x_accel_redirect_base: /_x_accel_redirect\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const base = textOption(instance, 'nginx_x_accel_redirect_base');
      if (!base || /^\/(?:.*[^/])?$/s.test(base.value)) continue;
      // Galaxy takes the words for a switch literally, as the name of a location.
      const bare = trimSlashes(base.value);
      const wanted = `/${['', 'true', 'True', 'yes', 'on'].includes(bare) ? '_x_accel_redirect' : bare}`;
      const wrong = base.value.startsWith('/') ? 'must not end in' : 'must begin with';
      report(
        finding(
          this,
          `"nginx_x_accel_redirect_base" ${wrong} a slash, but it is "${base.value}"`,
          spanOf(base),
          {
            help: `write ${wanted}, and in nginx: location ${wanted}/ { internal; alias /; }`,
          },
        ),
      );
    }
  },
};
