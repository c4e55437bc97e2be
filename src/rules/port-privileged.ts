import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const portPrivileged: Rule = {
  code: 'GX505',
  name: 'port-privileged',
  severity: 'warning',
  summary: 'A process that does not run as root is to listen on a port below 1024.',
  why: 'The system gives these ports to root alone, unless it was set up otherwise, so the process would not start.',
  source: 'ip(7), capabilities(7): CAP_NET_BIND_SERVICE; sysctl net.ipv4.ip_unprivileged_port_start',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: localhost:80\n`) },
    at: 'galaxy.yml:6:11',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    bind: localhost:8080\n`) },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(({ services }) =>
      services.flatMap((one) => one.processes),
    )) {
      const user = process.user?.value;
      if (user === undefined || user === 'root' || user === '0') continue;
      for (const one of process.listens) {
        if (one.kind !== 'tcp' || one.port >= 1024 || one.port === 0) continue;
        report(
          finding(
            this,
            `"${process.name}" runs as "${user}", and port ${one.port} is for root`,
            spanOf(one.origin),
            {
              help: 'listen on a port from 1024 on, and let the proxy have the public one',
            },
          ),
        );
      }
    }
  },
};
