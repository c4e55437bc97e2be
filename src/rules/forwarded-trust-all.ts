import { spanOf } from '../model/located.ts';
import { forwardedTrust, isLoopback, webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const forwardedTrustAll: Rule = {
  code: 'GX506',
  name: 'forwarded-trust-all',
  severity: 'error',
  summary:
    'A web server that can be reached by TCP believes what anybody says about the address and scheme of a request.',
  why: 'Whoever can connect to it passes for any client address, so limits, logs and rules by address are worth nothing.',
  source: 'uvicorn: proxy_headers; gunicorn: forwarded_allow_ips, also read from FORWARDED_ALLOW_IPS',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: 0.0.0.0:8080\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
    at: 'galaxy.yml:7:17',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix:/srv/galaxy/run/gunicorn.sock\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const service of deployment.instances.flatMap(webServers)) {
      for (const process of service.processes) {
        const trust = forwardedTrust(process);
        const tcp = process.listens.filter((one) => one.kind === 'tcp');
        const [first] = tcp;
        if (!first || !trust?.value.split(',').some((one) => one.trim() === '*')) continue;
        const local = tcp.every((one) => isLoopback(one.host));
        const socket = process.listens.some((one) => one.kind === 'unix');
        const [place, label] = [spanOf(trust), spanOf(first.origin)];
        report(
          finding(
            this,
            `"${process.name}" trusts forwarded headers from everybody, and listens on TCP`,
            place,
            {
              ...(local
                ? { severity: 'warning', why: 'every user of this machine passes for any client address' }
                : {}),
              ...(label && label.start !== place?.start
                ? { labels: [{ span: label, text: 'a TCP address' }] }
                : {}),
              help: socket
                ? 'remove the TCP address, or let a gunicorn of its own listen there: only the socket needs this trust'
                : local
                  ? 'remove it: a proxy on this machine is trusted without it'
                  : 'name the address of the proxy, as --forwarded-allow-ips=192.0.2.10, or bind to a unix socket',
            },
          ),
        );
      }
    }
  },
};
