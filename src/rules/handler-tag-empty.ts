import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlerTagEmpty: Rule = {
  code: 'GX424',
  name: 'handler-tag-empty',
  severity: 'warning',
  summary: 'A handler has a tag without a name.',
  why: 'An empty tag is a tag for Galaxy: a handler that has it does not take jobs that name no handler.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py; observed on 22.05 to 24.2',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(`<handlers>
        <handler id="handler0"/>
        <handler id="handler1" tags=""/>
    </handlers>`),
    },
    at: 'job_conf.xml:7:9',
    good: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(`<handlers>
        <handler id="handler0"/>
        <handler id="handler1"/>
    </handlers>`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { handling, xml } of sectionsOf(instance)) {
        for (const handler of handling.handlers) {
          const tag = handler.tags?.find((one) => one.value.trim() === '');
          if (!tag) continue;
          const only = handler.tags?.length === 1;
          report(
            finding(this, `handler ${quoted(handler.id.value)} has an empty tag`, placeIn(tag, handler), {
              labels: expansionOf(handler),
              help: only
                ? `remove ${xml ? 'tags=""' : 'the tag'}, so that it takes jobs that name no handler; "_default_" is the name of that tag`
                : 'remove the comma or the item; "_default_" is the name of the tag for jobs that name no handler',
            }),
          );
        }
      }
    }
  },
};
