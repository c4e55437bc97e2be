import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { span } from '../text/source.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const databaseScheme: Rule = {
  code: 'GX602',
  name: 'database-scheme',
  severity: 'warning',
  summary: 'The address of a database begins with postgres:// instead of postgresql://.',
  why: 'SQLAlchemy knows the short form no more; Galaxy mends it and complains at each start, and other programs that read the address do not.',
  source: 'SQLAlchemy 1.4 changes; Galaxy: lib/galaxy/config',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(``, `  database_connection: postgres:///galaxy?host=/var/run/postgresql\n`),
    },
    at: 'galaxy.yml:7:24',
    good: {
      'galaxy.yml': galaxyYml(``, `  database_connection: postgresql:///galaxy?host=/var/run/postgresql\n`),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      for (const name of ['database_connection', 'install_database_connection']) {
        const url = textOption(instance, name);
        if (!url || !/^postgres(?:\+\w+)?:/.test(url.value)) continue;
        const place = spanOf(url);
        const start = place?.source.text.slice(place.start, place.end).indexOf('postgres') ?? -1;
        report(
          finding(this, `"${name}" begins with "postgres:" instead of "postgresql:"`, place, {
            help: 'write postgresql:',
            ...(place && start >= 0 && start < 2
              ? {
                  fix: {
                    title: 'write postgresql:',
                    safe: true,
                    edits: [
                      {
                        span: span(place.source, place.start + start, place.start + start + 8),
                        text: 'postgresql',
                      },
                    ],
                  },
                }
              : {}),
          }),
        );
      }
    }
  },
};
