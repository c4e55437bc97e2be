import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseAutoMigrate: Rule = {
  code: 'GX610',
  name: 'database-auto-migrate',
  severity: 'info',
  summary: 'Galaxy changes the database schema by itself when it starts.',
  why: 'After an upgrade every process tries it at once and without a backup, and there may be no way back to the old release.',
  source: 'Galaxy: database_auto_migrate, "not recommended for production use"',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  database_auto_migrate: true\n`,
      ),
    },
    at: 'galaxy.yml:8:26',
    good: {
      'galaxy.yml': galaxyYml(``, `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const on = switchedOn(instance, 'database_auto_migrate');
      if (!on) continue;
      report(
        finding(this, 'the database is migrated by whichever process starts first', spanOf(on), {
          help: 'remove it, and run "sh manage_db.sh upgrade" after a backup when you upgrade',
        }),
      );
    }
  },
};
