import { spanOf } from '../model/located.ts';
import type { Destination, Param } from '../model/routing.ts';
import { didYouMean, expansionOf, placeIn, quoted } from '../model/routing-place.ts';
import { certain } from '../text/suggest.ts';
import { jobsYml, server } from './example-jobs.ts';
import { finding, type Rule } from './rule.ts';

// Those that decide where and how a job runs. Any other is up to the runner and to the rules of the site.
const docker =
  'auto_rm container_id_override container_image_cache_path default_container_id enabled memory net run_extra_arguments set_user sudo volumes volumes_from';
const singularity =
  'cleanenv container_id_override container_image_cache_path default_container_id enabled no_mount run_extra_arguments sudo volumes';
const others =
  'container_override container_resolvers default_file_action dependency_resolution function jobs_directory native_specification outputs_to_working_directory remote_metadata request_cpus request_disk request_memory require_container rewrite_parameters rules_module submit_native_specification tpv_config_files tpv_configs';

// Near to those above, and right as well.
const alsoRight = ['nativeSpecification', 'request_gpus', 'requests_cpu', 'requests_memory'];

// In YAML these stand beside the parameters, so a slip makes a parameter of them.
const ofEnvironment = ['resubmit', 'runner'];

// A hostile file has any number of names.
const mostLooked = 500;

const execution = (name: string) => `  environments:\n    local:\n      runner: local\n      ${name}: true\n`;

export const destinationParameterSlip: Rule = {
  code: 'GX361',
  name: 'destination-parameter-slip',
  severity: 'warning',
  summary: 'A destination has a parameter with nearly the name of one that Galaxy knows.',
  why: 'Galaxy takes any parameter and passes over those that nobody asks for: the job runs, but not in its container, or without what it asks the cluster for.',
  source:
    'Galaxy: lib/galaxy/config/sample/job_conf.sample.yml; lib/galaxy/tool_util/deps/container_classes.py',
  since: '19.09',
  example: () => ({
    bad: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('docker_enable') }) },
    at: 'job_conf.yml:10:7',
    good: { 'galaxy.yml': server, 'job_conf.yml': jobsYml({ execution: execution('docker_enabled') }) },
  }),
  check(deployment, report) {
    let names: readonly string[] | undefined;
    let looked = 0;
    for (const { jobs } of deployment.instances) {
      for (const destination of jobs.destinations) {
        for (const param of destination.params) {
          if (++looked > mostLooked) return;
          names ??= parameterNames();
          const near = meant(param, destination, names, jobs.format === 'yaml');
          if (near !== undefined) report(slip(this, param, destination, near));
        }
      }
    }
  },
};

function parameterNames(): string[] {
  const below = (engine: string, list: string) => list.split(' ').map((one) => `${engine}_${one}`);
  return [...below('docker', docker), ...below('singularity', singularity), ...others.split(' ')];
}

function meant(
  { name: { value } }: Param,
  { runner, params }: Destination,
  names: readonly string[],
  yaml: boolean,
): string | undefined {
  const known = yaml ? [...names, ...ofEnvironment.filter((one) => one !== 'runner' || !runner)] : names;
  if (known.includes(value) || alsoRight.includes(value)) return undefined;
  const near = certain(value, known);
  return near === undefined || params.some(({ name }) => name.value === near) ? undefined : near;
}

function slip(rule: Rule, param: Param, destination: Destination, near: string) {
  const place = spanOf(param.name);
  return finding(
    rule,
    `nothing asks for the parameter ${quoted(param.name.value)} of ${quoted(destination.id.value)}${didYouMean(near)}`,
    placeIn(param.name, destination),
    {
      labels: expansionOf(destination),
      help: 'if rules of your own ask for it, hide this with a comment',
      ...(place && !destination.expandedAt
        ? {
            fix: {
              title: `rename it to ${quoted(near)}`,
              // Rules of the site may ask for any name.
              safe: false,
              edits: [{ span: place, text: near }],
            },
          }
        : {}),
    },
  );
}
