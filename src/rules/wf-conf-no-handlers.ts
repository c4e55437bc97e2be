import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { workflowPool } from '../model/routing-process.ts';
import { isMispooled, jobGoes, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = '  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers]\n';

export const wfConfNoHandlers: Rule = {
  code: 'GX444',
  name: 'wf-conf-no-handlers',
  severity: 'error',
  summary:
    'The workflow schedulers file has no <handlers>, and no process is in the pool workflow-schedulers.',
  why: 'With such a file processes schedule workflows but never look for new ones: invocations stay new for ever.',
  source:
    'Galaxy: lib/galaxy/workflow/scheduling_manager.py; galaxyproject/galaxy#10386, galaxyproject/galaxy#8209',
  since: '20.09',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(''),
    },
    at: 'workflow_schedulers_conf.xml:1:31',
    good: { 'galaxy.yml': galaxyYml(gravity), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'workflow-schedulers', 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const { workflowSchedulers, jobs } = instance;
      const { workers, jobs: routing } = siteOf(instance);
      if (!workflowSchedulers || workflowSchedulers.handling || jobs.handling.assignBroken) continue;
      if (workers.some((one) => one.pools.includes(workflowPool) || isMispooled(one))) continue;
      // Invocations are written as jobs are; those given to one process by name need nobody who looks for them.
      const goes = jobGoes(instance);
      if (goes.kind !== 'name' || routing.table.names.entries.get(goes.name)?.kind === 'id') continue;
      const { schedulers, file } = workflowSchedulers;
      report(
        finding(
          this,
          'no process looks for new workflow invocations',
          spanOf(workflowSchedulers.default) ?? spanOf(schedulers[0]) ?? file,
          {
            help: 'remove the file, so that job handlers schedule workflows; or add <handlers assign_with="db-skip-locked"/> to it and attach processes to the pool workflow-schedulers',
          },
        ),
      );
    }
  },
};
