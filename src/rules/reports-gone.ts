import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const reportsGone: Rule = {
  code: 'GX556',
  name: 'reports-gone',
  severity: 'error',
  summary: "Galaxy's reports are to be started, and this release has none.",
  why: 'Galaxy 26.0 took the application away, so the service fails at each start.',
  source: 'Galaxy 25.1 and 26.0 release notes',
  since: '26.0',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  reports:\n    enable: true\n    bind: localhost:9001\n`, ``),
      'reports.yml': 'reports: {}\n',
      'gxgen.yml': 'release: "26.0"\ngunicorn_version: 22.0.0\n',
    },
    at: 'galaxy.yml:7:11',
    good: {
      'galaxy.yml': galaxyYml(`  reports:\n    enable: false\n`, ``),
      'gxgen.yml': 'release: "26.0"\ngunicorn_version: 22.0.0\n',
    },
  }),
  check(deployment, report) {
    for (const { services, release, place } of deployment.instances) {
      const service = services.find((one) => one.kind === 'reports');
      if (!service) continue;
      const spans = Object.values(service.settings).flatMap((one) => spanOf(one) ?? []);
      const known = release !== undefined;
      report(
        finding(
          this,
          `reports are enabled, and Galaxy ${known ? release.value : '26.0'} has none`,
          spans[0] ?? place,
          {
            // An unknown release may be an older one.
            ...(known ? {} : { severity: 'info', values: ['the release of Galaxy is unknown'] }),
            help: known
              ? 'write reports: {enable: false}, and take its location out of the proxy'
              : 'state "release" in gxgen.yml; from 26.0 on, write reports: {enable: false}',
          },
        ),
      );
    }
  },
};
