import { spanOf } from '../model/located.ts';
import { forwardedTrust, webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const forwardedTrustMissing: Rule = {
  code: 'GX507',
  name: 'forwarded-trust-missing',
  severity: 'warning',
  summary: 'A web server behind a unix socket does not believe the proxy.',
  why: 'Over a socket there is no address to trust, so X-Forwarded-Proto and X-Forwarded-For are dropped: Galaxy makes http:// links and logs no client address.',
  source:
    'uvicorn: proxy_headers, tried with 0.17 and 0.54; Galaxy documentation: Proxying Galaxy with nginx',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: unix:/srv/galaxy/run/gunicorn.sock\n`) },
    at: 'galaxy.yml:6:11',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix:/srv/galaxy/run/gunicorn.sock\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const service of deployment.instances.flatMap(webServers)) {
      for (const process of service.processes) {
        const socket = process.listens.find((one) => one.kind === 'unix');
        const trust = forwardedTrust(process);
        // Anything but addresses may be what a future uvicorn calls a socket.
        if (!socket || process.argv.length === 0 || (trust && !/^[0-9a-fA-F.:,\s/]*$/.test(trust.value)))
          continue;
        if (!process.argv.some((one) => one.value === '-b')) continue;
        report(
          finding(
            this,
            `"${process.name}" does not trust the headers of the proxy behind its socket`,
            spanOf(trust) ?? spanOf(socket.origin),
            {
              help: 'write --forwarded-allow-ips="*" in extra_args: only what can open the socket gets there',
            },
          ),
        );
      }
    }
  },
};
