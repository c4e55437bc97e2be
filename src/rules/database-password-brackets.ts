import { databaseAddress } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databasePasswordBrackets: Rule = {
  code: 'GX603',
  name: 'database-password-brackets',
  severity: 'error',
  summary: 'The user or password in the address of a database has a square bracket.',
  why: 'Python takes it for the start of an IPv6 address, and Galaxy does not start.',
  source: 'Python: urllib.parse, "Invalid IPv6 URL"',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql://galaxy:pass[word@db.example.org/galaxy\n`,
      ),
    },
    at: 'galaxy.yml:7:24',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql://galaxy:pass%5Bword@db.example.org/galaxy\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['database_connection', 'install_database_connection']) {
        const url = textOption(instance, name);
        if (!url || !/[[\]]/.test(databaseAddress(url.value)?.login ?? '')) continue;
        report(
          finding(this, `the user or password in "${name}" has a square bracket`, spanOf(url), {
            help: 'write %5B for "[" and %5D for "]"',
          }),
        );
      }
    }
  },
};
