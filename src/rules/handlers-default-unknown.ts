import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { isMispooled, jobGoes, siteOf } from '../model/routing-site.ts';
import { suggest } from '../text/suggest.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (name: string) => `<handlers default="${name}">
        <handler id="handler0" tags="handlers"/>
        <handler id="handler1" tags="handlers"/>
    </handlers>`;

export const handlersDefaultUnknown: Rule = {
  code: 'GX436',
  name: 'handlers-default-unknown',
  severity: 'error',
  summary: 'The default handler is a name that no process answers to.',
  why: 'Galaxy has not checked the name since 19.01: jobs that name no handler stay new for ever, or fail when they are submitted.',
  source: 'galaxyproject/galaxy#8164; lib/galaxy/web_stack/handlers.py',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('handler')) },
    at: 'job_conf.xml:5:24',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('handlers')) },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const { handling } = instance.jobs;
      const { workers, taken, answering, jobs } = siteOf(instance);
      if (!handling.default || handling.defaultFrom || handling.assignBroken || instance.jobs.partial)
        continue;
      if (!workers.some((one) => one.job.isHandler) || workers.some(isMispooled)) continue;
      const goes = jobGoes(instance);
      if (goes.kind !== 'fails' && !(goes.kind === 'name' && !taken.has(goes.name))) continue;
      const name = handling.default.value;
      const tags = [...answering].filter((one) => jobs.table.order.has(one));
      const near = suggest(name, tags) ?? suggest(name, answering);
      const message = answering.has(name)
        ? `${jobs.methods.methods.join(', ')} cannot give jobs to the default ${quoted(name)}`
        : `the default ${quoted(name)} is no handler and no tag${near === undefined ? '' : `; did you mean "${near}"?`}`;
      report(
        finding(this, message, spanOf(handling.default), {
          why:
            goes.kind === 'fails'
              ? 'jobs that name no handler fail when they are submitted'
              : 'Galaxy does not check the name: jobs that name no handler stay new for ever',
          help: answering.has(name)
            ? 'add db-skip-locked to the methods, or name a handler of the job configuration'
            : 'remove it, so that all handlers without tags take these jobs, or name one of the tags',
        }),
      );
    }
  },
};
