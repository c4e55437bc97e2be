import { beats } from '../model/celery.ts';
import { byDatabase } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { isOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const beatSeveral: Rule = {
  code: 'GX628',
  name: 'beat-several',
  severity: 'error',
  summary: 'More than one Celery beat runs for the same Galaxy.',
  why: 'Each puts every periodic task into the queue, so all of them run twice, some at the same time.',
  source: 'Celery documentation: Periodic Tasks, "only a single scheduler"',
  since: '21.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [celery-beat]\n',
    },
    at: 'gxgen.yml:3:13',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable_beat: false\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nelsewhere: [celery-beat]\n',
    },
  }),
  check(deployment, report) {
    const remote = deployment.elsewhere.find(({ value }) => value === 'celery-beat');
    for (const group of byDatabase(deployment)) {
      if (!group.some((one) => isOn(one, 'enable_celery_tasks'))) continue;
      const all = group.flatMap((instance) => beats(instance).map((beat) => ({ beat, instance })));
      const [first, ...more] = all;
      if (first && remote) {
        const here = spanOf(first.beat);
        const there = spanOf(remote);
        report(
          finding(
            this,
            'Celery beat runs here, and "elsewhere" says that it runs on another machine',
            here ?? there ?? first.instance.place,
            {
              ...(here && there ? { labels: [{ span: there, text: 'the other one' }] } : {}),
              help: 'write celery: {enable_beat: false} here, or take celery-beat out of "elsewhere"',
            },
          ),
        );
      }
      const label = spanOf(first?.beat);
      for (const { beat, instance } of more) {
        report(
          finding(
            this,
            'Celery beat runs more than once for the same Galaxy',
            spanOf(beat) ?? instance.place,
            {
              ...(label ? { labels: [{ span: label, text: 'the first one' }] } : {}),
              help: 'keep one: enable_beat: true in one place, false in the others, and no --beat for workers',
            },
          ),
        );
      }
    }
  },
};
