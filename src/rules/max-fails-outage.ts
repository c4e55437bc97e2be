import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const two = `  gunicorn:
    - bind: localhost:8080
    - bind: localhost:8081
      environment: {GALAXY_CONFIG_SERVER_NAME: main.2}
`;

export const maxFailsOutage: Rule = {
  code: 'GX519',
  name: 'max-fails-outage',
  severity: 'warning',
  summary:
    'nginx leaves a process out for a while after a failure, and several are restarted one after the other.',
  why: 'nginx still leaves the first one out when the second one stops: for up to 10 seconds there is nobody to ask, and every request fails.',
  source:
    'nginx: max_fails and fail_timeout of the server directive; Gravity: rolling restart of several gunicorns',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(two), 'gxgen.yml': proxyYml(`  upstream: {max_fails: 1}\n`) },
    at: 'gxgen.yml:4:25',
    good: { 'galaxy.yml': galaxyYml(two), 'gxgen.yml': proxyYml(`  upstream: {max_fails: 0}\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const fails = instance.proxy?.upstream.maxFails;
      const servers = webServers(instance).flatMap(({ processes }) => processes).length;
      if (!fails || fails.value === 0 || servers < 2 || instance.proxy?.kind?.value === 'apache') continue;
      report(
        finding(
          this,
          `${servers} gunicorns, and nginx stops asking one after ${fails.value} failed requests`,
          spanOf(fails),
          {
            help: 'remove "max_fails": without it, the next request tries again',
          },
        ),
      );
    }
  },
};
