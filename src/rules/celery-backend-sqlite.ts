import { celeryOption } from '../model/celery.ts';
import { isProduction } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { inEnvironment, option, switchedOn } from '../model/options.ts';
import { galaxyYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryBackendSqlite: Rule = {
  code: 'GX623',
  name: 'celery-backend-sqlite',
  severity: 'info',
  summary: 'Celery keeps the results of its tasks in an SQLite file.',
  why: 'Without a result backend Galaxy makes a file in its data directory; several workers wait for its lock, and other machines cannot see it.',
  source: 'galaxyproject/galaxy#17949',
  since: '24.1',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions('celery_conf')) },
    at: 'galaxy.yml:15:24',
    good: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions()) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'enable_celery_tasks');
      const conf = option(instance, 'celery_conf');
      const backend = celeryOption(instance, 'result_backend');
      if (!on || !isProduction(instance) || inEnvironment(instance, 'celery_conf')) continue;
      if (backend !== undefined && !/^(?:db\+)?sqlite/.test(backend)) continue;
      report(
        finding(this, 'the results of Celery tasks are kept in an SQLite file', spanOf(conf) ?? spanOf(on), {
          // Where somebody chose a broker, Celery is meant for more than one machine's file.
          ...(celeryOption(instance, 'broker_url') === undefined ? {} : { severity: 'warning' }),
          help: 'write result_backend: redis://localhost:6379/0 under celery_conf, with the address of your Redis',
        }),
      );
    }
  },
};
