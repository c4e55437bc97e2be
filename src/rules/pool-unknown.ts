import { spanOf } from '../model/located.ts';
import { isKnownPool, knownPools } from '../model/pools.ts';
import { certain, suggest } from '../text/suggest.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const poolUnknown: Rule = {
  code: 'GX460',
  name: 'pool-unknown',
  severity: 'error',
  summary: 'A handler is attached to a pool that Galaxy does not know.',
  why: 'Galaxy ignores the name without a message, so the process takes no jobs from it.',
  source: 'Galaxy: lib/galaxy/web_stack (webless); galaxyproject/galaxy#13995',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(`  handlers:\n    handler:\n      processes: 2\n      pools: [job-handler]\n`),
      'job_conf.yml': jobConfYml,
    },
    at: 'galaxy.yml:8:15',
    good: {
      'galaxy.yml': galaxyYml(
        `  handlers:\n    handler:\n      processes: 2\n      pools: [job-handlers, workflow-schedulers]\n`,
      ),
      'job_conf.yml': jobConfYml,
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const service of instance.services) {
        // The processes of a handler share their pools.
        for (const pool of service.processes[0]?.pools ?? []) {
          if (isKnownPool(pool.value)) continue;
          const { meant, sure } = meantPool(pool.value);
          const place = spanOf(pool);
          report(
            finding(
              this,
              `"${pool.value}" is no pool of Galaxy${meant ? `; did you mean "${meant}"?` : ''}`,
              place,
              {
                ...(place && meant && /^[\w.-]+$/.test(meant)
                  ? {
                      fix: {
                        title: `write "${meant}"`,
                        safe: sure,
                        edits: [{ span: place, text: meant }],
                      },
                    }
                  : {}),
                help: 'the pools are job-handlers and workflow-schedulers, each also with a tag: job-handlers.TAG',
              },
            ),
          );
        }
      }
    }
  },
};

/** The pool that is nearest, with the tags as they are, and whether it can be no other. */
function meantPool(pool: string): { meant?: string; sure: boolean } {
  const [name = '', ...tags] = pool.split('.');
  for (const [word, rest] of [
    [name, tags],
    [pool, []],
  ] as const) {
    const near = suggest(word, knownPools);
    if (near !== undefined)
      return { meant: [near, ...rest].join('.'), sure: certain(word, knownPools) === near };
  }
  return { sure: false };
}
