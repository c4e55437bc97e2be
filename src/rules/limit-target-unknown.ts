import { destinationTable, hasOwnRules, isDestination } from '../model/routing-destinations.ts';
import { didYouMean, expansionOf, placeIn, quoted, suggester } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const limits = (id: string) =>
  `limits:\n  - type: environment_total_concurrent_jobs\n    id: ${id}\n    value: 10\n`;

export const limitTargetUnknown: Rule = {
  code: 'GX365',
  name: 'limit-target-unknown',
  severity: 'warning',
  summary: 'A limit is about a destination that is not defined.',
  why: 'Galaxy compares the name with those of destinations, and never applies the limit.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, __check_destination_jobs',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: limits('locla') }) },
    at: 'job_conf.yml:12:9',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ more: limits('local') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      // Rules of the site may make destinations with any id and any tag.
      if (jobs.partial || hasOwnRules(jobs)) continue;
      const table = destinationTable(jobs);
      const nearest = suggester([...table.ids.keys(), ...table.tags.keys()]);
      for (const limit of jobs.limits) {
        // The tag counts where both are written.
        const target = limit.tag ?? limit.id;
        if (!target || isDestination(table, target.value) || !/concurrent_jobs$/.test(limit.type.value))
          continue;
        const disabled = table.disabled.has(target.value);
        const near = disabled ? undefined : nearest(target.value);
        report(
          finding(
            this,
            disabled
              ? `a limit is about ${quoted(target.value)}, which is disabled`
              : `a limit is about ${quoted(target.value)}, which is not defined${didYouMean(near)}`,
            placeIn(target, limit),
            {
              ...(disabled ? { severity: 'info' as const } : {}),
              labels: expansionOf(limit),
              help: disabled
                ? 'remove the limit if the destination stays so'
                : 'name the id or a tag of a destination',
            },
          ),
        );
      }
    }
  },
};
