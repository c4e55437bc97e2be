import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const wfSchedulerDuplicate: Rule = {
  code: 'GX443',
  name: 'wf-scheduler-duplicate',
  severity: 'error',
  summary: 'Two workflow schedulers have the same id.',
  why: 'Galaxy does not start.',
  source: 'Galaxy: lib/galaxy/workflow/scheduling_manager.py',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'workflow_schedulers_conf.xml': workflowXml(
        '<core id="core"/>\n    <handlers><handler id="wf0"/></handlers>',
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [workflow-schedulers]\n',
    },
    at: 'workflow_schedulers_conf.xml:3:15',
    good: {
      'galaxy.yml': galaxyYml(),
      'workflow_schedulers_conf.xml': workflowXml('<handlers><handler id="wf0"/></handlers>'),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [workflow-schedulers]\n',
    },
  }),
  check(deployment, report) {
    for (const { workflowSchedulers } of deployment.instances) {
      const seen = new Map<string, (typeof schedulers)[number]>();
      const schedulers = workflowSchedulers?.schedulers ?? [];
      for (const one of schedulers) {
        const first = seen.get(one.value);
        if (!first) seen.set(one.value, one);
        else {
          const span = spanOf(first);
          report(
            finding(
              this,
              `two schedulers have the id ${quoted(one.value)}`,
              spanOf(one) ?? workflowSchedulers?.file,
              {
                labels: span ? [{ span, text: 'the first' }] : [],
                help: 'remove one of them: Galaxy has one kind of scheduler',
              },
            ),
          );
        }
      }
    }
  },
};
