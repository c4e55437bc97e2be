import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { isMispooled, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfYml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const assignWithoutHandlers: Rule = {
  code: 'GX438',
  name: 'assign-without-handlers',
  severity: 'error',
  summary: 'The job configuration names a method for handlers to get jobs, and no process is a handler.',
  why: 'A method in the file keeps the web processes from handling jobs. With nobody else to do it, no job ever runs.',
  source: 'galaxyproject/planemo#1538; Galaxy: lib/galaxy/jobs/__init__.py',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.yml': jobConfYml },
    at: 'job_conf.yml:5:11',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.yml': jobConfYml },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const { assign, assignBroken } = instance.jobs.handling;
      const { workers, jobs } = siteOf(instance);
      if (!jobs.methods.configured || assignBroken || instance.jobs.partial) continue;
      if (workers.some((one) => one.job.isHandler || isMispooled(one))) continue;
      report(
        finding(this, 'no process handles jobs', spanOf(assign), {
          help: 'add handlers with pools: [job-handlers, workflow-schedulers] to the gravity section, or remove the method; write "elsewhere: [job-handlers]" in gxgen.yml if they run on another machine',
        }),
      );
    }
  },
};
