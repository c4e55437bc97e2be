import { spanOf } from '../model/located.ts';
import { switchedOn, textOption } from '../model/options.ts';
import { trimSlashes } from '../model/paths.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const itBasePath: Rule = {
  code: 'GX545',
  name: 'it-base-path',
  severity: 'info',
  summary: 'Galaxy has a prefix, and interactive tools under a path have another.',
  why: "Tools that are reached by a path instead of a host name get addresses outside of the part of the site that is Galaxy's.",
  source: 'Galaxy: interactivetools_base_path',
  since: '22.01',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://www.example.org/galaxy\n  galaxy_url_prefix: /galaxy\n  interactivetools_enable: true\n`,
      ),
    },
    at: 'galaxy.yml:11:28',
    good: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://www.example.org/galaxy\n  galaxy_url_prefix: /galaxy\n  interactivetools_enable: true\n  interactivetools_base_path: /galaxy\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const prefix = textOption(instance, 'galaxy_url_prefix');
      const base = textOption(instance, 'interactivetools_base_path');
      const enabled = switchedOn(instance, 'interactivetools_enable');
      if (!enabled || !prefix || trimSlashes(prefix.value) === trimSlashes(base?.value ?? '/')) continue;
      report(
        finding(
          this,
          `Galaxy is under "${prefix.value}", and interactive tools are under "${base?.value ?? '/'}"`,
          spanOf(base) ?? spanOf(enabled),
          {
            help: `write interactivetools_base_path: ${prefix.value}`,
          },
        ),
      );
    }
  },
};
