import type { Service } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const poolMissing: Rule = {
  code: 'GX461',
  name: 'pool-missing',
  severity: 'error',
  summary: 'A dynamic handler is attached to no pool, and does nothing without one.',
  why: 'The job configuration names a method or other handlers, so Galaxy gives work only to processes that are in a pool or listed by name. This one stays idle.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py; Gravity passes no pool when "pools" is left out',
  since: '19.01',
  example: () => ({
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
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (instance.jobs.handling.assignBroken) continue;
      const told = new Set<Service>();
      for (const { kind, service, name, pools, job, scheduler } of siteOf(instance).workers) {
        if (kind !== 'dynamic' || pools.length > 0 || job.isHandler || scheduler.schedules) continue;
        if (told.has(service)) continue;
        told.add(service);
        report(
          finding(this, `handler "${service.name}" is in no pool`, spanOf(name), {
            help: 'add pools: [job-handlers, workflow-schedulers], or the one of the two it is for',
          }),
        );
      }
    }
  },
};
