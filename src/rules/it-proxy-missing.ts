import { isElsewhere } from '../model/elsewhere.ts';
import { spanOf } from '../model/located.ts';
import { switchedOn } from '../model/options.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const itProxyMissing: Rule = {
  code: 'GX540',
  name: 'it-proxy-missing',
  severity: 'warning',
  summary: 'Interactive tools are enabled, but nothing forwards browsers to them.',
  why: 'The tools start and hold their resources, and nobody can open them.',
  source: 'Galaxy documentation: Galaxy Interactive Tools; Gravity: gx_it_proxy is off by default',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        ``,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  interactivetools_enable: true\n`,
      ),
    },
    at: 'galaxy.yml:8:28',
    good: {
      'galaxy.yml': galaxyYml(
        `  gx_it_proxy:\n    enable: true\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  interactivetools_enable: true\n`,
      ),
    },
  }),
  check(deployment, report) {
    if (isElsewhere(deployment, 'gx-it-proxy')) return;
    for (const { services, ...instance } of deployment.instances) {
      const enabled = switchedOn({ services, ...instance }, 'interactivetools_enable');
      if (!enabled || services.some((one) => one.kind === 'gx-it-proxy')) continue;
      report(
        finding(this, 'interactive tools are enabled, but gx-it-proxy is not', spanOf(enabled), {
          help: 'write gx_it_proxy: {enable: true} in the gravity section; if it runs on another machine, add gx-it-proxy to "elsewhere" in gxgen.yml',
        }),
      );
    }
  },
};
