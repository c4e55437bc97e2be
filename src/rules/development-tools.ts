import { spanOf } from '../model/located.ts';
import { isOn, switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const developmentTools: Rule = {
  code: 'GX641',
  name: 'development-tools',
  severity: 'info',
  summary: 'A switch for developers of Galaxy is on.',
  why: 'It costs time in every request, or writes files that nobody reads.',
  source: 'Galaxy: use_profile, use_lint, use_heartbeat in the options reference',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  use_heartbeat: true\n`) },
    at: 'galaxy.yml:7:18',
    good: { 'galaxy.yml': galaxyYml(``, `  use_heartbeat: false\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['use_profile', 'use_lint', 'use_heartbeat']) {
        const on = switchedOn(instance, name);
        // The first two do something only together with debug.
        if (!on || (name !== 'use_heartbeat' && !isOn(instance, 'debug'))) continue;
        report(
          finding(this, `"${name}" is on`, spanOf(on), {
            help: 'remove it when you have found what you look for',
          }),
        );
      }
    }
  },
};
