import { type Located, spanOf } from '../model/located.ts';
import { join, normalize } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const socketClaimedTwice: Rule = {
  code: 'GX501',
  name: 'socket-claimed-twice',
  severity: 'error',
  summary: 'Two processes are to listen on the same socket file.',
  why: 'The one that starts second replaces the file without a word, and the first gets no requests any more.',
  source: 'gunicorn: lib sock.py removes a socket that is already there',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    - bind: unix:/srv/galaxy/run/gunicorn.sock\n      extra_args: --forwarded-allow-ips="*"\n    - bind: unix:/srv/galaxy/run/gunicorn.sock\n      extra_args: --forwarded-allow-ips="*"\n      environment: {GALAXY_CONFIG_SERVER_NAME: web1}\n`,
      ),
    },
    at: 'galaxy.yml:8:13',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    - bind: unix:/srv/galaxy/run/gunicorn0.sock\n      extra_args: --forwarded-allow-ips="*"\n      environment: {GALAXY_CONFIG_SERVER_NAME: web0}\n    - bind: unix:/srv/galaxy/run/gunicorn1.sock\n      extra_args: --forwarded-allow-ips="*"\n      environment: {GALAXY_CONFIG_SERVER_NAME: web1}\n`,
      ),
    },
  }),
  check(deployment, report) {
    const seen = new Map<string, { name: string; origin: Located<string> }>();
    for (const { name: instance, services } of deployment.instances) {
      for (const process of services.flatMap((service) => service.processes)) {
        for (const one of process.listens) {
          if (one.kind !== 'unix') continue;
          const path = normalize(join(process.cwd.value, one.path));
          const name = deployment.named ? `"${process.name}" of "${instance.value}"` : `"${process.name}"`;
          const other = seen.get(path);
          if (!other) {
            seen.set(path, { name, origin: one.origin });
            continue;
          }
          const label = spanOf(other.origin);
          report(
            finding(this, `${name} and ${other.name} both listen on "${path}"`, spanOf(one.origin), {
              ...(label ? { labels: [{ span: label, text: `${other.name} listens here` }] } : {}),
              help: `give ${name} a socket of its own, and list both in the proxy`,
            }),
          );
        }
      }
    }
  },
};
