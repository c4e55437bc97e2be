import { spanOf } from '../model/located.ts';
import { isOddPool } from '../model/pools.ts';
import { quoted } from '../model/routing-place.ts';
import { workflowPool } from '../model/routing-process.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = (pool: string) => `  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
    workflow:
      processes: 2
      pools: [${pool}]
`;

export const wfPoolTagNoConf: Rule = {
  code: 'GX458',
  name: 'wf-pool-tag-no-conf',
  severity: 'error',
  summary:
    'A process is only in a workflow pool with a tag, and the workflow schedulers file has no <handlers>.',
  why: 'The tag counts only with <handlers> in that file. Without them the process neither handles jobs nor schedules workflows.',
  source: 'Galaxy: lib/galaxy/workflow/scheduling_manager.py; observed on 22.05 to 26.1',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity('workflow-schedulers.big')),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(''),
    },
    at: 'galaxy.yml:11:15',
    good: {
      'galaxy.yml': galaxyYml(gravity('workflow-schedulers')),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(''),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (instance.workflowSchedulers?.handling || instance.jobs.handling.assignBroken) continue;
      const services = new Map(siteOf(instance).workers.map((one) => [one.service, one]));
      for (const { service, process, pools, job, scheduler } of services.values()) {
        if (job.isHandler || scheduler.schedules || !scheduler.starts || pools.some(isOddPool)) continue;
        const tagged = process.pools.find((one) => one.value.startsWith(`${workflowPool}.`));
        if (!tagged) continue;
        report(
          finding(
            this,
            `handler ${quoted(service.name)} does nothing in ${quoted(tagged.value)} alone`,
            spanOf(tagged),
            {
              help: `write ${workflowPool}`,
            },
          ),
        );
      }
    }
  },
};
