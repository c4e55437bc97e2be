import { isOlder } from '../model/release.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { suggest } from '../text/suggest.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

export const destinationRunnerUndefined: Rule = {
  code: 'GX472',
  name: 'destination-runner-undefined',
  severity: 'error',
  summary: 'A destination names a runner that is not defined, or that is disabled.',
  why: 'Galaxy starts, and every job that is sent there fails with a message about a misconfigured server.',
  source: 'Galaxy: lib/galaxy/jobs/handler.py, get_job_runner',
  example: {
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
  },
  check(deployment, report) {
    for (const { jobs, options, release } of deployment.instances) {
      if (jobs.partial) continue;
      const runners = new Map(jobs.runners.map((one) => [one.id.value, one]));
      const known = new Set([...runners.keys(), 'dynamic']);
      if (!isOlder(release?.value, '25.0')) known.add('dynamic_tpv');
      if (options.some((one) => one.name === 'use_tasked_jobs')) known.add('tasks');
      for (const destination of jobs.destinations) {
        const name = destination.runner?.value;
        if (name === undefined || isEnabled(destination) === false) continue;
        const runner = runners.get(name);
        const disabled = runner && isEnabled(runner) === false;
        if (known.has(name) && !disabled) continue;
        const near = disabled ? undefined : suggest(name, known);
        const id = quoted(destination.id.value);
        const message = disabled
          ? `${id} needs the runner ${quoted(name)}, which is disabled`
          : `${id} needs the runner ${quoted(name)}, which is not defined${near ? `; did you mean "${near}"?` : ''}`;
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
