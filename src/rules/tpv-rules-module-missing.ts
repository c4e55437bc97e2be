import { paramText } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const execution = (more: string) =>
  `  environments:
    tpv:
      runner: dynamic
      type: python
      function: map_tool_to_destination
      tpv_config_files: [/srv/galaxy/config/tpv.yml]
${more}`;

export const tpvRulesModuleMissing: Rule = {
  code: 'GX486',
  name: 'tpv-rules-module-missing',
  severity: 'warning',
  summary: 'A destination has a configuration of TPV, but not the module with its rule.',
  why: "Galaxy looks for the function among the site's own rules, where it is not found as a rule, and fails every job that is sent there.",
  source: 'Galaxy: lib/galaxy/jobs/mapper.py, __get_expand_function; documentation of TPV',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('') }) },
    at: 'job_conf.yml:12:7',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ execution: execution('      rules_module: tpv.rules\n') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const shared = jobs.runners.some(({ id, params }) =>
        params.some(({ name }) => id.value === 'dynamic' && name.value === 'rules_module'),
      );
      if (shared) continue;
      for (const one of jobs.destinations) {
        if (one.runner?.value !== 'dynamic' || isEnabled(one) === false) continue;
        const config = one.params.find(({ name }) => /^tpv_config(?:s|_files)$/.test(name.value));
        if (!config || (paramText(one, 'type') ?? 'python') !== 'python') continue;
        if (one.params.some(({ name }) => name.value === 'rules_module')) continue;
        report(
          finding(
            this,
            `${quoted(one.id.value)} has "${config.name.value}" but no "rules_module"`,
            placeIn(config.name, one),
            { labels: expansionOf(one), help: 'add rules_module: tpv.rules' },
          ),
        );
      }
    }
  },
};
