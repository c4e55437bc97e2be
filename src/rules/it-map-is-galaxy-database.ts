import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const itMapIsGalaxyDatabase: Rule = {
  code: 'GX542',
  name: 'it-map-is-galaxy-database',
  severity: 'error',
  summary: 'The map of interactive tools is to be in a database of Galaxy.',
  why: "gx-it-proxy would get all of Galaxy's data with it, so Galaxy refuses to start.",
  source: 'Galaxy: lib/galaxy/config, interactivetoolsproxy_map',
  since: '24.2',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql://galaxy@db.example.org/galaxy\n  interactivetoolsproxy_map: postgresql://galaxy@db.example.org/galaxy\n`,
      ),
      'gxgen.yml': 'release: "24.2"\ngunicorn_version: 22.0.0\n',
    },
    at: 'galaxy.yml:8:30',
    good: {
      'galaxy.yml': galaxyYml(
        ``,
        `  database_connection: postgresql://galaxy@db.example.org/galaxy\n  interactivetoolsproxy_map: postgresql://gxitproxy@db.example.org/gxitproxy\n`,
      ),
      'gxgen.yml': 'release: "24.2"\ngunicorn_version: 22.0.0\n',
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const map = textOption(instance, 'interactivetoolsproxy_map');
      for (const name of ['database_connection', 'install_database_connection']) {
        const database = textOption(instance, name);
        if (!map || !database || place(map.value) !== place(database.value)) continue;
        const label = spanOf(database);
        report(
          finding(this, `"interactivetoolsproxy_map" is the same database as "${name}"`, spanOf(map), {
            ...(label ? { labels: [{ span: label, text: 'a database of Galaxy' }] } : {}),
            help: 'give it a database and a user of its own',
          }),
        );
        break;
      }
    }
  },
};

// Scheme, host, port and path, as Galaxy compares them: the user does not make it another database.
function place(url: string): string {
  return url.replace(/^([^:]*:\/\/)[^@]*@/, '$1').replace(/[?#].*$/s, '');
}
