import { queuesOf, routedQueues } from '../model/celery.ts';
import { sameDatabase } from '../model/database.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { inEnvironment, isOn, option } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryQueueUnserved: Rule = {
  code: 'GX626',
  name: 'celery-queue-unserved',
  severity: 'error',
  summary: 'Tasks are routed to a queue that no Celery worker reads.',
  why: 'They wait there for ever, without a message anywhere.',
  source: 'Galaxy: lib/galaxy/celery, celery_conf; Celery: worker --queues',
  since: '23.0',
  example: {
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    queues: celery,galaxy.internal\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
    at: 'galaxy.yml:6:13',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    queues: celery,galaxy.internal,galaxy.external\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
  },
  check(deployment, report) {
    if (isElsewhere(deployment, 'celery')) return;
    for (const instance of deployment.instances) {
      if (!isOn(instance, 'enable_celery_tasks') || inEnvironment(instance, 'celery_conf')) continue;
      const partners = deployment.instances.filter((one) => one === instance || sameDatabase(one, instance));
      const workers = partners.flatMap(({ services }) => services.filter((one) => one.kind === 'celery'));
      const queues = workers.flatMap(queuesOf);
      const [first] = queues;
      if (!first) continue;
      const served = new Set(queues.flatMap(({ value }) => value.split(',').map((one) => one.trim())));
      for (const { queue, task } of routedQueues(instance)) {
        if (served.has(queue)) continue;
        const conf = option(instance, 'celery_conf');
        const label = task === undefined ? undefined : spanOf(conf);
        report(
          finding(
            this,
            `no Celery worker reads the queue "${queue}"${task === undefined ? ", the one of Galaxy's own tasks" : `, which gets "${task}"`}`,
            spanOf(first) ?? spanOf(conf) ?? instance.place,
            {
              ...(label && spanOf(first) ? { labels: [{ span: label, text: 'routes the tasks' }] } : {}),
              help: `write queues: ${[...served, queue].filter((one) => one !== '').join(',')} under celery; if another machine reads it, add celery to "elsewhere" in gxgen.yml`,
            },
          ),
        );
      }
    }
  },
};
