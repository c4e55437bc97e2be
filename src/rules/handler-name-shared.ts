import { databaseOf, sameDatabase } from '../model/database.ts';
import type { Instance } from '../model/deployment.ts';
import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { siteOf, type Worker } from '../model/routing-site.ts';
import { jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const site = (first: string, second: string) => `gravity:
  - instance_name: main
    galaxy_config_file: main.yml
    galaxy_root: /srv/galaxy/server
    galaxy_user: galaxy
    virtualenv: /srv/galaxy/venv
    gunicorn: {bind: "localhost:8080"}
    handlers:
      ${first}: {processes: 2, pools: [job-handlers, workflow-schedulers]}
  - instance_name: batch
    galaxy_config_file: batch.yml
    galaxy_root: /srv/galaxy/server
    galaxy_user: galaxy
    virtualenv: /srv/galaxy/venv
    gunicorn: {enable: false}
    celery: {enable: false, enable_beat: false}
    handlers:
      ${second}: {processes: 2, pools: [job-handlers, workflow-schedulers]}
`;
const galaxy = `galaxy:
  id_secret: 4c1b9f1e5d6a4f0e8b7a
  database_connection: postgresql:///galaxy?host=/var/run/postgresql
`;

export const handlerNameShared: Rule = {
  code: 'GX469',
  name: 'handler-name-shared',
  severity: 'error',
  summary: 'Handlers of two instances with one database have the same name.',
  why: 'A job belongs to a handler by its name in the database: both processes take it for theirs and run it.',
  source: 'galaxyproject/galaxy#11335, galaxyproject/galaxy#5601',
  example: () => ({
    bad: {
      'galaxy.yml': site('handler', 'handler'),
      'main.yml': galaxy,
      'batch.yml': galaxy,
      'job_conf.yml': jobConfYml,
    },
    at: 'galaxy.yml:18:7',
    good: {
      'galaxy.yml': site('handler', 'batch'),
      'main.yml': galaxy,
      'batch.yml': galaxy,
      'job_conf.yml': jobConfYml,
    },
  }),
  check(deployment, report) {
    const groups: Instance[][] = [];
    for (const instance of deployment.instances) {
      if (!databaseOf(instance)?.url) continue;
      const group = groups.find(([first]) => first && sameDatabase(first, instance));
      if (group) group.push(instance);
      else groups.push([instance]);
    }
    for (const group of groups) {
      const owners = new Map<string, { readonly instance: Instance; readonly worker: Worker }>();
      for (const instance of group) {
        const told = new Set<Worker['service']>();
        for (const worker of siteOf(instance).workers) {
          if (worker.kind === 'web') continue;
          const { value } = worker.name;
          const first = owners.get(value);
          if (!first) owners.set(value, { instance, worker });
          if (!first || first.instance === instance || told.has(worker.service)) continue;
          told.add(worker.service);
          const other = spanOf(first.worker.name);
          const names = [first.instance, instance].map((one) => quoted(one.name.value)).join(' and ');
          report(
            finding(
              this,
              `${names} share a database, and both have a handler ${quoted(value)}`,
              spanOf(worker.name),
              {
                labels: other ? [{ span: other, text: 'the other one' }] : [],
                help: 'rename the handler in one of them, for example with {instance_name} in its name_template',
              },
            ),
          );
        }
      }
    }
  },
};
