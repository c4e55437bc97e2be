import { spanOf } from '../model/located.ts';
import { isOlder } from '../model/release.ts';
import { poolTags } from '../model/routing-names.ts';
import { jobPool } from '../model/routing-process.ts';
import { isMispooled, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const dynamicHandlersNoAssign: Rule = {
  code: 'GX462',
  name: 'dynamic-handlers-no-assign',
  severity: 'error',
  summary:
    'Dynamic handlers are started, but the job configuration names no method by which they could get jobs.',
  why: 'Without it the web processes go on handling jobs themselves, beside the handlers.',
  source: 'galaxyproject/galaxy#15887, galaxyproject/galaxy#16540; Gravity warns of it on every command',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n`,
      ),
    },
    at: 'galaxy.yml:6:5',
    good: {
      'galaxy.yml': galaxyYml(
        `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n`,
      ),
      'job_conf.yml': jobConfYml,
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const { jobs } = instance;
      const { assignBroken, handlers } = jobs.handling;
      // A configuration that could not be read may name one.
      if (jobs.partial && jobs.runners.length === 0 && jobs.destinations.length === 0) continue;
      // Where handlers are listed, web processes leave the jobs alone since 21.05, whatever the method.
      const left = handlers.length > 0 && !isOlder(instance.release?.value, '21.05');
      const site = siteOf(instance);
      if (site.jobs.methods.configured || site.jobs.methods.messaged || assignBroken || left) continue;
      const dynamic = site.workers.find(
        (one) => one.kind === 'dynamic' && (isMispooled(one) || poolTags(one.pools, jobPool).length > 0),
      );
      if (!dynamic) continue;
      const place = spanOf(dynamic.name);
      const where = jobs.format === 'none' ? 'there is no job configuration' : `"${jobs.file}" names none`;
      report(
        finding(this, `dynamic handlers need an assignment method, but ${where}`, place, {
          help:
            jobs.format === 'xml'
              ? 'write <handlers assign_with="db-skip-locked"/> in the job configuration'
              : 'write handling: {assign: [db-skip-locked]} in the job configuration',
        }),
      );
    }
  },
};
