import { queuesOf, routedQueues } from '../model/celery.ts';
import { byDatabase } from '../model/database.ts';
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
  why: 'Tasks in it wait for ever, without a message anywhere.',
  source: 'Galaxy: lib/galaxy/celery, celery_conf; Celery: worker --queues',
  since: '23.0',
  example: () => ({
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
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'celery')) return;
    for (const group of byDatabase(deployment)) {
      const lists = group.flatMap(({ services }) =>
        services.filter((one) => one.kind === 'celery').flatMap(queuesOf),
      );
      const [first] = lists;
      if (!first) continue;
      const served = new Set(lists.flatMap(({ value }) => value.split(',').map((one) => one.trim())));
      served.delete('');
      for (const instance of group) {
        if (!isOn(instance, 'enable_celery_tasks') || inEnvironment(instance, 'celery_conf')) continue;
        const conf = spanOf(option(instance, 'celery_conf'));
        const place = spanOf(first);
        for (const { queue, task } of routedQueues(instance)) {
          if (served.has(queue)) continue;
          const what = task === undefined ? "the one of Galaxy's own tasks" : `which gets "${task}"`;
          report(
            finding(
              this,
              `no Celery worker reads the queue "${queue}", ${what}`,
              place ?? conf ?? instance.place,
              {
                ...(conf && place && task !== undefined
                  ? { labels: [{ span: conf, text: 'routes the tasks' }] }
                  : {}),
                help: `write queues: ${[...served, queue].join(',')} under celery; if another machine reads it, add celery to "elsewhere" in gxgen.yml`,
              },
            ),
          );
        }
      }
    }
  },
};
