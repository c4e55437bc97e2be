import { destinationTable, isDestination, paramText, stockRules } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { didYouMean, expansionOf, placeIn, quoted, suggester } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = (target: string) =>
  `  default: containers
  environments:
    containers:
      runner: dynamic
      type: docker_dispatch
      docker_destination_id: ${target}
      default_destination_id: local
    local:
      runner: local
    local_docker:
      runner: local
      docker_enabled: true
`;

export const dynamicTargetUnknown: Rule = {
  code: 'GX483',
  name: 'dynamic-target-unknown',
  severity: 'error',
  summary: "One of Galaxy's own rules is told to send jobs to a destination that is not defined.",
  why: 'Galaxy starts, and every job that the rule sends there fails.',
  source: 'Galaxy: lib/galaxy/jobs/stock_rules.py and lib/galaxy/jobs/mapper.py, __handle_rule',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('docker_local') }) },
    at: 'job_conf.yml:12:30',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('local_docker') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial) continue;
      const table = destinationTable(jobs);
      const nearest = suggester([...table.ids.keys(), ...table.tags.keys()]);
      for (const one of jobs.destinations) {
        const rule = stockRules.get(paramText(one, 'type') ?? '');
        if (!rule || one.runner?.value !== 'dynamic' || isEnabled(one) === false) continue;
        for (const param of one.params) {
          if (!rule.names.includes(param.name.value) || param.from) continue;
          // A URL is the older form, which Galaxy converts.
          const wrong = targetsIn(param.value.value).filter(
            (target) => !isDestination(table, target) && !target.includes('://'),
          );
          const [first] = wrong;
          if (first === undefined) continue;
          const near = wrong.length > 1 ? undefined : nearest(first);
          const names = wrong.slice(0, 4).map(quoted).join(', ');
          report(
            finding(
              this,
              wrong.length === 1
                ? `${names} is no destination${didYouMean(near)}`
                : `${names}${wrong.length > 4 ? ` and ${wrong.length - 4} more` : ''} are no destinations`,
              placeIn(param.value, one),
              { labels: expansionOf(one), help: 'name ids or tags of destinations that are enabled' },
            ),
          );
        }
      }
    }
  },
};

// A text with commas, or in YAML a list.
function targetsIn(value: unknown): string[] {
  const items = Array.isArray(value) ? value.map(String) : typeof value === 'string' ? value.split(',') : [];
  return items.map((one) => one.trim()).filter((one) => one !== '');
}
