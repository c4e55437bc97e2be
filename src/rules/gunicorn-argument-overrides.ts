import { argumentValues } from '../model/arguments.ts';
import { spanOf } from '../model/located.ts';
import { webServers } from '../model/site.ts';
import { galaxyYml } from './example.ts';
import { finding, type Rule } from './rule.ts';

interface Replaced {
  readonly names: readonly string[];
  /** The setting in the gravity section, where there is one. */
  readonly setting?: string;
  readonly why?: string;
}

const replaced: readonly Replaced[] = [
  { names: ['--workers', '-w'], setting: 'workers' },
  { names: ['--timeout', '-t'], setting: 'timeout' },
  {
    names: ['--config', '-c'],
    why: "Galaxy's own configuration of gunicorn gives each worker its name and starts its threads; the other file does not",
  },
  {
    names: ['--worker-class', '-k'],
    why: "Galaxy's own worker class sets up what its web application needs",
  },
];

export const gunicornArgumentOverrides: Rule = {
  code: 'GX513',
  name: 'gunicorn-argument-overrides',
  severity: 'warning',
  summary: 'An extra argument of gunicorn replaces one that comes from a setting or from Galaxy.',
  why: 'The last one on the command line counts, so the setting you see is not the one that runs.',
  source: 'gunicorn: argparse keeps the last value; Galaxy: lib/galaxy/web_stack/gunicorn_config.py',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    workers: 4\n    extra_args: --workers=2\n`) },
    at: 'galaxy.yml:7:17',
    good: { 'galaxy.yml': galaxyYml(`  gunicorn:\n    workers: 2\n    extra_args: --max-requests=5000\n`) },
  }),
  check(deployment, report) {
    for (const { settings, processes } of deployment.instances.flatMap(webServers)) {
      for (const process of processes) {
        for (const { names, setting, why } of replaced) {
          const values = argumentValues(process, names);
          const last = values.at(-1);
          // gxgen writes each of them once itself.
          if (values.length < 2 || !last) continue;
          const place = setting === undefined ? undefined : spanOf(settings[setting]);
          report(
            finding(
              this,
              `${names[0]} in "extra_args" replaces ${setting ? `the setting "${setting}"` : 'the one Galaxy needs'}`,
              spanOf(last),
              {
                ...(setting !== undefined && !place ? { severity: 'info' } : {}),
                ...(place ? { labels: [{ span: place, text: 'has no effect' }] } : {}),
                ...(why === undefined ? {} : { why }),
                help: setting ? `write it as "${setting}", and remove the argument` : 'remove the argument',
              },
            ),
          );
        }
      }
    }
  },
};
