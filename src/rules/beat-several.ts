import { flag } from '../model/arguments.ts';
import { sameDatabase } from '../model/database.ts';
import type { Instance } from '../model/deployment.ts';
import { byDefault, type Located, spanOf } from '../model/located.ts';
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
  example: {
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
  },
  check(deployment, report) {
    const remote = deployment.elsewhere.find(({ value }) => value === 'celery-beat');
    for (const [index, instance] of deployment.instances.entries()) {
      if (!isOn(instance, 'enable_celery_tasks')) continue;
      const own = beats(instance);
      const earlier = deployment.instances
        .slice(0, index)
        .filter((one) => sameDatabase(one, instance))
        .flatMap(beats);
      const others = [...earlier, ...own.slice(1)];
      const [beat] = earlier.length > 0 ? own : own.slice(1).length > 0 ? own.slice(1) : own;
      if (!beat || (others.length === 0 && !remote)) continue;
      const place =
        spanOf(beat) ?? (remote && others.length === 0 ? spanOf(remote) : undefined) ?? instance.place;
      const other = others.length === 0 ? remote : (earlier[0] ?? own[0]);
      const label = spanOf(other);
      report(
        finding(
          this,
          others.length === 0
            ? 'Celery beat runs here, and "elsewhere" says that it runs on another machine'
            : 'Celery beat runs more than once for the same Galaxy',
          place,
          {
            ...(label && label !== place ? { labels: [{ span: label, text: 'the other one' }] } : {}),
            help:
              others.length === 0
                ? 'write celery: {enable_beat: false} here, or take celery-beat out of "elsewhere"'
                : 'keep one: enable_beat: true on one machine, false on the others, and no --beat for workers',
          },
        ),
      );
    }
  },
};

// The service itself, and workers that run one beside their tasks; where each was asked for.
function beats({ services }: Instance): Located<unknown>[] {
  return services.flatMap(({ kind, settings, processes }) => {
    if (kind === 'celery-beat') return [settings.enable_beat ?? byDefault(true)];
    return kind === 'celery' ? processes.flatMap((one) => flag(one, ['--beat', '-B']) ?? []) : [];
  });
}
