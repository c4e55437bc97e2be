import { spanOf } from '../model/located.ts';
import { defaultTag } from '../model/routing.ts';
import { mappedNames } from '../model/routing-mapped.ts';
import { quoted } from '../model/routing-place.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = (attribute: string) => `<handlers${attribute}>
        <handler id="handler0"/>
        <handler id="handler1"/>
    </handlers>`;

export const handlersDefaultBypassed: Rule = {
  code: 'GX437',
  name: 'handlers-default-bypassed',
  severity: 'warning',
  summary: 'With the default set to one handler or tag, handlers without tags get no jobs.',
  why: 'Jobs that name no handler go to the default alone. The handlers that would share them otherwise stay idle.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `ConfiguresHandlers.get_handler_id`',
  since: '19.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics(' default="handler0"')) },
    at: 'job_conf.xml:5:24',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics('')) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const { handling } = instance.jobs;
      const { workers, answering } = siteOf(instance);
      const name = handling.default?.value;
      // An unknown default is a mistake of its own.
      if (name === undefined || name === defaultTag || handling.defaultFrom || !answering.has(name)) continue;
      const used = mappedNames(instance);
      if (used.has(defaultTag)) continue;
      const idle = workers.filter(
        ({ kind, job, name: own }) =>
          kind !== 'web' && job.isHandler && job.tags.join() === defaultTag && !used.has(own.value),
      );
      const [first] = idle;
      const place = spanOf(first?.name);
      if (!first || !place) continue;
      const who = quoted(first.name.value);
      const what =
        idle.length === 1 ? `handler ${who} gets` : `handler ${who} and ${idle.length - 1} more get`;
      report(
        finding(this, `${what} no jobs, as the default is ${quoted(name)}`, spanOf(handling.default), {
          labels: [{ span: place, text: 'takes only jobs that name no handler' }],
          help: 'remove the default, so that all handlers without tags share these jobs, or give the others tags that tools are mapped to',
        }),
      );
    }
  },
};
