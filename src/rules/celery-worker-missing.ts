import { byDatabase } from '../model/database.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryWorkerMissing: Rule = {
  code: 'GX620',
  name: 'celery-worker-missing',
  severity: 'warning',
  summary: 'Galaxy hands tasks to Celery, and no Celery worker runs.',
  why: 'Tasks wait for ever: files are not purged, exports and imports do not start, metadata is not set.',
  source: 'Galaxy: enable_celery_tasks; Gravity: celery',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: false\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
    at: 'galaxy.yml:10:24',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: true\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'celery')) return;
    for (const group of byDatabase(deployment)) {
      if (group.some(({ services }) => services.some((one) => one.kind === 'celery'))) continue;
      for (const instance of group) {
        const on = switchedOn(instance, 'enable_celery_tasks');
        if (!on) continue;
        report(
          finding(this, 'tasks go to Celery, but no worker takes them', spanOf(on), {
            help: 'enable celery in the gravity section; if it runs on another machine, add celery to "elsewhere" in gxgen.yml',
          }),
        );
      }
    }
  },
};
