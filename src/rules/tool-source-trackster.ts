import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const recent = 'release: "26.0"\ngunicorn_version: 23.0.0\n';
const tools = (condition: string) => `tools:\n  - id: cufflinks\n    environment: local\n${condition}`;

export const toolSourceTrackster: Rule = {
  code: 'GX491',
  name: 'tool-source-trackster',
  severity: 'info',
  summary: 'A tool has an entry for jobs of Trackster, which Galaxy no longer has.',
  why: 'Galaxy 26.0 removed Trackster, so no job ever matches the entry.',
  source: 'Release notes of Galaxy 25.1 and 26.0',
  since: '26.0',
  example: () => ({
    bad: {
      'galaxy.yml': server,
      'gxgen.yml': recent,
      'job_conf.yml': jobsYml({ more: tools('    params: {source: trackster}\n') }),
    },
    at: 'job_conf.yml:13:22',
    good: { 'galaxy.yml': server, 'gxgen.yml': recent, 'job_conf.yml': jobsYml({ more: tools('') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const tool of jobs.tools) {
        const source = tool.params.find(({ name }) => name.value === 'source');
        if (source?.value.value !== 'trackster') continue;
        report(
          finding(
            this,
            `the entry of ${quoted(tool.id?.value ?? tool.class?.value ?? '')} is for jobs of Trackster`,
            placeIn(source.value, tool),
            { labels: expansionOf(tool), help: 'remove the entry' },
          ),
        );
      }
    }
  },
};
