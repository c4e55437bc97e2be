import type { Details } from '../diagnostics/diagnostic.ts';
import { spanOf } from '../model/located.ts';
import { poolTags } from '../model/routing-names.ts';
import { quoted } from '../model/routing-place.ts';
import { jobPool, workflowPool } from '../model/routing-process.ts';
import { sectionsOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfXml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = (tag: string) =>
  `  handlers:\n    big:\n      processes: 2\n      pools: [job-handlers.${tag}, workflow-schedulers]\n`;
const statics = `<handlers assign_with="db-skip-locked">
        <handler id="handler0"/>
    </handlers>`;
const tools = (handler: string) =>
  `    <tools>\n        <tool id="trinity" handler="${handler}"/>\n    </tools>\n`;

export const poolTagIsHandler: Rule = {
  code: 'GX468',
  name: 'pool-tag-is-handler',
  severity: 'error',
  summary: 'The tag of a pool is the id of a listed handler.',
  why: 'Ids and tags are one set of names for Galaxy, so the process that is attached to the pool does not start.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py; observed on 22.05 to 26.1',
  since: '19.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(gravity('handler0')),
      'job_conf.xml': jobConfXml(statics, tools('handler0')),
    },
    at: 'galaxy.yml:8:15',
    good: {
      'galaxy.yml': galaxyYml(gravity('_default_')),
      'job_conf.xml': jobConfXml(statics, tools('handler0')),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const { kind, table, handling } of sectionsOf(instance)) {
        const base = kind === 'jobs' ? jobPool : workflowPool;
        for (const { processes } of instance.services) {
          for (const pool of processes[0]?.pools ?? []) {
            const [tag] = poolTags([pool.value], base);
            const entry = tag === undefined ? undefined : table.names.entries.get(tag);
            if (tag === undefined || entry?.kind !== 'id') continue;
            if (processes.every((one) => one.serverName?.value === tag)) continue;
            const listed = spanOf(handling.handlers.find((one) => one.id.value === tag)?.id);
            report(
              finding(this, `the tag of pool ${quoted(pool.value)} is the id of a handler`, spanOf(pool), {
                ...(table.names.merges ? merged(tag) : {}),
                labels: listed ? [{ span: listed, text: 'the handler' }] : [],
                help: 'choose another name for the tag',
              }),
            );
          }
        }
      }
    }
  },
};

function merged(tag: string): Details {
  return {
    severity: 'warning',
    why: `its processes also take the jobs of handler ${quoted(tag)}; before 26.0 they do not start`,
  };
}
