import { spanOf } from '../model/located.ts';
import { join, temporaryFolder } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const socketInTemporary: Rule = {
  code: 'GX504',
  name: 'socket-in-temporary',
  severity: 'warning',
  summary: 'A socket file lies in a directory for temporary files.',
  why: 'Every user of the machine can reach it there and pass for the proxy, and a proxy with a /tmp of its own does not see it at all.',
  source:
    'systemd.exec(5): PrivateTmp, which distributions set for nginx and httpd; gunicorn makes its sockets with mode 0777',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix:/tmp/gunicorn.sock\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
    at: 'galaxy.yml:6:11',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix:/run/galaxy/gunicorn.sock\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(({ services }) =>
      services.flatMap((one) => one.processes),
    )) {
      for (const one of process.listens) {
        if (one.kind !== 'unix') continue;
        const folder = temporaryFolder(join(process.cwd.value, one.path));
        if (folder === undefined) continue;
        report(
          finding(this, `the socket of "${process.name}" is in "${folder}"`, spanOf(one.origin), {
            help: 'put it into a directory that only Galaxy and the group of the proxy can enter',
          }),
        );
      }
    }
  },
};
