import { databaseOf, databaseProcesses, galaxyServices, isInMemory } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { isOn, sectionPlace } from '../model/options.ts';
import { isPublic } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseSqlite: Rule = {
  code: 'GX600',
  name: 'database-sqlite',
  severity: 'warning',
  summary: 'Several processes of Galaxy share an SQLite database.',
  why: 'SQLite lets one of them write at a time and has no row locks: requests fail with "database is locked", and two handlers can take the same job.',
  source: 'Galaxy documentation: Running Galaxy in a production environment',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    workers: 4\n`,
        `  database_connection: sqlite:////srv/galaxy/galaxy.sqlite?isolation_level=IMMEDIATE\n`,
      ),
    },
    at: 'galaxy.yml:9:24',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    workers: 4\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const database = databaseOf(instance);
      if (database?.kind !== 'sqlite' || isInMemory(database)) continue;
      // A database nobody wrote down is only a problem where Galaxy serves others.
      if (!database.url && !isPublic(instance)) continue;
      const tasks = isOn(instance, 'enable_celery_tasks');
      const counted = galaxyServices(instance).filter(({ kind }) => kind !== 'celery' || tasks);
      const processes = counted.reduce((sum, one) => sum + databaseProcesses(one), 0);
      if (processes < 2) continue;
      const [place, what] = database.url
        ? [spanOf(database.url), 'an SQLite database']
        : [sectionPlace(instance), 'an SQLite database, the default'];
      report(
        finding(this, `${processes} processes of Galaxy share ${what}`, place, {
          ...(database.url ? {} : { severity: 'info' }),
          help: 'create a PostgreSQL database and write database_connection: postgresql:///galaxy?host=/var/run/postgresql',
        }),
      );
    }
  },
};
