import { spanOf } from '../model/located.ts';
import { destinationTable, isDestination } from '../model/routing-destinations.ts';
import { didYouMean, quoted } from '../model/routing-place.ts';
import { suggest } from '../text/suggest.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const two = '  environments:\n    local:\n      runner: local\n    big:\n      runner: local\n';

export const destinationDefaultUnknown: Rule = {
  code: 'GX471',
  name: 'destination-default-unknown',
  severity: 'error',
  summary: 'The default destination is neither the id nor a tag of a destination.',
  why: 'Galaxy does not start.',
  source: 'Galaxy: lib/galaxy/web_stack/handlers.py, _ensure_default_set; galaxyproject/pulsar#79',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: `  default: bg\n${two}` }) },
    at: 'job_conf.yml:7:12',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: `  default: big\n${two}` }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const name = jobs.defaultDestination?.value;
      // What the environment or the Galaxy configuration says comes first, and is not known here.
      if (name === undefined || jobs.partial || jobs.defaultDestinationFrom) continue;
      const table = destinationTable(jobs);
      if (isDestination(table, name)) continue;
      const disabled = table.disabled.get(name);
      const near = suggest(name, [...table.ids.keys(), ...table.tags.keys()]);
      const message = disabled
        ? `the default destination ${quoted(name)} is disabled`
        : `the default destination ${quoted(name)} is not defined${didYouMean(near)}`;
      report(
        finding(this, message, spanOf(jobs.defaultDestination), {
          labels: disabled ? [{ span: disabled.span, text: 'disabled by "enabled"' }] : [],
          help: 'name the id or a tag of a destination that is enabled',
        }),
      );
    }
  },
};
