import { databaseAddress } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databasePasswordAt: Rule = {
  code: 'GX604',
  name: 'database-password-at',
  severity: 'error',
  summary: 'The password in the address of a database has an @.',
  why: 'SQLAlchemy ends the password at the first @ and takes the rest for the name of a host, so nothing can connect.',
  source: 'SQLAlchemy: engine/url.py',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql://galaxy:pass@word@db.example.org/galaxy\n`,
      ),
    },
    at: 'galaxy.yml:7:24',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql://galaxy:pass%40word@db.example.org/galaxy\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['database_connection', 'install_database_connection']) {
        const url = textOption(instance, name);
        const login = url && databaseAddress(url.value)?.login;
        // A user may have one: only what follows the colon ends there.
        if (!url || !login || !/^[^@:/]*:[^@]*@/.test(login)) continue;
        report(
          finding(this, `the password in "${name}" has an "@"`, spanOf(url), {
            help: 'write %40 for each "@" but the last one',
          }),
        );
      }
    }
  },
};
