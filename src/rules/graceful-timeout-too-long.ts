import { lastArgument } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const gracefulTimeoutTooLong: Rule = {
  code: 'GX516',
  name: 'graceful-timeout-too-long',
  severity: 'warning',
  summary: 'gunicorn may take longer to finish its requests than the process manager waits for it.',
  why: 'At the end of the stop timeout everything is killed, and requests that gunicorn meant to finish break off.',
  source: 'gunicorn: graceful_timeout, 30 seconds by default; systemd.service(5): TimeoutStopSec',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  gunicorn:\n    stop_timeout: 60\n    extra_args: --graceful-timeout=300\n`),
    },
    at: 'galaxy.yml:7:17',
    good: {
      'galaxy.yml': galaxyYml(`  gunicorn:\n    stop_timeout: 330\n    extra_args: --graceful-timeout=300\n`),
    },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(webServers).flatMap((one) => one.processes)) {
      const argument = lastArgument(process, ['--graceful-timeout']);
      const seconds = argument === undefined ? 30 : Number(argument.value);
      const stop = process.stopTimeout;
      if (!(stop.value < seconds)) continue;
      const [place, label] = argument ? [spanOf(argument), spanOf(stop)] : [spanOf(stop), undefined];
      report(
        finding(
          this,
          `"${process.name}" may take ${seconds} s to finish its requests, and is killed after ${stop.value} s`,
          place,
          {
            ...(label ? { labels: [{ span: label, text: 'killed after this' }] } : {}),
            help: `write stop_timeout: ${seconds + 5}`,
          },
        ),
      );
    }
  },
};
