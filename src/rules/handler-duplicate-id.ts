import { spanOf } from '../model/located.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const handlerDuplicateId: Rule = {
  code: 'GX421',
  name: 'handler-duplicate-id',
  severity: 'error',
  summary: 'Two handlers of one section have the same id.',
  why: 'Galaxy writes one line to its log and ignores the second entry, with all its tags.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, `ConfiguresHandlers._init_handler`',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(),
      'job_conf.xml': jobConfXml(`<handlers>
        <handler id="handler0"/>
        <handler id="handler0"/>
    </handlers>`),
    },
    at: 'job_conf.xml:7:22',
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
      for (const { table } of sectionsOf(instance)) {
        for (const { kind, handler, other } of table.names.collisions) {
          if (kind !== 'duplicate-id') continue;
          const first = spanOf(other?.id);
          report(
            finding(
              this,
              `handler ${quoted(handler.id.value)} is listed twice`,
              placeIn(handler.id, handler),
              {
                labels: [
                  ...(first ? [{ span: first, text: 'first listed here' }] : []),
                  ...expansionOf(handler),
                ],
                help: 'give it an id of its own, or move its tags to the first entry and remove it',
              },
            ),
          );
        }
      }
    }
  },
};
