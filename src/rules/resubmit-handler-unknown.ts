import { isElsewhere } from '../model/elsewhere.ts';
import { handlerNames, poolTags } from '../model/routing-names.ts';
import { didYouMean, placeIn, quoted, suggester } from '../model/routing-place.ts';
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
          handler: ${handler}
    local_big:
      runner: local
`;

export const resubmitHandlerUnknown: Rule = {
  code: 'GX497',
  name: 'resubmit-handler-unknown',
  severity: 'error',
  summary: 'Failed jobs are resubmitted to a handler that no process is.',
  why: 'Galaxy writes the name to the job as it is, and the job waits for ever.',
  source: 'Galaxy: lib/galaxy/jobs/runners/state_handlers/resubmit.py',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('handler_7') }) },
    at: 'job_conf.yml:14:20',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('handler_1') }) },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'job-handlers')) return;
    for (const { jobs, services, release } of deployment.instances) {
      if (jobs.partial) continue;
      const known = new Set(handlerNames(jobs.handling.handlers, release?.value).entries.keys()).add(
        '_default_',
      );
      const handlers = new Set<string>();
      for (const { serverName, pools } of services.flatMap((one) => one.processes)) {
        if (serverName) handlers.add(serverName.value);
        // A tag is another mistake, with a rule of its own.
        const names = pools.map((one) => one.value);
        for (const tag of poolTags(names, 'job-handlers')) known.add(tag);
      }
      const nearest = suggester(handlers);
      for (const { id, resubmit } of jobs.destinations) {
        for (const one of resubmit) {
          const name = one.handler?.value;
          if (name === undefined || name === '' || known.has(name) || handlers.has(name)) continue;
          const near = nearest(name);
          report(
            finding(
              this,
              `jobs of ${quoted(id.value)} are resubmitted to the handler ${quoted(name)}, which does not exist${didYouMean(near)}`,
              placeIn(one.handler, one),
              { help: 'remove the handler: the job then stays with the process that ran it' },
            ),
          );
        }
      }
    }
  },
};
