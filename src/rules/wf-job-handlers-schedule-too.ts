import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { jobPool, workflowPool } from '../model/routing-process.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = `  handlers:
    handler:
      processes: 2
      pools: [job-handlers]
    workflow:
      processes: 2
      pools: [workflow-schedulers]
`;

export const wfJobHandlersScheduleToo: Rule = {
  code: 'GX459',
  name: 'wf-job-handlers-schedule-too',
  severity: 'info',
  summary: 'Workflow schedulers are processes of their own, and job handlers schedule workflows too.',
  why: 'Without <handlers> in a workflow_schedulers_conf.xml, every process in the pool job-handlers also schedules.',
  source: 'galaxyproject/galaxy#11986, galaxyproject/galaxy#12075; observed on 22.05 to 26.1',
  since: '21.05',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity), 'job_conf.xml': jobConfXml() },
    at: 'galaxy.yml:6:5',
    good: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (instance.workflowSchedulers) continue;
      const { workers } = siteOf(instance);
      const apart = workers.find(({ pools }) => pools.includes(workflowPool) && !pools.includes(jobPool));
      const both = workers.find(({ pools }) => pools.includes(jobPool) && !pools.includes(workflowPool));
      const place = spanOf(apart?.name);
      if (!apart || !both || !place) continue;
      report(
        finding(this, `handler ${quoted(both.service.name)} schedules workflows too`, spanOf(both.name), {
          labels: [{ span: place, text: 'a scheduler of its own' }],
          help: 'to keep them apart write a workflow_schedulers_conf.xml with <core id="core"/> and <handlers assign_with="db-skip-locked"/>',
        }),
      );
    }
  },
};
