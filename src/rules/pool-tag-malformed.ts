import { spanOf } from '../model/located.ts';
import { isOddPool } from '../model/pools.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const handler = (pools: string) => `  handlers:\n    handler:\n      processes: 2\n      pools: ${pools}\n`;

export const poolTagMalformed: Rule = {
  code: 'GX467',
  name: 'pool-tag-malformed',
  severity: 'error',
  summary: 'The tag of a pool is empty, or holds a comma or a blank.',
  why: 'Galaxy takes everything behind the first dot for one tag, so several pools in one text are a single tag that nothing is mapped to.',
  source: 'Galaxy: lib/galaxy/web_stack (webless): the option is repeated for each pool',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(handler('["job-handlers.,workflow-schedulers"]')),
      'job_conf.yml': jobConfYml,
    },
    at: 'galaxy.yml:8:15',
    good: {
      'galaxy.yml': galaxyYml(handler('[job-handlers, workflow-schedulers]')),
      'job_conf.yml': jobConfYml,
    },
  }),
  check(deployment, report) {
    for (const { services } of deployment.instances) {
      for (const { processes } of services) {
        for (const pool of processes[0]?.pools ?? []) {
          const dot = pool.value.indexOf('.');
          const tag = pool.value.slice(dot + 1);
          if (!isOddPool(pool.value)) continue;
          const what = tag === '' ? 'an empty tag' : `the tag ${quoted(tag)}`;
          report(
            finding(this, `pool ${quoted(pool.value)} has ${what}`, spanOf(pool), {
              ...(tag === '' ? { why: 'nothing can be mapped to it, so the process gets no work' } : {}),
              help:
                tag === ''
                  ? `write ${pool.value.slice(0, dot)}, or a tag behind the dot`
                  : 'make each pool an item of the list of its own: [job-handlers, workflow-schedulers]',
            }),
          );
        }
      }
    }
  },
};
