import { isTruth } from '../model/routing-params.ts';
import { expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

const environments = (metrics: string) =>
  `  environments:
    local:
      runner: local
      metrics: ${metrics}
`;

const falsehoods = new Set(['false', 'no', 'off', 'n', 'f', '0']);

export const destinationMetricsValue: Rule = {
  code: 'GX477',
  name: 'destination-metrics-value',
  severity: 'error',
  summary: 'The metrics of a destination are written in a way that Galaxy cannot read.',
  why: 'Galaxy does not start.',
  source: 'Galaxy: lib/galaxy/jobs/__init__.py, job_config_xml_to_dict and _configure_from_dict',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: environments('false') }) },
    at: 'job_conf.yml:10:16',
    good: {
      'galaxy.yml': server,
      'job_conf.yml': jobsYml({ execution: environments('{src: disabled}') }),
    },
  }),
  check(deployment, report) {
    for (const { jobs } of deployment.instances) {
      for (const destination of jobs.destinations) {
        const { metrics } = destination;
        if (!metrics) continue;
        const text = metrics.value.trim().toLowerCase();
        const say = (message: string, help: string, why?: string) =>
          report(
            finding(this, message, placeIn(metrics, destination), {
              labels: expansionOf(destination),
              help,
              ...(why === undefined ? {} : { why, severity: 'warning' as const }),
            }),
          );
        if (jobs.format === 'yaml') {
          say(
            `"metrics" must be a list or a mapping, not ${quoted(metrics.value)}`,
            'write metrics: {src: disabled}, or {src: path, path: FILE}, or a list of plugins',
          );
        } else if (isTruth(text)) {
          say(
            `metrics=${quoted(metrics.value)} turns the metrics of ${quoted(destination.id.value)} off`,
            'remove the attribute: metrics are collected unless it says "false"',
            'Galaxy takes the word for the name of a file, which it does not find',
          );
        } else if (!falsehoods.has(text)) {
          say(
            `metrics must be "false", not ${quoted(metrics.value)}`,
            'put a <job_metrics> element with the plugins inside <destination>, or move the configuration to YAML, where {src: path, path: FILE} works',
          );
        }
      }
    }
  },
};
