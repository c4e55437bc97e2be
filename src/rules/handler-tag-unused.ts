import { isElsewhere } from '../model/elsewhere.ts';
import { isKnownPool } from '../model/pools.ts';
import { defaultTag } from '../model/routing.ts';
import { isDrain, mappedNames } from '../model/routing-mapped.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { siteOf } from '../model/routing-site.ts';
import { suggest } from '../text/suggest.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const statics = `<handlers>
        <handler id="handler0"/>
        <handler id="handler1" tags="big"/>
    </handlers>`;
const tool = (handler: string) =>
  `    <tools>\n        <tool id="trinity" handler="${handler}"/>\n    </tools>\n`;

export const handlerTagUnused: Rule = {
  code: 'GX427',
  name: 'handler-tag-unused',
  severity: 'warning',
  summary: 'A listed handler has only tags that nothing is mapped to.',
  why: 'A handler with tags takes only jobs that are mapped to one of them or to its id, so this one stays idle.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py; lib/galaxy/jobs/__init__.py',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics, tool('handler0')) },
    at: 'job_conf.xml:7:38',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.xml': jobConfXml(statics, tool('big')) },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'web')) return;
    for (const instance of deployment.instances) {
      const { workers, answering, jobs } = siteOf(instance);
      if (instance.jobs.partial || jobs.table.names.fails) continue;
      const used = mappedNames(instance);
      const unanswered = [...used].filter((one) => !answering.has(one)).slice(0, 50);
      const scheduling = new Set(instance.workflowSchedulers?.handling?.handlers.map((one) => one.id.value));
      // A listed handler that is also a dynamic one has the tags of its pools too.
      const pooled = new Set(workers.flatMap((one) => (one.pools.length > 0 ? [one.name.value] : [])));
      // An entry that Galaxy ignores is told for that.
      const ignored = new Set(
        jobs.table.names.collisions.flatMap((one) => (one.kind.startsWith('tag') ? [] : [one.handler])),
      );
      const told = new Set<string>();
      for (const handler of instance.jobs.handling.handlers) {
        const id = handler.id.value;
        const tags = handler.tags?.map((one) => one.value) ?? [defaultTag];
        const isUsed = (one: string) =>
          one.trim() === '' || one === defaultTag || used.has(one) || isDrain(one);
        if (ignored.has(handler) || used.has(id) || scheduling.has(id) || pooled.has(id) || tags.some(isUsed))
          continue;
        const key = tags.join(',');
        if (told.has(key)) continue;
        told.add(key);
        const [first = ''] = tags;
        // Something like it is mapped and unknown: that is the mistake, and told there.
        if (suggest(first, unanswered) !== undefined) continue;
        report(
          finding(
            this,
            `nothing is mapped to ${tags.length === 1 ? `the tag ${quoted(first)}` : 'any of the tags'} of handler ${quoted(id)}`,
            placeIn(handler.tags?.[0], handler),
            {
              labels: expansionOf(handler),
              help: isKnownPool(first)
                ? 'this is the name of a pool, which a listed handler needs not: remove the tag'
                : 'map a tool to the tag, or remove it, so that the handler takes jobs that name none',
            },
          ),
        );
      }
    }
  },
};
