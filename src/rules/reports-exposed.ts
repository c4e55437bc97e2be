import { spanOf } from '../model/located.ts';
import { address, openListens } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const reportsExposed: Rule = {
  code: 'GX509',
  name: 'reports-exposed',
  severity: 'warning',
  summary: "Galaxy's reports can be reached from other machines.",
  why: 'They ask for no password: anybody sees who ran which jobs and when.',
  source: 'Galaxy documentation: Running reports; the application has no login',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  reports:\n    enable: true\n    bind: 0.0.0.0:9001\n`),
      'reports.yml': 'reports: {}\n',
    },
    at: 'galaxy.yml:7:11',
    good: {
      'galaxy.yml': galaxyYml(`  reports:\n    enable: true\n    bind: localhost:9001\n`),
      'reports.yml': 'reports: {}\n',
    },
  }),
  check(deployment, report) {
    for (const service of deployment.instances.flatMap(({ services }) => services)) {
      if (service.kind !== 'reports') continue;
      const [open] = openListens(service);
      if (!open) continue;
      report(
        finding(this, `reports listen on ${address(open)} for other machines`, spanOf(open.origin), {
          help: 'bind to localhost:9001, and let the proxy ask for a login under /reports/',
        }),
      );
    }
  },
};
