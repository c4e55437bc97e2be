import { flag } from '../model/arguments.ts';
import type { ServiceKind } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const detaching: Partial<Record<ServiceKind, readonly string[]>> = {
  gunicorn: ['--daemon', '-D'],
  reports: ['--daemon', '-D'],
  celery: ['--detach', '-D'],
};

export const processDetaches: Rule = {
  code: 'GX512',
  name: 'process-detaches',
  severity: 'error',
  summary: 'A server is told to go into the background by itself.',
  why: 'The process that was started ends at once, so the process manager takes it for dead and starts it again, against the one that still holds the port.',
  source: 'gunicorn: --daemon; Celery: --detach; systemd.service(5): Type=exec',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    extra_args: --daemon\n`) },
    at: 'galaxy.yml:6:17',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    extra_args: --access-logfile=-\n`) },
  }),
  check(deployment, report) {
    for (const { kind, processes } of deployment.instances.flatMap(({ services }) => services)) {
      const names = detaching[kind];
      for (const process of names ? processes : []) {
        const found = flag(process, names ?? []);
        if (!found) continue;
        report(
          finding(this, `"${process.name}" is started with ${found.value}`, spanOf(found), {
            help: `remove ${found.value}: the process manager keeps it in the background`,
          }),
        );
      }
    }
  },
};
