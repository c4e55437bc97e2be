import { beats } from '../model/celery.ts';
import { byDatabase } from '../model/database.ts';
import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const beatMissing: Rule = {
  code: 'GX629',
  name: 'beat-missing',
  severity: 'warning',
  summary: 'Galaxy uses Celery, and no Celery beat runs.',
  why: 'Nothing starts the periodic tasks: temporary files and old notifications stay, and the history_audit table grows without end.',
  source: 'Galaxy: lib/galaxy/celery, setup_periodic_tasks; Gravity: enable_beat',
  since: '22.05',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable_beat: false\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
    at: 'galaxy.yml:6:18',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable_beat: true\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  enable_celery_tasks: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'celery-beat')) return;
    for (const group of byDatabase(deployment)) {
      if (group.some((one) => beats(one).length > 0)) continue;
      const worker = group.flatMap(({ services }) => services).find((one) => one.kind === 'celery');
      const on = group.map((one) => switchedOn(one, 'enable_celery_tasks')).find((one) => one !== undefined);
      // Without a worker there is more missing than beat.
      if (!on || (!worker && !isElsewhere(deployment, 'celery'))) continue;
      report(
        finding(
          this,
          'Galaxy uses Celery, but no Celery beat runs',
          spanOf(worker?.settings.enable_beat) ?? spanOf(on),
          {
            help: 'write enable_beat: true under celery; if it runs on another machine, add celery-beat to "elsewhere" in gxgen.yml',
          },
        ),
      );
    }
  },
};
