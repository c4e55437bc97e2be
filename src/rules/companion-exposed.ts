import { spanOf } from '../model/located.ts';
import { address, openListens } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const companionExposed: Rule = {
  code: 'GX510',
  name: 'companion-exposed',
  severity: 'info',
  summary: 'tusd or gx-it-proxy can be reached from other machines without the proxy.',
  why: 'Requests then come past the TLS, the limits and the logs of the proxy.',
  source: 'tusd and gx-it-proxy speak plain HTTP',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(
        `  tusd:\n    enable: true\n    host: 0.0.0.0\n    upload_dir: /srv/galaxy/tus\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/tus\n`,
      ),
    },
    at: 'galaxy.yml:7:11',
    good: {
      'galaxy.yml': galaxyYml(
        `  tusd:\n    enable: true\n    host: localhost\n    upload_dir: /srv/galaxy/tus\n`,
        `  galaxy_infrastructure_url: https://galaxy.example.org\n  tus_upload_store: /srv/galaxy/tus\n`,
      ),
    },
  }),
  check(deployment, report) {
    for (const service of deployment.instances.flatMap(({ services }) => services)) {
      if (service.kind !== 'tusd' && service.kind !== 'gx-it-proxy') continue;
      const [open] = openListens(service);
      const [process] = service.processes;
      const key = service.kind === 'tusd' ? 'host' : 'ip';
      if (!open || !process) continue;
      report(
        finding(
          this,
          `"${process.name}" listens on ${address(open)} for other machines`,
          spanOf(service.settings[key]) ?? spanOf(open.origin),
          {
            help: `write ${key}: localhost if the proxy runs on this machine`,
          },
        ),
      );
    }
  },
};
