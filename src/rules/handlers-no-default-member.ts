import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { defaultTag } from '../model/routing.ts';
import { isMispooled, jobGoes, siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (first: string) => `<handlers>
        <handler id="handler0"${first}/>
        <handler id="handler1" tags="big"/>
    </handlers>`;
const tools =
  '    <tools>\n        <tool id="bwa_mem" handler="mapping"/>\n        <tool id="trinity" handler="big"/>\n    </tools>\n';

export const handlersNoDefaultMember: Rule = {
  code: 'GX435',
  name: 'handlers-no-default-member',
  severity: 'error',
  summary: 'Every handler is reserved for a tag, so none takes jobs that name no handler.',
  why: 'The jobs of all tools that are not mapped to a handler stay new for ever, or fail when they are submitted.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py; documentation, Scaling and Load Balancing',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics(' tags="mapping"'), tools) },
    at: 'job_conf.xml:5:5',
    good: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(statics(' tags="mapping,_default_"'), tools),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'job-handlers')) return;
    for (const instance of deployment.instances) {
      const { handling, file } = instance.jobs;
      const { workers, taken } = siteOf(instance);
      if (handling.default || handling.defaultFrom || handling.assignBroken || instance.jobs.partial)
        continue;
      const handlers = workers.filter((one) => one.job.isHandler);
      if (handlers.length === 0 || handlers.some((one) => one.job.tags.includes(defaultTag))) continue;
      if (workers.some(isMispooled)) continue;
      const goes = jobGoes(instance);
      if (goes.kind !== 'fails' && !(goes.kind === 'name' && !taken.has(goes.name))) continue;
      const [first] = handlers;
      report(
        finding(
          this,
          'no handler takes the jobs of tools that are not mapped',
          handling.span ?? spanOf(first?.name) ?? file,
          {
            ...(goes.kind === 'fails'
              ? { why: 'jobs of every tool that is not mapped fail when they are submitted' }
              : {}),
            help: 'leave one handler without tags, add the tag "_default_" to one, or attach a process to the pool job-handlers',
          },
        ),
      );
    }
  },
};
