import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

export const environmentKeysIgnored: Rule = {
  code: 'GX478',
  name: 'environment-keys-ignored',
  severity: 'warning',
  summary: 'An environment has parameters both under "params" and beside it.',
  why: 'Galaxy takes all parameters from "params" where there is one, and passes over the others without a message.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict',
  since: '19.09',
  example: () => ({
    bad: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({
        execution: `  environments:
    local:
      runner: local
      docker_enabled: true
      params:
        local_slots: 4
`,
      }),
    },
    at: 'job_conf.yml:10:7',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({
        execution: `  environments:
    local:
      runner: local
      docker_enabled: true
      local_slots: 4
`,
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const { id, ignored = [] } of jobs.destinations) {
        const [first, ...others] = ignored;
        if (!first) continue;
        const message =
          others.length === 0
            ? `${quoted(first.value)} of ${quoted(id.value)} has no effect beside "params"`
            : `${quoted(first.value)} and ${others.length} more of ${quoted(id.value)} have no effect beside "params"`;
        report(
          finding(this, message, spanOf(first), {
            labels: others.slice(0, 3).flatMap((one) => {
              const span = spanOf(one);
              return span ? [{ span, text: 'nor this' }] : [];
            }),
            help: 'move them under "params", or write all parameters without it',
          }),
        );
      }
    }
  },
};
