import { isDynamic, paramText, stockRules } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { didYouMean, expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { suggest } from '../text/suggest.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const types = ['python', ...stockRules.keys()];

const execution = (type: string) =>
  `  default: any
  environments:
    any:
      runner: dynamic
      type: ${type}
      destination_ids: local,local_big
    local:
      runner: local
    local_big:
      runner: local
`;

export const dynamicTypeUnknown: Rule = {
  code: 'GX481',
  name: 'dynamic-type-unknown',
  severity: 'error',
  summary: 'A dynamic destination names a type of rule that Galaxy does not have.',
  why: 'Galaxy starts, and every job that is sent there fails.',
  source: 'Galaxy: lib/galaxy/jobs/mapper.py, __handle_dynamic_job_destination',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('chose_one') }) },
    at: 'job_conf.yml:11:13',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('choose_one') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const one of jobs.destinations) {
        const type = paramText(one, 'type');
        if (type === undefined || !isDynamic(one) || types.includes(type)) continue;
        if (one.runner?.value === 'dynamic_tpv' || isEnabled(one) === false) continue;
        const near = suggest(type, types);
        const written = one.params.findLast(({ name }) => name.value === 'type');
        report(
          finding(
            this,
            `${quoted(type)} is no type of dynamic destination${didYouMean(near)}`,
            placeIn(written?.value, one),
            { labels: expansionOf(one), help: `the types are ${types.join(', ')}` },
          ),
        );
      }
    }
  },
};
