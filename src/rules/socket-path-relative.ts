import { spanOf } from '../model/located.ts';
import { join, normalize } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const socketPathRelative: Rule = {
  code: 'GX503',
  name: 'socket-path-relative',
  severity: 'warning',
  summary: 'The path of a socket file does not begin at the root of the file system.',
  why: 'gunicorn takes it from the Galaxy root, where the proxy does not look for it.',
  source: 'gunicorn: util.parse_address takes "unix:" and two slashes off the front',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    bind: unix://srv/galaxy/run/gunicorn.sock\n    extra_args: --forwarded-allow-ips="*"\n`,
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
        if (one.kind !== 'unix' || one.path.startsWith('/')) continue;
        const slashes = one.origin.value.includes('://');
        const path = normalize(join(process.cwd.value, one.path));
        report(
          finding(this, `"${one.origin.value}" is the file "${path}"`, spanOf(one.origin), {
            // A path that is plainly relative may be meant so.
            ...(slashes ? {} : { severity: 'info' }),
            help: `write unix:/${slashes ? one.path : 'the/whole/path'}`,
          }),
        );
      }
    }
  },
};
