import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const wfEveryProcessSchedules: Rule = {
  code: 'GX456',
  name: 'wf-every-process-schedules',
  severity: 'warning',
  summary: 'The <handlers> of the workflow schedulers file has no method and no handler.',
  why: 'Only a method or a listed handler keeps processes apart. Without them web processes and plain job handlers schedule workflows too.',
  source: 'Galaxy: lib/galaxy/workflow/scheduling_manager.py; observed on 22.05 to 26.1',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml('<handlers/>'),
    },
    at: 'workflow_schedulers_conf.xml:3:5',
    good: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const handling = instance.workflowSchedulers?.handling;
      const { workers, workflow } = siteOf(instance);
      if (!handling?.span || handling.assignBroken || handling.handlers.length > 0) continue;
      // Where the web server is all there is, it is meant to schedule.
      if (workflow?.methods.configured || workers.every((one) => one.kind === 'web')) continue;
      report(
        finding(this, 'every process schedules workflows, the web server too', handling.span, {
          help: 'write <handlers assign_with="db-skip-locked"/>, so that only the pool workflow-schedulers does',
        }),
      );
    }
  },
};
