import { isEnabled } from '../model/routing-params.ts';
import { placeIn } from '../model/routing-place.ts';
import { jobsXml, serverWithXml } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const plugin = (param: string) =>
  `        <plugin id="dynamic" type="runner">
${param}        </plugin>
`;

export const dynamicRulesModuleMissing: Rule = {
  code: 'GX480',
  name: 'dynamic-rules-module-missing',
  severity: 'error',
  summary: 'The runner "dynamic" is written without "rules_module".',
  why: 'Galaxy then asks for the module of every job, whatever its destination, and every job fails.',
  source: 'Galaxy: lib/galaxy/jobs/mapper.py, JobRunnerMapper',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': serverWithXml, 'job_conf.xml': jobsXml({ plugins: plugin('') }) },
    at: 'job_conf.xml:4:21',
    good: {
      'galaxy.yml': serverWithXml,
      'job_conf.xml': jobsXml({
        plugins: plugin('            <param id="rules_module">galaxy.jobs.rules</param>\n'),
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      const dynamic = jobs.runners.findLast((one) => one.id.value === 'dynamic');
      if (!dynamic || isEnabled(dynamic) === false) continue;
      // In YAML `kwds` may hold the parameters.
      if (dynamic.params.some(({ name }) => name.value === 'rules_module' || name.value === 'kwds')) continue;
      report(
        finding(this, 'the runner "dynamic" has no "rules_module"', placeIn(dynamic.id, dynamic), {
          help: 'remove the runner, for Galaxy needs none to use dynamic destinations, or set rules_module to the package of the rules, such as galaxy.jobs.rules',
        }),
      );
    }
  },
};
