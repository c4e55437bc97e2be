import { argumentValues } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { address, openListens, webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const webServerExposed: Rule = {
  code: 'GX508',
  name: 'web-server-exposed',
  severity: 'info',
  summary: "Galaxy's web server can be reached from other machines without a proxy.",
  why: 'Passwords then cross the network in the clear, and Galaxy takes X-Forwarded-Host and X-URL-SCHEME from anybody who connects.',
  source:
    'Galaxy: lib/galaxy/web/framework/middleware/xforwardedhost.py; Galaxy documentation: Running Galaxy in a production environment',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: 0.0.0.0:8080\n`) },
    at: 'galaxy.yml:6:11',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: localhost:8080\n`) },
  }),
  check(deployment, report) {
    for (const service of deployment.instances.flatMap(webServers)) {
      const [open] = openListens(service);
      const [process] = service.processes;
      if (!open || argumentValues(process, ['--certfile', '--keyfile']).length > 0) continue;
      report(
        finding(
          this,
          `"${process?.name}" listens on ${address(open)} for other machines, without TLS`,
          spanOf(open.origin),
          {
            help: 'bind to localhost or a unix socket and put nginx in front; where the proxy is another machine, let the firewall admit only that',
          },
        ),
      );
    }
  },
};
