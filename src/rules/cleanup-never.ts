import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const cleanupNever: Rule = {
  code: 'GX668',
  name: 'cleanup-never',
  severity: 'info',
  summary: 'The working directories of jobs are never removed.',
  why: 'They hold copies of inputs and outputs, and fill the disk.',
  source: 'Galaxy: cleanup_job',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  cleanup_job: never\n`) },
    at: 'galaxy.yml:7:16',
    good: { 'galaxy.yml': galaxyYml(``, `  cleanup_job: onsuccess\n`) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const cleanup = textOption(instance, 'cleanup_job');
      if (cleanup?.value !== 'never') continue;
      report(
        finding(this, 'the working directory of every job stays for ever', spanOf(cleanup), {
          help: 'write cleanup_job: onsuccess, which keeps those of jobs that failed, or always',
        }),
      );
    }
  },
};
