import { databaseOf, isProduction } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { inEnvironment, isOn, option } from '../model/options.ts';
import { galaxyYml, productionOptions } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseCursors: Rule = {
  code: 'GX609',
  name: 'database-cursors',
  severity: 'info',
  summary: 'Galaxy fetches the whole result of a database query at once.',
  why: 'With cursors on the server a large history or library does not have to fit into the memory of a web process.',
  source: 'Galaxy: database_engine_option_server_side_cursors, "highly recommended"',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        '  celery:\n    loglevel: INFO\n',
        productionOptions('database_engine_option_server_side_cursors'),
      ),
    },
    at: 'galaxy.yml:11:24',
    good: { 'galaxy.yml': galaxyYml('  celery:\n    loglevel: INFO\n', productionOptions()) },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const name = 'database_engine_option_server_side_cursors';
      const database = databaseOf(instance);
      if (
        database?.kind !== 'postgresql' ||
        !isProduction(instance) ||
        isOn(instance, name) ||
        inEnvironment(instance, name)
      )
        continue;
      report(
        finding(
          this,
          'the results of large queries are held in the memory of Galaxy',
          spanOf(option(instance, name)) ?? spanOf(database.url),
          {
            help: `write ${name}: true`,
          },
        ),
      );
    }
  },
};
