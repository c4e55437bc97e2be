import { handlerNames, poolTags } from '../model/routing-names.ts';
import { placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = (handler: string) =>
  `  default: local
  environments:
    local:
      runner: local
      resubmit:
        - condition: memory_limit_reached
          environment: local_big
${handler}    local_big:
      runner: local
`;

export const resubmitHandlerTag: Rule = {
  code: 'GX496',
  name: 'resubmit-handler-tag',
  severity: 'error',
  summary: 'Failed jobs are resubmitted to a tag of handlers instead of one handler.',
  why: 'Galaxy writes the name to the job as it is, and no process takes resubmitted jobs by a tag: they wait for ever.',
  source: 'Galaxy: lib/galaxy/jobs/runners/state_handlers/resubmit.py, lib/galaxy/jobs/handler.py',
  example: () => ({
    bad: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ execution: execution('          handler: _default_\n') }),
    },
    at: 'job_conf.yml:14:20',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('') }) },
  }),
  check(deployment, report) {
    for (const { jobs, services, release } of deployment.instances) {
      const processes = services.flatMap((one) => one.processes);
      const servers = new Set(processes.map((one) => one.serverName?.value));
      const tags = new Set(['_default_']);
      for (const [name, entry] of handlerNames(jobs.handling.handlers, release?.value).entries)
        if (entry.kind === 'tag') tags.add(name);
      for (const { pools } of processes) {
        const names = pools.map((one) => one.value);
        for (const tag of poolTags(names, 'job-handlers')) tags.add(tag);
      }
      for (const { id, resubmit } of jobs.destinations) {
        for (const one of resubmit) {
          const name = one.handler?.value;
          if (name === undefined || name === '' || !tags.has(name) || servers.has(name)) continue;
          report(
            finding(
              this,
              `jobs of ${quoted(id.value)} are resubmitted to ${quoted(name)}, which is a tag and no handler`,
              placeIn(one.handler, one),
              { help: 'remove the handler: the job then stays with the process that ran it' },
            ),
          );
        }
      }
    }
  },
};
