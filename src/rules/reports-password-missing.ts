import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const reportsPasswordMissing: Rule = {
  code: 'GX563',
  name: 'reports-password-missing',
  severity: 'error',
  summary: 'The reports are to ask for a password, and no file has any.',
  why: 'The proxy would have nothing to compare a password with.',
  source: 'nginx: auth_basic_user_file; Apache: AuthUserFile',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  reports: {auth: basic}\n`) },
    at: 'gxgen.yml:4:19',
    good: {
      'galaxy.yml': galaxyYml(),
      'gxgen.yml': proxyYml(`  reports: {auth: basic, password_file: /etc/galaxy/reports.htpasswd}\n`),
    },
  }),
  check(deployment, report) {
    for (const { proxy } of deployment.instances) {
      if (proxy?.reports.auth?.value !== 'basic' || proxy.reports.passwordFile) continue;
      report(
        finding(
          this,
          'the reports ask for a password, and "password_file" is not set',
          spanOf(proxy.reports.auth),
          {
            help: 'make a file with htpasswd, and write password_file: with its path',
          },
        ),
      );
    }
  },
};
