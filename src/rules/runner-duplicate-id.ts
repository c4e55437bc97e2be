import type { Runner } from '../model/routing.ts';
import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const plugin = (id: string) =>
  `        <plugin id="${id}" type="runner" load="galaxy.jobs.runners.slurm:SlurmJobRunner"/>\n`;

export const runnerDuplicateId: Rule = {
  code: 'GX370',
  name: 'runner-duplicate-id',
  severity: 'warning',
  summary: 'Two runners have the same id.',
  why: 'Galaxy loads the last one for every destination that names the id.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, job_config_xml_to_dict',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml({ plugins: plugin('local') }) },
    at: 'job_conf.xml:4:21',
    good: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml({ plugins: plugin('slurm') }) },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const seen = new Map<string, Runner>();
      for (const runner of jobs.runners) {
        const id = runner.id.value;
        const first = seen.get(id);
        seen.set(id, runner);
        if (!first || id === 'dynamic' || isEnabled(runner) === false) continue;
        report(
          finding(this, `a runner ${quoted(id)} is defined twice`, placeIn(runner.id, runner), {
            labels: [{ span: placeIn(first.id, first), text: 'not loaded' }, ...expansionOf(runner)],
            help: 'give one of them another id',
          }),
        );
      }
    }
  },
};
