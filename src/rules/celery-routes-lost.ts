import { spanOf } from '../model/located.ts';
import { isOn, option } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryRoutesLost: Rule = {
  code: 'GX622',
  name: 'celery-routes-lost',
  severity: 'warning',
  summary: "celery_conf is set without the routes of Galaxy's tasks.",
  why: "What is written replaces Galaxy's default as a whole: fetching data and setting metadata then go to the queue of internal tasks, and keep them waiting.",
  source:
    'Galaxy: celery_conf, whose default has two task_routes to galaxy.external; galaxyproject/galaxy#14708',
  since: '23.0',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  celery_conf:\n    result_backend: redis://localhost:6379/0\n`,
      ),
    },
    at: 'galaxy.yml:10:5',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n  celery_conf:\n    result_backend: redis://localhost:6379/0\n    task_routes:\n      galaxy.fetch_data: galaxy.external\n      galaxy.set_job_metadata: galaxy.external\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const conf = option(instance, 'celery_conf');
      if (!conf || typeof conf.value !== 'object' || Array.isArray(conf.value) || conf.value === null)
        continue;
      if ('task_routes' in conf.value || !isOn(instance, 'enable_celery_tasks')) continue;
      report(
        finding(this, '"celery_conf" has no "task_routes", so Galaxy has none', spanOf(conf), {
          help: 'add under celery_conf: task_routes: {galaxy.fetch_data: galaxy.external, galaxy.set_job_metadata: galaxy.external}',
        }),
      );
    }
  },
};
