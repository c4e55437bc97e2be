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
      rules_module: tpv.rules
${more}`;

export const tpvConfigMissing: Rule = {
  code: 'GX485',
  name: 'tpv-config-missing',
  severity: 'error',
  summary: 'A destination that hands jobs to TPV names no configuration for it, or names it in two ways.',
  why: 'TPV then refuses every job that is sent there.',
  source: 'TPV: tpv/rules/gateway.py, map_tool_to_destination (3.3)',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('') }) },
    at: 'job_conf.yml:8:5',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({
        execution: execution('      tpv_config_files:\n        - /srv/galaxy/config/tpv.yml\n'),
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const one of jobs.destinations) {
        if (isEnabled(one) === false) continue;
        const tpv = one.runner?.value === 'dynamic' && paramText(one, 'rules_module') === 'tpv.rules';
        const short = one.runner?.value === 'dynamic_tpv' && !one.ignored && jobs.format === 'yaml';
        if (!tpv && !short) continue;
        const given = one.params.filter(({ name }) => /^tpv_config(?:s|_files)$/.test(name.value));
        if (new Set(given.map(({ name }) => name.value)).size === 1) continue;
        const id = quoted(one.id.value);
        report(
          finding(
            this,
            given.length === 0
              ? `${id} names no configuration of TPV`
              : `${id} has both "tpv_config_files" and "tpv_configs"`,
            given.length === 0 ? placeIn(one.id, one) : placeIn(given[0]?.name, one),
            {
              labels: expansionOf(one),
              help:
                given.length === 0
                  ? 'add tpv_config_files with the paths or addresses of the files'
                  : 'keep one of them',
            },
          ),
        );
      }
    }
  },
};
