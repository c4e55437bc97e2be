import { spanOf } from '../model/located.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlersAssignUnreachable: Rule = {
  code: 'GX380',
  name: 'handlers-assign-unreachable',
  severity: 'warning',
  summary: 'An assignment method stands behind one that never fails.',
  why: 'Methods are tried in order until one does not fail, so this one is never tried.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `assign_handler`',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml('<handlers assign_with="db-skip-locked,db-preassign"/>'),
    },
    at: 'job_conf.xml:5:43',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { methods, handling, kind } of sectionsOf(instance)) {
        if (!methods.configured) continue;
        const written = handling.assign?.value ?? [];
        const reached = written.length - methods.unreachable.length;
        const stop = written[reached - 1];
        const dead = written[reached];
        const before = spanOf(stop);
        if (!dead || !stop) continue;
        report(
          finding(this, `"${dead.value}" is never tried, as "${stop.value}" never fails`, spanOf(dead), {
            labels: before
              ? [{ span: before, text: `always takes the ${kind === 'jobs' ? 'job' : 'workflow'}` }]
              : [],
            help: `remove it, or put it before "${stop.value}"`,
          }),
        );
      }
    }
  },
};
