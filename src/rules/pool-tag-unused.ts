import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { isOddPool } from '../model/pools.ts';
import { defaultTag } from '../model/routing.ts';
import { isDrain, mappedNames } from '../model/routing-mapped.ts';
import { poolTags } from '../model/routing-names.ts';
import { quoted } from '../model/routing-place.ts';
import { jobPool } from '../model/routing-process.ts';
import { siteOf } from '../model/routing-site.ts';
import { suggest } from '../text/suggest.ts';
import { galaxyYml, jobConfXml, workflowXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = `  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
    big:
      pools: [job-handlers.big]
`;
const tool = (handler: string) =>
  `    <tools>\n        <tool id="trinity" handler="${handler}"/>\n    </tools>\n`;

export const poolTagUnused: Rule = {
  code: 'GX465',
  name: 'pool-tag-unused',
  severity: 'warning',
  summary: 'A handler serves a tag that nothing is mapped to.',
  why: 'It waits for jobs that never come: a process in "job-handlers.TAG" takes none but those of its tag.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py; documentation, Scaling and Load Balancing',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml(undefined, tool('handler_0')),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
    at: 'galaxy.yml:10:15',
    good: {
      'galaxy.yml': galaxyYml(gravity),
      'job_conf.xml': jobConfXml(undefined, tool('big')),
      'workflow_schedulers_conf.xml': workflowXml(),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'web')) return;
    for (const instance of deployment.instances) {
      if (instance.jobs.partial) continue;
      const used = mappedNames(instance);
      const { answering } = siteOf(instance);
      const unanswered = [...used].filter((one) => !answering.has(one)).slice(0, 50);
      const told = new Set<string>();
      for (const { processes } of instance.services) {
        // The processes of a handler share their pools.
        const pools = processes[0]?.pools ?? [];
        for (const pool of pools) {
          const [tag] = poolTags([pool.value], jobPool);
          if (
            tag === undefined ||
            isOddPool(pool.value) ||
            tag === defaultTag ||
            used.has(tag) ||
            isDrain(tag) ||
            told.has(tag)
          )
            continue;
          told.add(tag);
          // Something like it is mapped and unknown: that is the mistake, and told there.
          if (suggest(tag, unanswered) !== undefined) continue;
          report(
            finding(this, `nothing is mapped to the tag ${quoted(tag)}`, spanOf(pool), {
              help: `map tools to it (handler: ${tag}), or put the process into job-handlers`,
            }),
          );
        }
      }
    }
  },
};
