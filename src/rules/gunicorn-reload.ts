import { flag } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const gunicornReload: Rule = {
  code: 'GX515',
  name: 'gunicorn-reload',
  severity: 'warning',
  summary: 'gunicorn is told to watch the code and restart its workers when a file changes.',
  why: 'It is meant for development: an upgrade or a stray edit interrupts requests half way, and with preload it does nothing but cost.',
  source: 'gunicorn documentation: reload',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    extra_args: --reload\n`) },
    at: 'galaxy.yml:6:17',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    workers: 2\n`) },
  }),
  check(deployment, report) {
    for (const process of deployment.instances.flatMap(webServers).flatMap((one) => one.processes)) {
      const found = flag(process, ['--reload']);
      if (!found) continue;
      report(
        finding(this, `"${process.name}" restarts its workers whenever a file changes`, spanOf(found), {
          help: 'remove --reload',
        }),
      );
    }
  },
};
