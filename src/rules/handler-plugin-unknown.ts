import { isEnabled } from '../model/routing-params.ts';
import { didYouMean, expansionOf, placeIn, quoted, suggester } from '../model/routing-place.ts';
import { galaxyYml } from './example.ts';
import { jobsYml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const handling = (plugins: string) => `  processes:\n    handler0:\n      plugins: [${plugins}]\n`;

export const handlerPluginUnknown: Rule = {
  code: 'GX374',
  name: 'handler-plugin-unknown',
  severity: 'warning',
  summary: 'A handler is limited to a runner that is not defined, or that is disabled.',
  why: 'Galaxy passes over the name; a handler that is left with no runner fails every job it gets.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, get_job_runner_plugins',
  example: () => ({
    bad: { 'galaxy.yml': galaxyYml(), 'job_conf.yml': jobsYml({ handling: handling('local, slurm') }) },
    at: 'job_conf.yml:8:24',
    good: { 'galaxy.yml': galaxyYml(), 'job_conf.yml': jobsYml({ handling: handling('local') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      if (jobs.partial) continue;
      const runners = new Map(jobs.runners.map((one) => [one.id.value, one]));
      const loaded = new Set(
        [...runners].flatMap(([id, one]) => (id === 'dynamic' || isEnabled(one) === false ? [] : [id])),
      );
      const nearest = suggester(loaded);
      for (const handler of jobs.handling.handlers) {
        const { plugins = [] } = handler;
        const none = !plugins.some((one) => loaded.has(one.value));
        for (const plugin of plugins) {
          const name = plugin.value;
          if (loaded.has(name)) continue;
          const disabled = name !== 'dynamic' && runners.has(name);
          const near = disabled ? undefined : nearest(name);
          const id = quoted(handler.id.value);
          report(
            finding(
              this,
              `${id} is to load the runner ${quoted(name)}, which is ${disabled ? 'disabled' : 'not defined'}${didYouMean(near)}`,
              placeIn(plugin, handler),
              {
                ...(none ? { why: 'the handler loads no runner at all, and every job it gets fails' } : {}),
                labels: expansionOf(handler),
                help:
                  name === 'dynamic'
                    ? 'remove it: dynamic destinations need no runner'
                    : `the runners are ${[...loaded].slice(0, 12).join(', ')}`,
              },
            ),
          );
        }
      }
    }
  },
};
