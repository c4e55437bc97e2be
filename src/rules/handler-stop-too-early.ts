import { isWritten, spanOf } from '../model/located.ts';
import { numberOption } from '../model/options.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

// Seconds; the default of monitor_thread_join_timeout.
const galaxyWaits = 30;

const gravity = (seconds: number) =>
  `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n      stop_timeout: ${seconds}\n`;

export const handlerStopTooEarly: Rule = {
  code: 'GX394',
  name: 'handler-stop-too-early',
  severity: 'warning',
  summary: 'A handler is killed before Galaxy has stopped its threads.',
  why: 'A handler gives its threads monitor_thread_join_timeout seconds to end, 30 by default. A thread that is killed may leave jobs half submitted.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py; option monitor_thread_join_timeout',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity(10)), 'job_conf.yml': jobConfYml },
    at: 'galaxy.yml:9:21',
    good: { 'galaxy.yml': galaxyYml(gravity(65)), 'job_conf.yml': jobConfYml },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      // An option that asks for more time than a handler gets is told at the option (handler-stop-too-short).
      if (numberOption(instance, 'monitor_thread_join_timeout')) continue;
      for (const { kind, name, processes } of instance.services) {
        const stop = processes[0]?.stopTimeout;
        if (kind !== 'handler' || !stop || !isWritten(stop) || stop.value >= galaxyWaits) continue;
        report(
          finding(
            this,
            `handler ${quoted(name)} is killed after ${stop.value} s, but may take ${galaxyWaits} s to stop`,
            spanOf(stop),
            {
              help: 'write stop_timeout: 65, or nothing: that is the default',
            },
          ),
        );
      }
    }
  },
};
