import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { toolTable } from '../model/routing-tools.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const tools = (condition: string) =>
  `tools:
  - id: bwa
    environment: local
    params: {source: trackster}
  - id: bwa
    handler: handler_0
${condition}`;

export const toolEntriesAllConditional: Rule = {
  code: 'GX490',
  name: 'tool-entries-all-conditional',
  severity: 'error',
  summary: 'A tool has several entries, and each of them has job parameters as its condition.',
  why: 'Galaxy finds no entry for an ordinary job, and no job of the tool can be submitted.',
  source: 'Galaxy: lib/galaxy/tools/__init__.py, __get_job_tool_configuration',
  since: '19.09',
  example: () => ({
    bad: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ more: tools('    params: {source: api}\n') }),
    },
    at: 'job_conf.yml:14:9',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const entries of toolTable(jobs).repeated.values()) {
        const [first, second] = entries;
        if (!first || !second || entries.some((one) => one.params.length === 0)) continue;
        report(
          finding(
            this,
            `${quoted(second.id?.value ?? '')} has ${entries.length} entries, all of them for special jobs only`,
            placeIn(second.id, second),
            {
              labels: [{ span: placeIn(first.id, first), text: 'another one' }, ...expansionOf(second)],
              help: 'add an entry without parameters, or remove the parameters from one of them',
            },
          ),
        );
      }
    }
  },
};
