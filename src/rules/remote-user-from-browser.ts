import { spanOf } from '../model/located.ts';
import { comesFromBrowser } from '../model/proxy/remote-user.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const remoteUserFromBrowser: Rule = {
  code: 'GX554',
  name: 'remote-user-from-browser',
  severity: 'error',
  summary: 'The name of the user comes from something that the browser sends.',
  why: 'Anybody is logged in as anybody by writing a name there, as an administrator too.',
  source: 'nginx: $http_name, $arg_name and $cookie_name are what the client sent',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n`),
      'gxgen.yml': proxyYml(`  kind: nginx\n  remote_user: {variable: http_x_user}\n`),
    },
    at: 'gxgen.yml:5:27',
    good: {
      'galaxy.yml': galaxyYml(``, `  use_remote_user: true\n`),
      'gxgen.yml': proxyYml(`  kind: nginx\n  remote_user: {variable: remote_user}\n`),
    },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      const variable = proxy?.remoteUser.variable;
      if (!variable || !comesFromBrowser(variable.value)) continue;
      report(
        finding(this, `"${variable.value}" holds what the browser sends`, spanOf(variable), {
          help: 'name a variable that a login fills: remote_user with auth_basic, or one of auth_request_set',
        }),
      );
    }
  },
};
