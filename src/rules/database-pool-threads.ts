import { databaseOf, poolCeiling } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { isOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databasePoolThreads: Rule = {
  code: 'GX608',
  name: 'database-pool-threads',
  severity: 'warning',
  summary: 'A Celery worker has more threads than its pool has database connections.',
  why: 'The threads wait for each other, and after half a minute tasks fail with "QueuePool limit reached".',
  source: 'SQLAlchemy: QueuePool, pool_timeout of 30 seconds; Gravity starts Celery with threads',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    concurrency: 32\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
    at: 'galaxy.yml:6:18',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    concurrency: 32\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  database_engine_option_pool_size: 20\n  database_engine_option_max_overflow: 20\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const ceiling = poolCeiling(instance);
      if (ceiling === undefined || databaseOf(instance)?.kind === 'sqlite') continue;
      for (const { kind, settings } of instance.services) {
        const threads = Number(settings.concurrency?.value);
        if (kind !== 'celery' || settings.pool?.value !== 'threads' || !(threads > ceiling)) continue;
        if (!isOn(instance, 'enable_celery_tasks')) continue;
        report(
          finding(
            this,
            `Celery runs ${threads} threads on a pool of at most ${ceiling} database connections`,
            spanOf(settings.concurrency),
            {
              values: [
                'the pool is database_engine_option_pool_size (5 by default) and database_engine_option_max_overflow (10)',
              ],
              help: `lower concurrency to ${ceiling}, or raise database_engine_option_pool_size`,
            },
          ),
        );
      }
    }
  },
};
