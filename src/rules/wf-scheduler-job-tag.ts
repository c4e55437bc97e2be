import type { Service } from '../model/deployment.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { workflowPool } from '../model/routing-process.ts';
import { invocationName, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const tools = '    <tools>\n        <tool id="trinity" handler="special"/>\n    </tools>\n';
const gravity = (pools: string, own = '') => `  handlers:
    handler:
      processes: 2
      pools: [job-handlers]
    special:
      processes: 2
      pools: [${pools}]
${own}`;

export const wfSchedulerJobTag: Rule = {
  code: 'GX446',
  name: 'wf-scheduler-job-tag',
  severity: 'warning',
  summary: 'A workflow scheduler has a tag as a job handler, and so takes no workflows of the default.',
  why: 'A scheduler looks for invocations under the tags it has as a job handler, and under "_default_" only if it has none.',
  source: 'Galaxy: lib/galaxy/workflow/scheduling_manager.py; observed on 22.05 to 26.1',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity('job-handlers.special, workflow-schedulers')),
      'job_conf.xml': jobConfXml(undefined, tools),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
    at: 'galaxy.yml:9:5',
    good: {
      'galaxy.yml': galaxyYml(
        gravity(
          'job-handlers.special',
          '    workflow:\n      processes: 2\n      pools: [workflow-schedulers]\n',
        ),
      ),
      'job_conf.xml': jobConfXml(undefined, tools),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const handling = instance.workflowSchedulers?.handling;
      const wanted = handling?.assignBroken ? undefined : invocationName(instance);
      if (wanted === undefined) continue;
      const { workers, answering } = siteOf(instance);
      // Without a section of their own workflows go where jobs go: a name nobody answers to is told there.
      if (!handling && !answering.has(wanted)) continue;
      const served =
        isElsewhere(deployment, 'workflow-schedulers') ||
        workers.some((one) => one.scheduler.grabs.includes(wanted) || one.name.value === wanted);
      const told = new Set<Service>();
      for (const { service, name, pools, scheduler } of workers) {
        const own = handling !== undefined || pools.includes(workflowPool);
        if (!own || !scheduler.starts || scheduler.grabs.length === 0 || scheduler.grabs.includes(wanted))
          continue;
        if (told.has(service)) continue;
        told.add(service);
        const tags = scheduler.grabs.map(quoted).join(', ');
        report(
          finding(
            this,
            `${quoted(service.name)} looks for workflows named ${tags}, but new ones are named ${quoted(wanted)}`,
            spanOf(name),
            {
              ...(served
                ? {}
                : {
                    severity: 'error',
                    why: 'a scheduler looks for invocations under the tags it has as a job handler; nobody takes these, so they stay new for ever',
                  }),
              help: 'schedule workflows in a process that is in no job pool with a tag, or add the pool job-handlers to this one',
            },
          ),
        );
      }
    }
  },
};
