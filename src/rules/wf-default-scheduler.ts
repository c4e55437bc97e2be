import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml, jobConfXml, pooledHandlers, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const wfDefaultScheduler: Rule = {
  code: 'GX442',
  name: 'wf-default-scheduler',
  severity: 'error',
  summary: 'The default of the workflow schedulers file names no scheduler in it.',
  why: 'Galaxy does not start. Where the root element says nothing, it looks for a scheduler with the id "default".',
  source: 'Galaxy: lib/galaxy/workflow/scheduling_manager.py, `__init_schedulers_for_element`',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml().replace(' default="core"', ''),
    },
    at: 'workflow_schedulers_conf.xml:2:15',
    good: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml(),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    for (const { workflowSchedulers } of deployment.instances) {
      const { default: fallback, schedulers = [], file } = workflowSchedulers ?? {};
      const [first] = schedulers;
      if (!fallback || !first || schedulers.some((one) => one.value === fallback.value)) continue;
      const given = spanOf(fallback);
      const defined = spanOf(first);
      const id = quoted(first.value);
      report(
        finding(this, `no scheduler has the id ${quoted(fallback.value)}`, given ?? defined ?? file, {
          labels: given && defined ? [{ span: defined, text: 'the scheduler' }] : [],
          why: given
            ? 'Galaxy does not start'
            : 'the root element names no default, so Galaxy looks for the id "default", and does not start',
          help: `write default=${id} in the root element`,
        }),
      );
    }
  },
};
