import { celeryOption } from '../model/celery.ts';
import { spanOf } from '../model/located.ts';
import { option } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryEager: Rule = {
  code: 'GX630',
  name: 'celery-eager',
  severity: 'warning',
  summary: 'Celery tasks run at once in the process that asks for them.',
  why: 'It is a switch for tests: the web server does the work of the workers, and requests wait for it.',
  source: 'Celery documentation: task_always_eager',
  since: '23.0',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  celery_conf:\n    task_always_eager: true\n    task_routes: {galaxy.fetch_data: galaxy.external, galaxy.set_job_metadata: galaxy.external}\n`,
      ),
    },
    at: 'galaxy.yml:10:5',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  celery_conf:\n    task_routes: {galaxy.fetch_data: galaxy.external, galaxy.set_job_metadata: galaxy.external}\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      if (celeryOption(instance, 'task_always_eager') !== 'true') continue;
      report(
        finding(
          this,
          'with "task_always_eager" no task ever gets to a Celery worker',
          spanOf(option(instance, 'celery_conf')),
          {
            help: 'remove task_always_eager',
          },
        ),
      );
    }
  },
};
