import { isProduction } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryDebugLog: Rule = {
  code: 'GX631',
  name: 'celery-debug-log',
  severity: 'info',
  summary: 'Celery logs everything it does.',
  why: 'DEBUG is what Gravity takes where nothing is written: the log fills with lines nobody reads.',
  source: 'Gravity: celery loglevel',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml('', productionOptions()) },
    at: 'galaxy.yml:13:24',
    good: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions()) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'enable_celery_tasks');
      const level = instance.services.find((one) => one.kind === 'celery')?.settings.loglevel;
      if (!on || !isProduction(instance) || level?.value !== 'DEBUG') continue;
      report(
        finding(this, 'Celery logs at the level DEBUG', spanOf(level) ?? spanOf(on), {
          help: 'write loglevel: INFO under celery in the gravity section',
        }),
      );
    }
  },
};
