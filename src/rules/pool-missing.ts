import { spanOf } from '../model/located.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const poolMissing: Rule = {
  code: 'GX461',
  name: 'pool-missing',
  severity: 'error',
  summary: 'A dynamic handler is attached to no pool while the job configuration names an assignment method.',
  why: 'Galaxy then gives jobs only to processes that are in a pool or listed by name, so this one stays idle.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py; Gravity passes no pool when "pools" is left out',
  since: '19.01',
  example: {
    bad: {
      'galaxy.yml': galaxyYml(`  handlers:\n    handler:\n      processes: 2\n`),
      'job_conf.yml': jobConfYml,
    },
    at: 'galaxy.yml:6:5',
    good: {
      'galaxy.yml': galaxyYml(
        `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n`,
      ),
      'job_conf.yml': jobConfYml,
    },
  },
  check(deployment, report) {
    for (const { services, jobs } of deployment.instances) {
      if (!jobs.handling.assign) continue;
      const listed = new Set(jobs.handling.handlers.map((one) => one.id.value));
      for (const service of services) {
        const [first] = service.processes;
        if (service.kind !== 'handler' || !first?.serverName || first.pools.length > 0) continue;
        if (service.processes.every((one) => listed.has(one.name))) continue;
        report(
          finding(this, `handler "${service.name}" is in no pool`, spanOf(first.serverName), {
            help: 'add pools: [job-handlers, workflow-schedulers], or the one of the two it is for',
          }),
        );
      }
    }
  },
};
