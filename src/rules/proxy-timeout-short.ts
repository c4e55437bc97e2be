import { isWritten, spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml, proxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const proxyTimeoutShort: Rule = {
  code: 'GX517',
  name: 'proxy-timeout-short',
  severity: 'warning',
  summary: 'The proxy waits for an answer less long than gunicorn works on one.',
  why: 'People get an error page while their request is still being worked on.',
  source: 'Gravity: gunicorn.timeout; nginx: proxy_read_timeout; Apache: ProxyTimeout',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  timeouts: {read: 60}\n`) },
    at: 'gxgen.yml:4:20',
    good: { 'galaxy.yml': galaxyYml(), 'gxgen.yml': proxyYml(`  timeouts: {read: 300}\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const read = instance.proxy?.timeouts.read;
      // What nobody wrote follows gunicorn.
      if (!read || !isWritten(read)) continue;
      const longest = Math.max(
        0,
        ...webServers(instance).map(({ settings }) => Number(settings.timeout?.value)),
      );
      if (!(longest > read.value)) continue;
      report(
        finding(
          this,
          `the proxy gives up after ${read.value} seconds, and gunicorn after ${longest}`,
          spanOf(read),
          {
            help: `write read: ${longest}, or give gunicorn a shorter timeout`,
          },
        ),
      );
    }
  },
};
