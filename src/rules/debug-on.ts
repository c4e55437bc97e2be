import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const debugOn: Rule = {
  code: 'GX640',
  name: 'debug-on',
  severity: 'info',
  summary: 'Galaxy runs in debug mode.',
  why: 'It holds whole responses in memory before it sends them, and shows users the insides of errors.',
  source: 'Galaxy documentation: Running Galaxy in a production environment',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  debug: true\n`) },
    at: 'galaxy.yml:7:10',
    good: { 'galaxy.yml': galaxyYml(``, `  debug: false\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'debug');
      if (!on) continue;
      report(
        finding(this, '"debug" is on', spanOf(on), {
          help: 'write debug: false; tracebacks are in the log all the same',
        }),
      );
    }
  },
};
