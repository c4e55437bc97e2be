import type { ToolMapping } from '../model/routing.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { toolTable } from '../model/routing-tools.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const tools = (id: string) =>
  `tools:
  - id: bwa
    environment: local
  - id: ${id}
    handler: handler_0
`;

export const toolDuplicate: Rule = {
  code: 'GX489',
  name: 'tool-duplicate',
  severity: 'warning',
  summary: 'Two entries are about the same tool, under the same conditions.',
  why: 'Galaxy uses the first one and does not bring them together: what the second one says has no effect.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, get_job_tool_configurations; lib/galaxy/tools/__init__.py',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('BWA') }) },
    at: 'job_conf.yml:13:9',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('bwa_mem') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const classes = new Map<string, ToolMapping[]>();
      for (const tool of jobs.tools) {
        if (tool.id || !tool.class) continue;
        const group = classes.get(tool.class.value);
        if (group) group.push(tool);
        else classes.set(tool.class.value, [tool]);
      }
      for (const group of [...toolTable(jobs).repeated.values(), ...classes.values()]) {
        // Entries with conditions may well stand side by side.
        const [first, ...others] = group.filter((one) => one.params.length === 0);
        for (const tool of first ? others : []) {
          const value = tool.id ?? tool.class;
          report(
            finding(this, `${quoted(value?.value ?? '')} stands here a second time`, placeIn(value, tool), {
              labels: [
                { span: placeIn(first?.id ?? first?.class, first ?? tool), text: 'Galaxy uses this one' },
                ...expansionOf(tool),
              ],
              help: 'bring what both say together in one entry',
            }),
          );
        }
      }
    }
  },
};
