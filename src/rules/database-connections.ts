import { databaseOf, databaseProcesses, galaxyServices, poolCeiling } from '../model/database.ts';
import { spanOf } from '../model/located.ts';
import { option } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseConnections: Rule = {
  code: 'GX607',
  name: 'database-connections',
  severity: 'warning',
  summary: 'The processes of Galaxy may open more connections than the database server accepts.',
  why: 'Under load the server refuses the next one ("too many clients"), and requests and jobs fail at random.',
  source:
    'SQLAlchemy: each process has a pool of pool_size and max_overflow connections; PostgreSQL: max_connections',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    workers: 4\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  database_engine_option_pool_size: 20\n  database_engine_option_max_overflow: 30\n`,
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nlimits:\n  db_connections: 100\n',
    },
    at: 'galaxy.yml:11:40',
    good: {
      'galaxy.yml': galaxyYml(
        `  gunicorn:\n    workers: 4\n`,
        `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n  database_engine_option_pool_size: 5\n  database_engine_option_max_overflow: 10\n`,
      ),
      'gxgen.yml': 'release: "24.1"\ngunicorn_version: 22.0.0\nlimits:\n  db_connections: 100\n',
    },
  }),
  check(deployment, report) {
    const limit = deployment.limits.dbConnections;
    if (!limit) return;
    const parts: string[] = [];
    let sum = 0;
    let place = spanOf(limit);
    for (const instance of deployment.instances) {
      const database = databaseOf(instance);
      if (database?.kind === 'sqlite') continue;
      const written = ['database_engine_option_max_overflow', 'database_engine_option_pool_size'].map((one) =>
        option(instance, one),
      );
      const each = poolCeiling(instance);
      for (const service of galaxyServices(instance)) {
        const processes = databaseProcesses(service);
        if (processes === 0) continue;
        sum += processes * (each ?? Number.POSITIVE_INFINITY);
        const name = deployment.named ? `${service.name} of ${instance.name.value}` : service.name;
        parts.push(`${name}: ${processes} x ${each ?? 'any number'}`);
      }
      place = written.map(spanOf).find((one) => one !== undefined) ?? place;
    }
    if (sum <= limit.value) return;
    const label = spanOf(limit);
    report(
      finding(
        this,
        `Galaxy may open ${sum === Number.POSITIVE_INFINITY ? 'any number of' : sum} database connections, and the server accepts ${limit.value}`,
        place,
        {
          ...(label && place !== label ? { labels: [{ span: label, text: 'what the server accepts' }] } : {}),
          values: parts.length > 12 ? [...parts.slice(0, 12), `and ${parts.length - 12} more`] : parts,
          help: 'lower pool_size, max_overflow or the number of processes, or raise max_connections of the server and the limit in gxgen.yml',
        },
      ),
    );
  },
};
