import { isElsewhere } from '../model/elsewhere.ts';
import { isMispooled, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = '  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers]\n';

export const wfNoScheduler: Rule = {
  code: 'GX445',
  name: 'wf-no-scheduler',
  severity: 'error',
  summary: 'The workflow schedulers file has its own <handlers>, and no process schedules workflows.',
  why: 'Job handlers leave workflows alone then: every invocation stays new for ever.',
  source: 'galaxyproject/galaxy#4976; Galaxy: lib/galaxy/workflow/scheduling_manager.py',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
    at: 'workflow_schedulers_conf.xml:3:5',
    good: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'workflow-schedulers')) return;
    for (const instance of deployment.instances) {
      const handling = instance.workflowSchedulers?.handling;
      const { workers } = siteOf(instance);
      // Handlers that are listed there and do not run are told one by one.
      if (!handling || handling.assignBroken || handling.handlers.length > 0) continue;
      if (workers.some((one) => one.scheduler.schedules || isMispooled(one))) continue;
      // Where no process handles jobs either, one finding is enough.
      const jobHandlers = workers.some((one) => one.job.isHandler);
      if (!jobHandlers && !isElsewhere(deployment, 'job-handlers')) continue;
      report(
        finding(this, 'no process schedules workflows', handling.span ?? instance.workflowSchedulers?.file, {
          help: 'add the pool workflow-schedulers to a handler in the gravity section; write "elsewhere: [workflow-schedulers]" in gxgen.yml if they run on another machine',
        }),
      );
    }
  },
};
