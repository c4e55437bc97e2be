import { spanOf } from '../model/located.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml, jobConfYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = (environment: string) => `  handlers:
    handler:
      processes: 2
      pools: [job-handlers, workflow-schedulers]
      environment:
        ${environment}
`;

export const handlerWebEnvironment: Rule = {
  code: 'GX393',
  name: 'handler-web-environment',
  severity: 'error',
  summary: 'The environment of a handler says that it is a web server.',
  why: 'Galaxy tells from IS_WEBAPP and SERVER_SOFTWARE what a process is. One that takes itself for a web server does not honour its pools.',
  source: 'Galaxy: lib/galaxy/web_stack/__init__.py, `application_stack_class`',
  since: '22.01',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity('IS_WEBAPP: "1"')), 'job_conf.yml': jobConfYml },
    at: 'galaxy.yml:10:20',
    good: { 'galaxy.yml': galaxyYml(gravity('GALAXY_CONFIG_LOG_LEVEL: DEBUG')), 'job_conf.yml': jobConfYml },
  }),
  check(deployment, report) {
    for (const { services } of deployment.instances) {
      for (const { kind, name, processes } of services) {
        if (kind !== 'handler') continue;
        for (const variable of processes[0]?.env ?? []) {
          const { value } = variable.value;
          const isWeb =
            (variable.name === 'IS_WEBAPP' && value === '1') ||
            (variable.name === 'SERVER_SOFTWARE' && value.includes('gunicorn'));
          if (!isWeb) continue;
          report(
            finding(
              this,
              `${variable.name} makes handler ${quoted(name)} a web server`,
              spanOf(variable.value),
              {
                help: 'remove it from the environment of handlers',
              },
            ),
          );
        }
      }
    }
  },
};
