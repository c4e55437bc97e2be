import { queuesOf } from '../model/celery.ts';
import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const celeryQueueBlank: Rule = {
  code: 'GX627',
  name: 'celery-queue-blank',
  severity: 'error',
  summary: 'A Celery queue in the list has a space in its name, or no name.',
  why: 'Celery takes the list apart at the commas only, so " galaxy.external" is another queue than "galaxy.external", and its tasks are never read.',
  source: 'Celery: CommaSeparatedList; tried with 5.4',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    queues: celery, galaxy.internal, galaxy.external\n`,
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
    for (const { services } of deployment.instances) {
      for (const service of services) {
        if (service.kind !== 'celery') continue;
        for (const queues of queuesOf(service)) {
          const names = queues.value.split(',');
          const wrong = names.find((one) => one === '' || one !== one.trim());
          if (wrong === undefined) continue;
          const wanted = names
            .map((one) => one.trim())
            .filter((one) => one !== '')
            .join(',');
          const place = spanOf(queues);
          const same = place?.source.text.slice(place.start, place.end) === queues.value;
          report(
            finding(
              this,
              wrong === '' ? 'a queue of Celery has no name' : `the queue "${wrong}" has a blank in its name`,
              place,
              {
                help: `write ${wanted || 'celery,galaxy.internal,galaxy.external'}`,
                ...(place && same && wanted !== ''
                  ? {
                      fix: { title: 'remove the blanks', safe: true, edits: [{ span: place, text: wanted }] },
                    }
                  : {}),
              },
            ),
          );
        }
      }
    }
  },
};
