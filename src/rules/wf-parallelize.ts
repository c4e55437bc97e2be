import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml, jobConfXml, pooledHandlers, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const option = 'parallelize_workflow_scheduling_within_histories';

export const wfParallelize: Rule = {
  code: 'GX448',
  name: 'wf-parallelize',
  severity: 'error',
  summary: `"${option}" is on, and the workflow schedulers file has <handlers>.`,
  why: 'Galaxy 22.05 to 26.1 stops with a TypeError when it starts, even with the method that its message asks for.',
  source: 'Galaxy: lib/galaxy/workflow/scheduling_manager.py, 22.05 to 26.1',
  since: '22.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers, `  ${option}: true\n`),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
    at: 'galaxy.yml:11:53',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers, `  ${option}: true\n`), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, option);
      const section = instance.workflowSchedulers?.handling?.span;
      if (!on || !section) continue;
      report(
        finding(this, `Galaxy does not start with "${option}" and handlers for workflows`, spanOf(on), {
          labels: [{ span: section, text: 'the handlers' }],
          help: 'remove the option, or remove the workflow schedulers file and let job handlers schedule workflows',
        }),
      );
    }
  },
};
