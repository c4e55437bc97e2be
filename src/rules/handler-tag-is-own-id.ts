import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const tools = '    <tools>\n        <tool id="bwa_mem" handler="mapping"/>\n    </tools>\n';

export const handlerTagIsOwnId: Rule = {
  code: 'GX426',
  name: 'handler-tag-is-own-id',
  severity: 'info',
  summary: 'A handler has its own id as a tag.',
  why: 'The name then stands for a tag with one member: its jobs are found by the assignment method and no longer given to it directly.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py; observed on 22.05 to 26.1',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(
        `<handlers>
        <handler id="handler0"/>
        <handler id="mapping" tags="mapping"/>
    </handlers>`,
        tools,
      ),
    },
    at: 'job_conf.xml:7:37',
    good: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(
        `<handlers>
        <handler id="handler0"/>
        <handler id="handler1" tags="mapping"/>
    </handlers>`,
        tools,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { table } of sectionsOf(instance)) {
        for (const { kind, handler, tag } of table.names.collisions) {
          if (kind !== 'tag-is-own-id') continue;
          report(
            finding(this, `handler ${quoted(handler.id.value)} has its id as a tag`, placeIn(tag, handler), {
              ...(table.names.merges
                ? { why: 'it has no effect; before 26.0 its jobs are found by the assignment method' }
                : {}),
              labels: expansionOf(handler),
              help: 'a tool can be mapped to the id as it is; to keep other jobs away, use a tag of another name',
            }),
          );
        }
      }
    }
  },
};
