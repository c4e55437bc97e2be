import { destinationTable, isDestination } from '../model/routing-destinations.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { suggest } from '../text/suggest.ts';
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
  example: {
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('locl') }) },
    at: 'job_conf.yml:12:18',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('local') }) },
  },
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial) continue;
      const table = destinationTable(jobs);
      if (table.ids.size === 0) continue;
      const names = [...table.ids.keys(), ...table.tags.keys()];
      // There may be 100,000 tools with the same wrong name.
      const nearest = new Map<string, string | undefined>();
      for (const tool of jobs.tools) {
        const name = tool.destination?.value;
        if (name === undefined || isDestination(table, name)) continue;
        const disabled = table.disabled.get(name);
        if (!nearest.has(name)) nearest.set(name, suggest(name, names));
        const near = nearest.get(name);
        const who = quoted(tool.id?.value ?? tool.class?.value ?? '');
        const message = disabled
          ? `${who} is sent to ${quoted(name)}, which is disabled`
          : `${who} is sent to ${quoted(name)}, which is not defined${near ? `; did you mean "${near}"?` : ''}`;
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
