import { destinationTable, isDestination } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { didYouMean, placeIn, quoted, suggester } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = (target: string) =>
  `  default: local
  environments:
    local:
      runner: local
      resubmit:
        - condition: memory_limit_reached
          environment: ${target}
    local_big:
      runner: local
`;

export const resubmitDestinationUnknown: Rule = {
  code: 'GX498',
  name: 'resubmit-destination-unknown',
  severity: 'error',
  summary: 'Failed jobs are resubmitted to a destination that is not defined, or that is disabled.',
  why: 'Galaxy starts, but the jobs are not resubmitted: they fail for good.',
  source: 'Galaxy: lib/galaxy/jobs/runners/state_handlers/resubmit.py',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('local_bg') }) },
    at: 'job_conf.yml:13:24',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('local_big') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial) continue;
      const table = destinationTable(jobs);
      const nearest = suggester([...table.ids.keys(), ...table.tags.keys()]);
      for (const destination of jobs.destinations) {
        if (isEnabled(destination) === false) continue;
        for (const one of destination.resubmit) {
          const name = one.destination?.value;
          if (name === undefined || isDestination(table, name)) continue;
          const disabled = table.disabled.get(name);
          const near = disabled ? undefined : nearest(name);
          const from = quoted(destination.id.value);
          report(
            finding(
              this,
              disabled
                ? `jobs of ${from} are resubmitted to ${quoted(name)}, which is disabled`
                : `jobs of ${from} are resubmitted to ${quoted(name)}, which is not defined${didYouMean(near)}`,
              placeIn(one.destination, one),
              {
                labels: disabled ? [{ span: disabled.span, text: 'disabled by "enabled"' }] : [],
                help: 'name the id or a tag of a destination that is enabled',
              },
            ),
          );
        }
      }
    }
  },
};
