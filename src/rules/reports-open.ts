import { spanOf } from '../model/located.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const reports = `  reports:
    enable: true
    url_prefix: /reports
`;

export const reportsOpen: Rule = {
  code: 'GX564',
  name: 'reports-open',
  severity: 'warning',
  summary: 'The proxy shows the reports to everybody.',
  why: 'They have no login: anybody sees who ran which jobs and when.',
  source: 'Galaxy documentation: Running reports; the application has no login',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(reports),
      'reports.yml': 'reports: {}\n',
      'gxgen.yml': proxyYml(`  reports: {auth: none}\n`),
    },
    at: 'gxgen.yml:4:19',
    good: {
      'galaxy.yml': galaxyYml(reports),
      'reports.yml': 'reports: {}\n',
      'gxgen.yml': proxyYml(`  reports: {auth: galaxy}\n`),
    },
  }),
  check(deployment, report) {
    for (const { proxy, services } of deployment.instances) {
      const auth = proxy?.reports.auth;
      if (auth?.value !== 'none' || !services.some(({ kind }) => kind === 'reports')) continue;
      report(
        finding(this, 'everybody sees the reports', spanOf(auth), {
          help: 'write auth: galaxy (nginx), or auth: basic with a password_file',
        }),
      );
    }
  },
};
