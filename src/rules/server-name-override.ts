import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const variable = 'GALAXY_CONFIG_OVERRIDE_SERVER_NAME';
const gravity = (environment: string) => `  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
      environment:
        ${environment}
`;

export const serverNameOverride: Rule = {
  code: 'GX390',
  name: 'server-name-override',
  severity: 'error',
  summary: `The environment of handlers has ${variable}.`,
  why: 'It beats --server-name: the processes have this name in place of their own, and jobs that are mapped to their own names are never taken.',
  source: 'Galaxy: lib/galaxy/util/properties.py; GALAXY_CONFIG_OVERRIDE_ wins over everything',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity(`${variable}: handler`)), 'job_conf.yml': jobConfYml },
    at: 'galaxy.yml:10:45',
    good: { 'galaxy.yml': galaxyYml(gravity('GALAXY_CONFIG_LOG_LEVEL: DEBUG')), 'job_conf.yml': jobConfYml },
  }),
  check(deployment, report) {
    for (const { services } of deployment.instances) {
      for (const { kind, name, processes } of services) {
        const set = processes[0]?.env.find((one) => one.name === variable);
        if (kind !== 'handler' || !set) continue;
        const what =
          processes.length > 1
            ? `all ${processes.length} processes of ${quoted(name)}`
            : `the process of ${quoted(name)}`;
        report(
          finding(this, `${variable} renames ${what}`, spanOf(set.value), {
            help: 'remove it; "name_template" says what the processes of a handler are called',
          }),
        );
      }
    }
  },
};
