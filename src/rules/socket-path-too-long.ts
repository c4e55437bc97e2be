import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const longest = 107;
const longPath = `/srv/galaxy/${'production-server-of-the-institute/'.repeat(3)}gunicorn.sock`;

export const socketPathTooLong: Rule = {
  code: 'GX502',
  name: 'socket-path-too-long',
  severity: 'error',
  summary: 'The path of a socket file is longer than the system allows.',
  why: 'Linux takes at most 107 bytes there, so the server cannot listen and does not start.',
  source:
    'unix(7): sun_path has 108 bytes with the one that ends it; gunicorn 22 starts with 107 and not with 109',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix:${longPath}\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
    at: 'galaxy.yml:6:11',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix:/srv/galaxy/run/gunicorn.sock\n    extra_args: --forwarded-allow-ips="*"\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(({ services }) =>
      services.flatMap((one) => one.processes),
    )) {
      for (const one of process.listens) {
        if (one.kind !== 'unix') continue;
        const bytes = new TextEncoder().encode(one.path).length;
        if (bytes <= longest) continue;
        report(
          finding(
            this,
            `the socket path of "${process.name}" has ${bytes} bytes, and ${longest} is the most`,
            spanOf(one.origin),
            {
              help: 'use a shorter path, for example one under /run',
            },
          ),
        );
      }
    }
  },
};
