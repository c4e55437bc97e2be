import { databaseAddress } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseUrlShape: Rule = {
  code: 'GX605',
  name: 'database-url-shape',
  severity: 'error',
  summary: 'The address of a database does not begin with what it is.',
  why: 'SQLAlchemy cannot read it, and Galaxy does not start.',
  source: 'SQLAlchemy documentation: database URLs',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(``, `  database_connection: galaxy@db.example.org/galaxy\n`) },
    at: 'galaxy.yml:7:24',
    good: {
      'galaxy.yml': galaxyYml(``, `  database_connection: postgresql://galaxy@db.example.org/galaxy\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['database_connection', 'install_database_connection']) {
        const url = textOption(instance, name);
        if (!url || databaseAddress(url.value)) continue;
        report(
          finding(this, `"${name}" does not begin with postgresql://`, spanOf(url), {
            help: 'write postgresql://USER@HOST/NAME, or postgresql:///NAME?host=/var/run/postgresql for the socket on this machine',
          }),
        );
      }
    }
  },
};
