import { lastArgument } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const gunicornKeyAlone: Rule = {
  code: 'GX511',
  name: 'gunicorn-key-alone',
  severity: 'error',
  summary: 'gunicorn gets the key of a TLS certificate and no certificate.',
  why: 'It starts, and then fails on every connection, because it looks for the certificate in no file.',
  source: 'gunicorn 22: ssl_context, "certfile should be a valid filesystem path"',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    extra_args: --keyfile=/etc/ssl/private/galaxy.key\n`) },
    at: 'galaxy.yml:6:17',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    extra_args: --certfile=/etc/ssl/certs/galaxy.crt --keyfile=/etc/ssl/private/galaxy.key\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(webServers).flatMap((one) => one.processes)) {
      const key = lastArgument(process, ['--keyfile']);
      if (!key || lastArgument(process, ['--certfile'])) continue;
      report(
        finding(this, `"${process.name}" has --keyfile without --certfile`, spanOf(key), {
          help: 'add --certfile=FILE to extra_args, with the certificate and its chain',
        }),
      );
    }
  },
};
