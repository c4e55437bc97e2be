import type { Located } from '../model/located.ts';
import { spanOf } from '../model/located.ts';
import type { AssignMethod } from '../model/routing.ts';
import { poolTags } from '../model/routing-names.ts';
import { quoted } from '../model/routing-place.ts';
import { jobPool } from '../model/routing-process.ts';
import { jobGoes, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlersPreassignDynamic: Rule = {
  code: 'GX386',
  name: 'handlers-preassign-dynamic',
  severity: 'error',
  summary: 'Dynamic handlers are started, but jobs are given out to listed handlers only.',
  why: 'The process that makes a job picks one of the handlers in the job configuration and does not know the dynamic ones: they stay idle, and where none is listed no job can be submitted.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `_assign_db_preassign_handler`',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers),
      'job_conf.xml': jobConfXml('<handlers assign_with="db-preassign"/>'),
    },
    at: 'job_conf.xml:5:28',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.xml': jobConfXml() },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const { assign, assignBroken } = instance.jobs.handling;
      const method = assign?.value.find((one): one is Located<AssignMethod> => one.value === 'db-preassign');
      if (!method || assignBroken) continue;
      const { workers, jobs } = siteOf(instance);
      const idle = workers.find(({ kind, pools, name }) => {
        const tags = poolTags(pools, jobPool);
        if (kind !== 'dynamic' || tags.length === 0 || jobs.table.names.entries.has(name.value)) return false;
        return tags.every((tag) => ['one-of', 'fails'].includes(jobGoes(instance, tag).kind));
      });
      const place = spanOf(idle?.name);
      if (!idle || !place) continue;
      const fails = jobGoes(instance).kind === 'fails';
      report(
        finding(
          this,
          `"db-preassign" gives no jobs to the dynamic handler ${quoted(idle.name.value)}`,
          spanOf(method),
          {
            labels: [{ span: place, text: 'the handler' }],
            why: fails
              ? 'it knows only handlers that are listed in the job configuration; none takes these jobs, so every submission fails'
              : 'it knows only handlers that are listed in the job configuration, and this one stays idle',
            help: 'write "db-skip-locked", or list the handlers by their names in the job configuration',
          },
        ),
      );
    }
  },
};
