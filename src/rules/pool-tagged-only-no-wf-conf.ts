import { spanOf } from '../model/located.ts';
import { isKnownPool, isOddPool } from '../model/pools.ts';
import { quoted } from '../model/routing-place.ts';
import { crashesWithPools } from '../model/routing-process.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = `  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
    special:
      pools: [job-handlers.special]
`;
const tools = '    <tools>\n        <tool id="trinity" handler="special"/>\n    </tools>\n';

export const poolTaggedOnlyNoWfConf: Rule = {
  code: 'GX466',
  name: 'pool-tagged-only-no-wf-conf',
  severity: 'error',
  summary: 'A handler is only in pools with a tag, and there is no workflow_schedulers_conf.xml.',
  why: 'Such a process stops when it starts, with "WorkflowSchedulingManager ... no attribute \'pool_for_tag\'" in its log. Observed on Galaxy 22.05 to 26.1.',
  source:
    'Galaxy: lib/galaxy/workflow/scheduling_manager.py, 21.09 to 26.1; the scaling document has such an example',
  since: '21.09',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity), 'job_conf.xml': jobConfXml(undefined, tools) },
    at: 'galaxy.yml:10:15',
    good: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml(undefined, tools),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (instance.workflowSchedulers) continue;
      for (const { name, kind, processes } of instance.services) {
        const pools = processes[0]?.pools ?? [];
        const names = pools.map((one) => one.value);
        if (kind !== 'handler' || names.some(isOddPool)) continue;
        if (!crashesWithPools({ pools: names }, instance.release?.value)) continue;
        const tagged = pools.find((one) => isKnownPool(one.value));
        if (!tagged) continue;
        report(
          finding(
            this,
            `handler ${quoted(name)} is only in ${quoted(tagged.value)} and does not start`,
            spanOf(tagged),
            {
              help: 'write a workflow_schedulers_conf.xml with <core id="core"/> and <handlers assign_with="db-skip-locked"/>, or add the pool workflow-schedulers',
            },
          ),
        );
      }
    }
  },
};
