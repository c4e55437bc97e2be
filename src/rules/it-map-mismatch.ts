import { spanOf } from '../model/located.ts';
import { inEnvironment, switchedOn, textOption } from '../model/options.ts';
import { join, normalize } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const itMapMismatch: Rule = {
  code: 'GX541',
  name: 'it-map-mismatch',
  severity: 'error',
  summary: 'gx-it-proxy reads another map of interactive tools than the one Galaxy writes.',
  why: 'The proxy knows no tool, so every interactive tool answers "not found".',
  source:
    "Gravity: sessions is taken from interactivetools_map, or is database/interactivetools_map.sqlite in the Galaxy root; Galaxy's own default follows data_dir",
  since: '20.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  data_dir: /srv/galaxy/data\n  interactivetools_enable: true\n`,
      ),
    },
    at: 'galaxy.yml:11:28',
    good: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  data_dir: /srv/galaxy/data\n  interactivetools_enable: true\n  interactivetools_map: /srv/galaxy/data/interactivetools_map.sqlite\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const names = ['interactivetoolsproxy_map', 'interactivetools_map'];
      // Where the map is written, gxgen hands the same one to the proxy.
      if (names.some((one) => textOption(instance, one) || inEnvironment(instance, one))) continue;
      const enabled = switchedOn(instance, 'interactivetools_enable');
      const proxy = instance.services.find((one) => one.kind === 'gx-it-proxy');
      const sessions = proxy?.settings.sessions;
      if (!enabled || typeof sessions?.value !== 'string' || sessions.value.includes('://')) continue;
      const root = instance.root.value;
      const read = normalize(join(root, sessions.value));
      const kept = normalize(join(join(root, instance.dataDir.value), 'interactivetools_map.sqlite'));
      if (read === kept) continue;
      report(
        finding(
          this,
          `gx-it-proxy reads "${read}", and Galaxy writes "${kept}"`,
          spanOf(sessions) ?? spanOf(enabled),
          {
            help: `write interactivetools_map: ${kept} in the galaxy section; the proxy follows it`,
          },
        ),
      );
    }
  },
};
