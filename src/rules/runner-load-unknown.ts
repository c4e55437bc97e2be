import { compareReleases, isOlder } from '../model/release.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { type LoadedFrom, loadedFrom, newestRunners, runnerModules } from '../model/runners.ts';
import { suggest } from '../text/suggest.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const runners = (load: string) => `  slurm:\n    load: galaxy.jobs.runners.${load}\n`;

export const runnerLoadUnknown: Rule = {
  code: 'GX371',
  name: 'runner-load-unknown',
  severity: 'error',
  summary: 'A runner is loaded from a module or class that Galaxy does not have.',
  why: 'Handlers do not start: they load every runner first.',
  source:
    'Galaxy: lib/galaxy/jobs/__init__.py, get_job_runner_plugins; lib/galaxy/jobs/runners (24.1 to 26.1)',
  since: '24.1',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ runners: runners('slurm:SlurmRunner') }) },
    at: 'job_conf.yml:5:11',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ runners: runners('slurm:SlurmJobRunner') }) },
  }),
  check(deployment, report) {
    for (const { jobs, release } of deployment.instances) {
      const version = release?.value;
      // A release younger than the list may have others.
      if (version !== undefined && compareReleases(version, newestRunners) > 0) continue;
      for (const runner of jobs.runners) {
        const from = loadedFrom(runner);
        if (!from || isEnabled(runner) === false || runner.id.value === 'dynamic') continue;
        const wrong = whatIsWrong(from, version);
        if (!wrong) continue;
        report(
          finding(this, wrong.message, placeIn(runner.load, runner), {
            labels: expansionOf(runner),
            help: wrong.help,
          }),
        );
      }
    }
  },
};

// Of old configurations, which may bring them along.
const successors: Readonly<Record<string, string>> = {
  lwr: 'pulsar:PulsarLegacyJobRunner, and put a Pulsar in the place of the LWR',
  sge: 'drmaa:DRMAAJobRunner',
};

function whatIsWrong(from: LoadedFrom, release: string | undefined) {
  const known = runnerModules.get(from.module);
  if (!known) {
    const successor = Object.hasOwn(successors, from.module) ? successors[from.module] : undefined;
    if (successor !== undefined)
      return {
        message: `Galaxy has no runner module ${quoted(from.module)} any more`,
        help: `write galaxy.jobs.runners.${successor}`,
      };
    const near = suggest(from.module, runnerModules.keys());
    // A bare name that resembles none of Galaxy's is a module of the site; so may one in Galaxy's folder be.
    if (!near) return undefined;
    const better = `galaxy.jobs.runners.${near}${from.class ? `:${runnerModules.get(near)?.classes[0] ?? ''}` : ''}`;
    return {
      message: `Galaxy has no runner module ${quoted(from.module)}; did you mean "${near}"?`,
      help: `write ${better}`,
    };
  }
  if (known.since !== undefined && release !== undefined && isOlder(release, known.since)) {
    return {
      message: `Galaxy ${release} has no runner module ${quoted(from.module)}, which came with ${known.since}`,
      help: `use another runner until the server runs ${known.since}`,
    };
  }
  if (from.class === undefined || known.classes.includes(from.class)) return undefined;
  const near = suggest(from.class, known.classes) ?? known.classes[0] ?? '';
  return {
    message: `the module ${quoted(from.module)} has no class ${quoted(from.class)}; did you mean "${near}"?`,
    help: `write galaxy.jobs.runners.${from.module}:${near}`,
  };
}
