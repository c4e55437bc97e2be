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
    vgp:
      processes: 2
      pools: [${pool}]
`;

export const wfPoolTagIneffective: Rule = {
  code: 'GX447',
  name: 'wf-pool-tag-ineffective',
  severity: 'warning',
  summary: 'A scheduler is in a workflow pool with a tag, which decides nothing.',
  why: 'Schedulers that take workflows from the database do not look at this tag: the process takes the same ones as all others.',
  source:
    'Galaxy: lib/galaxy/workflow/scheduling_manager.py; galaxyproject/usegalaxy-playbook, VGP schedulers',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity('workflow-schedulers.vgp')),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
    at: 'galaxy.yml:11:15',
    good: {
      'galaxy.yml': galaxyYml(gravity('workflow-schedulers')),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const handling = instance.workflowSchedulers?.handling;
      const { workers, workflow } = siteOf(instance);
      if (handling?.assignBroken || (workflow && !workflow.methods.grab)) continue;
      const schedulers = new Map(workers.map((one) => [one.service, one]));
      for (const { scheduler, process } of schedulers.values()) {
        for (const pool of process.pools) {
          const tag = pool.value.startsWith(`${workflowPool}.`)
            ? pool.value.slice(workflowPool.length + 1)
            : undefined;
          if (
            tag === undefined ||
            !scheduler.schedules ||
            isOddPool(pool.value) ||
            tag === handling?.default?.value
          )
            continue;
          report(
            finding(
              this,
              `the tag ${quoted(tag)} of pool ${quoted(pool.value)} has no effect`,
              spanOf(pool),
              {
                help: `write ${workflowPool}; to keep workflows apart, list the scheduler in the workflow schedulers file and assign with "db-preassign"`,
              },
            ),
          );
        }
      }
    }
  },
};
