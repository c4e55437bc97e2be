import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const tools = (id: string) => `tools:\n  - id: ${id}\n    environment: local\n`;

export const toolIdWhitespace: Rule = {
  code: 'GX493',
  name: 'tool-id-whitespace',
  severity: 'warning',
  summary: 'The id of a tool has white space at an end, or in it.',
  why: 'Galaxy compares the whole text, and no tool has such an id, so the entry is never used.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('"upload1 "') }) },
    at: 'job_conf.yml:11:9',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('upload1') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const tool of jobs.tools) {
        const id = tool.id?.value;
        if (id === undefined || !/\s/.test(id)) continue;
        const place = placeIn(tool.id, tool);
        const within = /\s/.test(id.trim());
        const start = place.source.text.indexOf(id, place.start);
        // Only where the text is written as it is meant: without references and escapes.
        const exact = !within && start >= 0 && start + id.length <= place.end;
        report(
          finding(this, `the id ${quoted(id)} has white space ${within ? 'in it' : 'at an end'}`, place, {
            labels: expansionOf(tool),
            help: within ? 'write the id as it stands in the tool, one entry for each tool' : 'remove it',
            ...(exact && !tool.expandedAt
              ? {
                  fix: {
                    title: 'remove the white space',
                    safe: true,
                    edits: [
                      { span: { source: place.source, start, end: start + id.length }, text: id.trim() },
                    ],
                  },
                }
              : {}),
          }),
        );
      }
    }
  },
};
