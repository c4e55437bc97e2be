import { spanOf } from '../model/located.ts';
import { memSelfFails } from '../model/routing-assign.ts';
import { quoted } from '../model/routing-place.ts';
import { isPooled, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlersAssignMemSelf: Rule = {
  code: 'GX384',
  name: 'handlers-assign-mem-self',
  severity: 'error',
  summary: 'Jobs are kept in the memory of the process that makes them, while handlers are started.',
  why: 'Web processes run all jobs themselves, whatever handler a tool is mapped to, and forget them when they restart. The handlers get none.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `_assign_mem_self_handler`',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml('<handlers assign_with="mem-self"/>'),
    },
    at: 'job_conf.xml:5:28',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const [first] = instance.jobs.handling.assign?.value ?? [];
      if (first?.value !== 'mem-self' || memSelfFails(instance.release?.value)) continue;
      const handler = siteOf(instance).workers.find((one) => one.kind === 'static' || isPooled(one));
      const place = spanOf(handler?.name);
      if (!handler || !place) continue;
      report(
        finding(this, `with "mem-self" handler ${quoted(handler.name.value)} gets no jobs`, spanOf(first), {
          labels: [{ span: place, text: 'the handler' }],
          help: 'write "db-skip-locked", or remove the handlers',
        }),
      );
    }
  },
};
