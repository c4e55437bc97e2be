import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseStatementsLogged: Rule = {
  code: 'GX611',
  name: 'database-statements-logged',
  severity: 'info',
  summary: 'Every database statement is written to the log.',
  why: 'The log grows by the minute, slows every request down, and holds data of users.',
  source: 'Galaxy: database_query_profiling_proxy, enable_per_request_sql_debugging; SQLAlchemy: echo',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  database_engine_option_echo: true\n`,
      ),
    },
    at: 'galaxy.yml:8:32',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  slow_query_log_threshold: 2.0\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of [
        'database_engine_option_echo',
        'database_query_profiling_proxy',
        'enable_per_request_sql_debugging',
      ]) {
        const on = switchedOn(instance, name);
        if (!on) continue;
        const which =
          name === 'enable_per_request_sql_debugging'
            ? 'the database statements of any request that asks for it'
            : 'every database statement';
        report(
          finding(this, `"${name}" logs ${which}`, spanOf(on), {
            help: 'remove it when you are done; slow_query_log_threshold finds slow statements at no cost',
          }),
        );
      }
    }
  },
};
