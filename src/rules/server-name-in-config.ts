import { spanOf } from '../model/located.ts';
import { textOption } from '../model/options.ts';
import { quoted } from '../model/routing-place.ts';
import { siteOf } from '../model/routing-site.ts';
import { galaxyYml, jobConfYml, pooledHandlers } from './example.ts';
import { finding, type Rule } from './rule.ts';

export const serverNameInConfig: Rule = {
  code: 'GX389',
  name: 'server-name-in-config',
  severity: 'error',
  summary: '"server_name" is set in the file that several processes of Galaxy read.',
  why: "It beats the --server-name of every process, so all of them have one name and take each other's jobs and messages.",
  source: 'galaxyproject/galaxy#5447, galaxyproject/galaxy#7289, galaxyproject/galaxy#23488',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers, '  server_name: usegalaxy\n'),
      'job_conf.yml': jobConfYml,
    },
    at: 'galaxy.yml:11:16',
    good: { 'galaxy.yml': galaxyYml(pooledHandlers), 'job_conf.yml': jobConfYml },
  }),
  check(deployment, report) {
    for (const instance of deployment.instances) {
      const name = textOption(instance, 'server_name');
      const { workers } = siteOf(instance);
      const handlers = workers.filter((one) => one.kind !== 'web');
      if (!name || (workers.length < 2 && handlers.length === 0)) continue;
      const other = handlers[0];
      const place = spanOf(other?.name);
      report(
        finding(
          this,
          `"server_name" makes ${quoted(name.value)} the name of all ${workers.length} processes`,
          spanOf(name),
          {
            labels: other && place ? [{ span: place, text: `is to be called "${other.name.value}"` }] : [],
            help: 'remove it; a gunicorn gets a name by GALAXY_CONFIG_SERVER_NAME in its environment',
          },
        ),
      );
    }
  },
};
