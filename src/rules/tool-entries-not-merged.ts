import type { ToolMapping } from '../model/routing.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { toolTable } from '../model/routing-tools.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const shed = 'toolshed.g2.bx.psu.edu/repos/devteam/bwa/bwa_mem';
const tools = (more: string) =>
  `tools:
  - id: bwa_mem
    handler: handler_0
  - id: ${shed}
    environment: local
${more}`;

export const toolEntriesNotMerged: Rule = {
  code: 'GX495',
  name: 'tool-entries-not-merged',
  severity: 'info',
  summary: 'A tool of the Tool Shed has an entry under its long id and one under a shorter one.',
  why: 'Galaxy uses the entry with the longest id and does not look at the others, so what only they say does not apply.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, get_job_tool_configurations',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('') }) },
    at: 'job_conf.yml:13:9',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: tools('    handler: handler_0\n') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const { first } = toolTable(jobs);
      for (const [id, tool] of first) {
        for (const shorter of id.includes('/repos/') ? shorterIds(id) : []) {
          const other = first.get(shorter);
          const lost = other && lostBy(tool, other);
          if (!other || !lost) continue;
          report(
            finding(
              this,
              `this entry hides the ${lost} that ${quoted(other.id?.value ?? '')} has`,
              placeIn(tool.id, tool),
              {
                labels: [{ span: placeIn(other.id, other), text: 'not used for it' }, ...expansionOf(tool)],
                help: `add the ${lost} here as well, if it is meant for this tool too`,
              },
            ),
          );
          break;
        }
      }
    }
  },
};

// `host/repos/owner/repository/tool/version`, then without the version, then the tool's own id.
function shorterIds(id: string): string[] {
  const [host, repos, owner, repository, tool, version] = id.split('/');
  if (repos !== 'repos' || !tool) return [];
  return [...(version ? [[host, repos, owner, repository, tool].join('/')] : []), tool];
}

function lostBy(tool: ToolMapping, other: ToolMapping): string | undefined {
  if (other.handler && !tool.handler) return 'handler';
  if (other.destination && !tool.destination) return 'destination';
  return other.resources && !tool.resources ? 'resource group' : undefined;
}
