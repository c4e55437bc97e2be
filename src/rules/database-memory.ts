import { databaseOf, isInMemory } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseMemory: Rule = {
  code: 'GX601',
  name: 'database-memory',
  severity: 'error',
  summary: 'The database is kept in memory.',
  why: 'Each process has one of its own, and everything is gone at its end.',
  source:
    'SQLAlchemy documentation: SQLite, connect strings; a file needs three slashes before a relative and four before an absolute path',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  database_connection: sqlite://\n`) },
    at: 'galaxy.yml:7:24',
    good: {
      'galaxy.yml': galaxyYml(
        `  celery:\n    enable: false\n    enable_beat: false\n`,
        `  database_connection: sqlite:////srv/galaxy/galaxy.sqlite\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const database = databaseOf(instance);
      if (!database || !isInMemory(database)) continue;
      report(
        finding(this, 'the SQLite database of Galaxy is in memory, not in a file', spanOf(database.url), {
          help: 'write sqlite:////srv/galaxy/galaxy.sqlite for a file, or better the address of a PostgreSQL database',
        }),
      );
    }
  },
};
