import { destinationTable, isDestination } from '../model/routing-destinations.ts';
import { didYouMean, expansionOf, placeIn, quoted, suggester } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const tools = (name: string) => `tools:\n  - id: upload1\n    environment: ${name}\n`;

export const toolDestinationUnknown: Rule = {
  code: 'GX487',
  name: 'tool-destination-unknown',
  severity: 'error',
  summary: 'A tool is sent to a destination that is not defined, or that is disabled.',
  why: 'Galaxy starts, and every job of the tool fails when it is mapped to a destination.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, get_destination',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('locl') }) },
    at: 'job_conf.yml:12:18',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('local') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial) continue;
      const table = destinationTable(jobs);
      if (table.ids.size === 0) continue;
      const nearest = suggester([...table.ids.keys(), ...table.tags.keys()]);
      for (const tool of jobs.tools) {
        const name = tool.destination?.value;
        if (name === undefined || isDestination(table, name) || !(tool.id ?? tool.class)) continue;
        const disabled = table.disabled.get(name);
        const near = disabled ? undefined : nearest(name);
        const who = quoted(tool.id?.value ?? tool.class?.value ?? '');
        const message = disabled
          ? `${who} is sent to ${quoted(name)}, which is disabled`
          : `${who} is sent to ${quoted(name)}, which is not defined${didYouMean(near)}`;
        report(
          finding(this, message, placeIn(tool.destination, tool), {
            labels: [
              ...(disabled ? [{ span: disabled.span, text: 'disabled by "enabled"' }] : []),
              ...expansionOf(tool),
            ],
            help: 'name the id or a tag of a destination that is enabled',
          }),
        );
      }
    }
  },
};
