import { spanOf } from '../model/located.ts';
import { hasOwnRules } from '../model/routing-destinations.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const parts = (size: number) => ({
  handling: `  ready_window_size: ${size}\n`,
  execution: `  environments:
    tpv:
      runner: dynamic
      type: python
      function: map_tool_to_destination
      rules_module: tpv.rules
      tpv_config_files: [/srv/galaxy/config/tpv.yml]
`,
});

export const readyWindowSmall: Rule = {
  code: 'GX377',
  name: 'ready-window-small',
  severity: 'info',
  summary: 'Few jobs of each user are looked at in one round, and rules decide where jobs go.',
  why: 'Galaxy looks at the oldest jobs of a user only; when a limit holds these back, the younger ones wait too, although there is room for them.',
  source:
    'Galaxy: lib/galaxy/jobs/handler.py; a note in the job configuration of usegalaxy.org.au, who saw it with 20',
  since: '21.05',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml(parts(20)) },
    at: 'job_conf.yml:6:22',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml(parts(100)) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const size = jobs.handling.readyWindowSize;
      if (!size || size.value < 1 || size.value >= 100 || !hasOwnRules(jobs)) continue;
      report(
        finding(this, `only ${size.value} jobs of a user are looked at in one round`, spanOf(size), {
          values: ['100 is what Galaxy takes where nothing is written'],
          help: 'write 100 or more, unless the handlers are too slow for it',
        }),
      );
    }
  },
};
