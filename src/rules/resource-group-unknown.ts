import type { Label } from '../diagnostics/diagnostic.ts';
import type { Located } from '../model/located.ts';
import { spanOf } from '../model/located.ts';
import { didYouMean, expansionOf, placeIn, quoted, suggester } from '../model/routing-place.ts';
import type { Span } from '../text/source.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const sections = (name: string) =>
  `resources:
  groups:
    memory_only: [memory]
tools:
  - id: trinity
    resources: ${name}
`;

export const resourceGroupUnknown: Rule = {
  code: 'GX492',
  name: 'resource-group-unknown',
  severity: 'warning',
  summary: 'A tool, or the default, names a group of resource parameters that is not defined.',
  why: 'Galaxy shows no resource fields in the form of the tool, and says nothing.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, get_tool_resource_xml',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: sections('memory') }) },
    at: 'job_conf.yml:15:16',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: sections('memory_only') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial) continue;
      const groups = new Set(jobs.resourceGroups.map((one) => one.id.value));
      const nearest = suggester(groups);
      const look = (group: Located<string>, place: Span | undefined, labels: readonly Label[] = []) => {
        const name = group.value;
        if (groups.has(name)) return;
        const near = nearest(name);
        report(
          finding(this, `there is no resource group ${quoted(name)}${didYouMean(near)}`, place, {
            labels,
            help:
              groups.size === 0
                ? 'define it under "resources", or remove the name'
                : `the groups are ${[...groups].slice(0, 12).join(', ')}`,
          }),
        );
      };
      if (jobs.defaultResourceGroup) look(jobs.defaultResourceGroup, spanOf(jobs.defaultResourceGroup));
      for (const tool of jobs.tools) {
        if (tool.resources) look(tool.resources, placeIn(tool.resources, tool), expansionOf(tool));
      }
    }
  },
};
