import { spanOf } from '../model/located.ts';
import { defaultTag } from '../model/routing.ts';
import { mappedNames } from '../model/routing-mapped.ts';
import { quoted } from '../model/routing-place.ts';
import { jobGoes, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (method: string) =>
  `<handlers assign_with="${method}">\n        <handler id="handler0"/>\n    </handlers>`;

export const handlersAssignDbSelf: Rule = {
  code: 'GX385',
  name: 'handlers-assign-db-self',
  severity: 'warning',
  summary: 'The process that makes a job handles it, while handlers wait for jobs that name none.',
  why: 'With this method web processes handle the jobs they make. A handler gets only what is mapped to it by name.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `_assign_db_self_handler`',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('db-self')) },
    at: 'job_conf.xml:5:28',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('db-skip-locked')) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const method = instance.jobs.handling.assign?.value.find((one) => one.value === 'db-self');
      if (!method || jobGoes(instance).kind !== 'creator') continue;
      const used = mappedNames(instance);
      const idle = siteOf(instance).workers.find(
        ({ kind, job, name }) =>
          kind !== 'web' && job.tags.join() === defaultTag && !used.has(name.value) && !used.has(defaultTag),
      );
      const place = spanOf(idle?.name);
      if (!idle || !place) continue;
      report(
        finding(
          this,
          `with "db-self" web processes handle their own jobs, and handler ${quoted(idle.name.value)} gets none`,
          spanOf(method),
          {
            labels: [{ span: place, text: 'takes only jobs that name no handler' }],
            help: 'write "db-skip-locked", or map tools to the handler',
          },
        ),
      );
    }
  },
};
