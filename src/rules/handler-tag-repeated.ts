import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const tools = '    <tools>\n        <tool id="bwa_mem" handler="mapping"/>\n    </tools>\n';

export const handlerTagRepeated: Rule = {
  code: 'GX423',
  name: 'handler-tag-repeated',
  severity: 'error',
  summary: 'A handler has the same tag twice.',
  why: 'The second mention starts the tag anew: Galaxy forgets the handlers that had it before this one.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py; observed on 22.05 to 26.1',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(
        `<handlers>
        <handler id="handler0"/>
        <handler id="handler1" tags="mapping"/>
        <handler id="handler2" tags="mapping, mapping"/>
    </handlers>`,
        tools,
      ),
    },
    at: 'job_conf.xml:8:47',
    good: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(
        `<handlers>
        <handler id="handler0"/>
        <handler id="handler1" tags="mapping"/>
        <handler id="handler2" tags="mapping"/>
    </handlers>`,
        tools,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { table } of sectionsOf(instance)) {
        for (const { kind, handler, tag, other } of table.names.collisions) {
          if (kind !== 'tag-repeated' || !tag) continue;
          // The first owner of the tag: another handler, or none but this one.
          const lost = other !== undefined;
          report(
            finding(
              this,
              `handler ${quoted(handler.id.value)} has the tag ${quoted(tag.value)} twice`,
              placeIn(tag, handler),
              {
                labels: expansionOf(handler),
                ...(lost
                  ? {}
                  : {
                      severity: 'warning',
                      why: 'the second mention has no effect here, and makes Galaxy forget the handlers before this one as soon as one is put there',
                    }),
                help: 'remove one of the two',
              },
            ),
          );
        }
      }
    }
  },
};
