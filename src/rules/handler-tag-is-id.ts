import { spanOf } from '../model/located.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const tools = '    <tools>\n        <tool id="bwa_mem" handler="mapping"/>\n    </tools>\n';

export const handlerTagIsId: Rule = {
  code: 'GX422',
  name: 'handler-tag-is-id',
  severity: 'error',
  summary: 'A tag of one handler is the id of another.',
  why: 'Ids and tags are one set of names for Galaxy: it does not start where the id comes first, and drops that handler where the tag does.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py; observed on 22.05 to 26.1',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(
        `<handlers>
        <handler id="handler0"/>
        <handler id="mapping"/>
        <handler id="handler1" tags="mapping"/>
    </handlers>`,
        tools,
      ),
    },
    at: 'job_conf.xml:8:38',
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
          if (kind !== 'tag-is-id' && kind !== 'id-is-tag') continue;
          const name = tag?.value ?? handler.id.value;
          const twin = spanOf(
            kind === 'tag-is-id' ? other?.id : other?.tags?.find((one) => one.value === name),
          );
          report(
            finding(
              this,
              `${quoted(name)} is both a tag and the id of a handler`,
              placeIn(tag ?? handler.id, handler),
              {
                labels: [
                  ...(twin ? [{ span: twin, text: kind === 'tag-is-id' ? 'the id' : 'the tag' }] : []),
                  ...expansionOf(handler),
                ],
                ...(kind === 'tag-is-id' && table.names.merges ? { severity: 'warning' } : {}),
                why: effectOf(kind, name, table.names.merges),
                help: 'rename the tag, and the tools that are mapped to it',
              },
            ),
          );
        }
      }
    }
  },
};

function effectOf(kind: 'tag-is-id' | 'id-is-tag', name: string, merges: boolean): string {
  if (kind === 'id-is-tag')
    return 'ids and tags are one set of names: Galaxy ignores this handler, and takes its name for the tag';
  return merges
    ? `both get the jobs for ${quoted(name)}; before 26.0 Galaxy does not start`
    : 'ids and tags are one set of names, and Galaxy does not start';
}
