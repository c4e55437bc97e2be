import { paramText, stockRules } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = (more: string) =>
  `  default: overflow
  environments:
    overflow:
      runner: dynamic
      type: burst
      from_destination_ids: local
      to_destination_id: local_big
${more}    local:
      runner: local
    local_big:
      runner: local
`;

export const dynamicArgumentMissing: Rule = {
  code: 'GX482',
  name: 'dynamic-argument-missing',
  severity: 'error',
  summary: "A dynamic destination with one of Galaxy's own rules lacks a parameter that the rule needs.",
  why: 'Galaxy starts, and every job that is sent there fails.',
  source: 'Galaxy: lib/galaxy/jobs/stock_rules.py',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('') }) },
    at: 'job_conf.yml:9:5',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ execution: execution('      num_jobs: 20\n') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const one of jobs.destinations) {
        const type = paramText(one, 'type');
        const rule = type === undefined ? undefined : stockRules.get(type);
        if (!rule || one.runner?.value !== 'dynamic' || isEnabled(one) === false) continue;
        const given = new Set(one.params.map(({ name }) => name.value));
        const missing = rule.needs.filter((name) => !given.has(name));
        if (missing.length === 0) continue;
        report(
          finding(
            this,
            `the rule "${type}" of ${quoted(one.id.value)} needs ${missing.map((name) => `"${name}"`).join(', ')}`,
            placeIn(one.id, one),
            { labels: expansionOf(one), help: `add ${missing.join(', ')} to its parameters` },
          ),
        );
      }
    }
  },
};
