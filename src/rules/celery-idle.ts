import { isProduction } from '../model/database.ts';
import { isWritten, spanOf } from '../model/located.ts';
import { inEnvironment, isOn, option, sectionPlace } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryIdle: Rule = {
  code: 'GX621',
  name: 'celery-idle',
  severity: 'warning',
  summary: 'Celery runs, but Galaxy gives it nothing to do.',
  why: 'Without enable_celery_tasks Galaxy does all of it in its own processes, and the workers only take memory.',
  source: 'galaxyproject/galaxy#19064; Gravity starts Celery unless it is told not to',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: true\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n`,
      ),
    },
    at: 'galaxy.yml:6:13',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: true\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const name = 'enable_celery_tasks';
      const service = instance.services.find((one) => one.kind === 'celery');
      if (!service || isOn(instance, name) || inEnvironment(instance, name)) continue;
      // Workers may serve the web servers of another machine, whose file says so.
      const enabled = service.settings.enable;
      const asked = isWritten(enabled);
      if (!asked && !isProduction(instance)) continue;
      const place = spanOf(option(instance, name)) ?? spanOf(enabled) ?? sectionPlace(instance);
      report(
        finding(this, 'Celery workers are started, but "enable_celery_tasks" is not true', place, {
          ...(asked ? {} : { severity: 'info' }),
          help: 'write enable_celery_tasks: true in the galaxy section, or celery: {enable: false, enable_beat: false} in the gravity section',
        }),
      );
    }
  },
};
