import { isOlder } from '../model/release.ts';
import type { Destination } from '../model/routing.ts';
import { hasOwnRules } from '../model/routing-destinations.ts';
import { isEnabled } from '../model/routing-params.ts';
import { didYouMean, expansionOf, placeIn, quoted, suggester } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

export const destinationRunnerUndefined: Rule = {
  code: 'GX472',
  name: 'destination-runner-undefined',
  severity: 'error',
  summary: 'A destination names no runner, or one that is not defined or disabled.',
  why: 'Galaxy starts, and every job that is sent there fails with a message about a misconfigured server.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, get_job_runner',
  example: () => ({
    bad: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({ destinations: '        <destination id="cluster" runner="drmma"/>\n' }),
    },
    at: 'job_conf.xml:7:43',
    good: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({
        plugins:
          '        <plugin id="drmaa" type="runner" load="galaxy.jobs.runners.drmaa:DRMAAJobRunner"/>\n',
        destinations: '        <destination id="cluster" runner="drmaa"/>\n',
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs, options, release } of deployment.instances) {
      if (jobs.partial) continue;
      const runners = new Map(jobs.runners.map((one) => [one.id.value, one]));
      const known = new Set([...runners.keys(), 'dynamic']);
      if (!isOlder(release?.value, '25.0')) known.add('dynamic_tpv');
      if (options.some((one) => one.name === 'use_tasked_jobs')) known.add('tasks');
      const nearest = suggester(known);
      for (const destination of jobs.destinations) {
        const name = destination.runner?.value;
        if (isEnabled(destination) === false) continue;
        if (name === undefined) {
          // Beside rules of the site, such an entry only lends its tags to limits.
          if (!hasOwnRules(jobs)) report(withoutRunner(this, destination));
          continue;
        }
        const runner = runners.get(name);
        const disabled = runner && isEnabled(runner) === false;
        if (known.has(name) && !disabled) continue;
        const near = disabled ? undefined : nearest(name);
        const id = quoted(destination.id.value);
        const message = disabled
          ? `${id} needs the runner ${quoted(name)}, which is disabled`
          : `${id} needs the runner ${quoted(name)}, which is not defined${didYouMean(near)}`;
        report(
          finding(this, message, placeIn(destination.runner, destination), {
            labels: [
              ...(disabled ? [{ span: runner.span, text: 'disabled by "enabled"' }] : []),
              ...expansionOf(destination),
            ],
            help:
              name === 'dynamic_tpv'
                ? 'Galaxy knows dynamic_tpv from 25.0 on; before, write runner: dynamic, type: python, function: map_tool_to_destination and rules_module: tpv.rules'
                : `the runners are ${[...known].slice(0, 12).join(', ')}`,
          }),
        );
      }
    }
  },
};

function withoutRunner(rule: Rule, destination: Destination) {
  return finding(
    rule,
    `${quoted(destination.id.value)} names no runner`,
    placeIn(destination.id, destination),
    { labels: expansionOf(destination), help: 'add "runner" with the name of a runner' },
  );
}
