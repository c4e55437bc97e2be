import { spanOf } from '../model/located.ts';
import { isSecretArgument } from '../model/secrets.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const secretInArguments: Rule = {
  code: 'GX655',
  name: 'secret-in-arguments',
  severity: 'warning',
  summary: 'A password or another secret is part of a command line.',
  why: 'Every user of the machine sees the command lines of all processes, and can read the unit file it stands in.',
  source: 'proc(5): /proc/PID/cmdline; systemd keeps unit files readable for all',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  celery:\n    extra_args: --broker=amqp://galaxy:hunter2@mq.example.org//\n`),
    },
    at: 'galaxy.yml:6:17',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    environment:\n      CELERY_BROKER_URL: amqp://galaxy:hunter2@mq.example.org//\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(({ services }) =>
      services.flatMap((one) => one.processes),
    )) {
      const seen = new Set<number>();
      for (const [index, one] of process.argv.entries()) {
        const place = spanOf(one);
        // Words that gxgen puts there itself have no place, and no secret.
        if (
          !place ||
          seen.has(place.start) ||
          !isSecretArgument(process.argv[index - 1]?.value ?? '', one.value)
        )
          continue;
        seen.add(place.start);
        report(
          finding(this, `the command line of "${process.name}" has a secret in it`, place, {
            help:
              process.type === 'gx-it-proxy'
                ? 'use an address without a password: a database user who may log in from this machine without one, or a file'
                : 'put it into "environment" of the service, or into the galaxy section: gxgen keeps secret variables in a file only its owner reads',
          }),
        );
      }
    }
  },
};
