import { sameDatabase } from '../model/database.ts';
import type { Instance, Process, Service } from '../model/deployment.ts';
import { type Located, spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { quoted } from '../model/routing-place.ts';
import { webBase } from '../model/routing-site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = (second: string) => `  gunicorn:
    - bind: localhost:8080
    - bind: localhost:8081
${second}`;

interface Master {
  readonly instance: Instance;
  readonly service: Service;
  readonly process: Process;
  readonly base: Located<string>;
}

export const gunicornNameCollision: Rule = {
  code: 'GX391',
  name: 'gunicorn-name-collision',
  severity: 'warning',
  summary: 'The workers of two gunicorns have the same names.',
  why: 'Galaxy names a control queue after each process. With one name for two, each message reaches only one of them: reloads and live updates get lost.',
  source: 'galaxyproject/galaxy#23488, usegalaxy-eu/infrastructure-playbook#2336',
  since: '22.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity('')) },
    at: 'galaxy.yml:7:13',
    good: {
      'galaxy.yml': galaxyYml(gravity('      environment:\n        GALAXY_CONFIG_SERVER_NAME: web1\n')),
    },
  }),
  check(deployment, report) {
    const masters: Master[] = deployment.instances.flatMap((instance) =>
      instance.services
        .filter((one) => one.kind === 'gunicorn')
        .flatMap((service) =>
          service.processes.map((process) => ({
            instance,
            service,
            process,
            base: webBase(instance, process),
          })),
        ),
    );
    const named = ({ instance, process }: Master) =>
      deployment.named ? `${quoted(process.name)} of ${quoted(instance.name.value)}` : quoted(process.name);
    const firsts = new Map<string, Master[]>();
    for (const one of masters) {
      const { instance, service, base } = one;
      // One "server_name" for all is a mistake of its own.
      if (textOption(instance, 'server_name')) continue;
      const same = firsts.get(base.value) ?? [];
      const first = same.find(
        (other) => other.instance === instance || sameDatabase(other.instance, instance),
      );
      firsts.set(base.value, [...same, one].slice(0, 100));
      if (!first) continue;
      const place = spanOf(base) ?? spanOf(service.settings.bind) ?? instance.place;
      const other = spanOf(first.base) ?? spanOf(first.service.settings.bind);
      report(
        finding(
          this,
          `the workers of ${named(first)} and ${named(one)} are both called ${quoted(`${base.value}.1`)} and so on`,
          place,
          {
            labels: other ? [{ span: other, text: 'the other one' }] : [],
            help: `add GALAXY_CONFIG_SERVER_NAME to the environment of one, for example "web1"`,
          },
        ),
      );
    }
  },
};
