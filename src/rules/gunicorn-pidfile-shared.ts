import { argumentValues } from '../model/arguments.ts';
import { type Located, spanOf } from '../model/located.ts';
import { join, normalize } from '../model/paths.ts';
import { quoted } from '../model/routing-place.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

const gravity = (second: string) => `  gunicorn:
    - bind: localhost:8080
      extra_args: --pid=/run/galaxy/gunicorn.pid
      environment:
        GALAXY_CONFIG_SERVER_NAME: web0
    - bind: localhost:8081
      extra_args: --pid=/run/galaxy/${second}.pid
      environment:
        GALAXY_CONFIG_SERVER_NAME: web1
`;

export const gunicornPidfileShared: Rule = {
  code: 'GX392',
  name: 'gunicorn-pidfile-shared',
  severity: 'error',
  summary: 'Two gunicorns have the same file for their process id.',
  why: 'The one that comes second finds the file of the first, says that it is running already, and stops.',
  source: 'gunicorn: gunicorn/pidfile.py, `Pidfile.create`',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(gravity('gunicorn')) },
    at: 'galaxy.yml:11:19',
    good: { 'galaxy.yml': galaxyYml(gravity('gunicorn1')) },
  }),
  check(deployment, report) {
    const taken = new Map<string, { readonly name: string; readonly value: Located<string> }>();
    for (const { services } of deployment.instances) {
      for (const { kind, processes } of services) {
        if (kind !== 'gunicorn' && kind !== 'reports') continue;
        for (const process of processes) {
          const value = argumentValues(process, ['--pid', '-p']).at(-1);
          if (!value) continue;
          const path = normalize(join(process.cwd.value, value.value));
          const first = taken.get(path);
          if (!first) {
            taken.set(path, { name: process.name, value });
            continue;
          }
          const other = spanOf(first.value);
          report(
            finding(
              this,
              `${quoted(first.name)} and ${quoted(process.name)} both write ${quoted(path)}`,
              spanOf(value),
              {
                labels: other ? [{ span: other, text: 'first claimed here' }] : [],
                help: 'remove the argument: systemd and supervisor need no such file',
              },
            ),
          );
        }
      }
    }
  },
};
