import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const logRotationIdle: Rule = {
  code: 'GX649',
  name: 'log-rotation-idle',
  severity: 'info',
  summary: 'Log files are to be rotated, and there are none.',
  why: 'log_rotate_size and log_rotate_count are about the file in log_destination, and without one Galaxy logs to its output.',
  source: 'Galaxy: log_destination, log_rotate_size, log_rotate_count',
  since: '22.05',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  log_rotate_size: 10 MB\n`) },
    at: 'galaxy.yml:7:20',
    good: { 'galaxy.yml': galaxyYml(``, `  log_destination: stdout\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const file = textOption(instance, 'log_destination');
      if (file && !['stdout', 'stderr'].includes(file.value)) continue;
      for (const name of ['log_rotate_size', 'log_rotate_count']) {
        const set = textOption(instance, name);
        if (!set || /^\s*0/.test(set.value)) continue;
        report(
          finding(this, `"${name}" has no effect, as Galaxy logs to its output`, spanOf(set), {
            help: 'remove it: the process manager rotates that',
          }),
        );
      }
    }
  },
};
