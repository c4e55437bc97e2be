import { databaseOf } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseMysql: Rule = {
  code: 'GX606',
  name: 'database-mysql',
  severity: 'warning',
  summary: 'Galaxy is to use MySQL or MariaDB.',
  why: 'Galaxy is developed and tested with PostgreSQL only: handlers cannot lock rows as they do there, and migrations may fail half way.',
  source: 'Galaxy documentation: Running Galaxy in a production environment',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  database_connection: mysql+pymysql://galaxy@localhost/galaxy\n`) },
    at: 'galaxy.yml:7:24',
    good: {
      'galaxy.yml': galaxyYml(``, `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const database = databaseOf(instance);
      if (database?.kind !== 'mysql') continue;
      report(
        finding(this, 'Galaxy no longer supports MySQL and MariaDB', spanOf(database.url), {
          help: 'move to PostgreSQL',
        }),
      );
    }
  },
};
