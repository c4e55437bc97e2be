import { isEnabled } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { galaxyYml, pooledHandlers } from './example.ts';
import { jobsXml, jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const recent = 'release: "25.0"\ngunicorn_version: 23.0.0\n';

export const dynamicTpvParams: Rule = {
  code: 'GX484',
  name: 'dynamic-tpv-params',
  severity: 'error',
  summary: 'The runner "dynamic_tpv" is used where Galaxy cannot add the parameters it stands for.',
  why: 'Galaxy writes the type, function and module of TPV beside the other keys of an environment, and reads none of these once there are "params", as in every destination in XML: each job that is sent there fails.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, _configure_from_dict (25.0 to 26.1)',
  since: '25.0',
  example: () => ({
    bad: {
      'galaxy.yml': galaxyYml(pooledHandlers, '  job_config_file: job_conf.xml\n'),
      'gxgen.yml': recent,
      'job_conf.xml': jobsXml({
        destinations: `        <destination id="tpv" runner="dynamic_tpv">
            <param id="tpv_config_files">/srv/galaxy/config/tpv.yml</param>
        </destination>
`,
      }),
    },
    at: 'job_conf.xml:7:39',
    good: {
      'galaxy.yml': server,
      'gxgen.yml': recent,
      'job_conf.yml': jobsYml({
        execution: `  environments:
    tpv:
      runner: dynamic_tpv
      tpv_config_files: [/srv/galaxy/config/tpv.yml]
`,
      }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const one of jobs.destinations) {
        if (one.runner?.value !== 'dynamic_tpv' || isEnabled(one) === false) continue;
        const flat = jobs.format === 'yaml' && !one.ignored;
        const complete = one.params.some(({ name }) => name.value === 'rules_module');
        if (flat || complete) continue;
        report(
          finding(
            this,
            `"dynamic_tpv" does not work for ${quoted(one.id.value)}, ${jobs.format === 'xml' ? 'which is written in XML' : 'which has "params"'}`,
            placeIn(one.runner, one),
            {
              labels: expansionOf(one),
              help:
                jobs.format === 'xml'
                  ? 'write runner="dynamic", with the params type = python, function = map_tool_to_destination and rules_module = tpv.rules'
                  : 'write the parameters beside "runner", without "params"',
            },
          ),
        );
      }
    }
  },
};
