import { lastArgument } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const gunicornThreads: Rule = {
  code: 'GX514',
  name: 'gunicorn-threads',
  severity: 'warning',
  summary: 'gunicorn is told to use threads.',
  why: "Galaxy's workers run an event loop and pass over the setting, so there is no more capacity than before.",
  source:
    'uvicorn: the worker class serves requests in one event loop; gunicorn: threads is for its gthread worker',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    extra_args: --threads=8\n`) },
    at: 'galaxy.yml:6:17',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    workers: 4\n`) },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(webServers).flatMap((one) => one.processes)) {
      const found = lastArgument(process, ['--threads']);
      if (!found) continue;
      report(
        finding(this, `--threads has no effect on "${process.name}"`, spanOf(found), {
          help: 'remove it, and raise "workers"',
        }),
      );
    }
  },
};
