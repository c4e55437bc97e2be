// The runners that Galaxy brings along: where they are loaded from, and the parameters that each takes in `plugins` or
// `runners`. One that a runner does not take stops Galaxy.
// Source: lib/galaxy/jobs/runners of Galaxy 24.1 to 26.1; a name of any of these releases is listed.

import type { Runner } from './routing.ts';

/** The newest release whose runners are listed here. */
export const newestRunners = '26.1';

export interface RunnerModule {
  readonly classes: readonly string[];
  /** First release that has it, where it is younger than 24.1. */
  readonly since?: string;
  /** Parameters of the runner itself; those of its destinations are others. */
  readonly params: readonly string[];
}

const common = ['recheck_missing_job_retries'];

const drmaa = [
  ...common,
  'drmaa_library_path',
  ...['invalidjobexception', 'internalexception'].flatMap((one) => [`${one}_state`, `${one}_retries`]),
];

const kubernetes = [
  ...'affinity cleanup_job config_path data_volume_claim extra_job_envs fs_group_id galaxy_instance_id'.split(
    ' ',
  ),
  ...'ingress_api_version interactivetools_ingress_annotations interactivetools_ingress_class'.split(' '),
  ...'interactivetools_tls_secret interactivetools_use_ssl job_api_version job_metadata'.split(' '),
  ...'job_spec_back_off_limit job_ttl_secs_after_finished namespace node_selector'.split(' '),
  ...'persistent_volume_claims pod_priority_class pod_retries pull_policy run_as_group_id run_as_user_id'.split(
    ' ',
  ),
  ...'supplemental_group_id timeout_seconds_job_deletion tolerations unschedulable_walltime_limit'.split(' '),
  ...'use_service_account walltime_limit working_volume_claim'.split(' '),
].map((one) => `k8s_${one}`);

const pulsar = [
  ...'cache galaxy_url manager persistence_directory pulsar_app_config pulsar_config remote_container_handling'.split(
    ' ',
  ),
  ...'secret transport transport_timeout relay_password relay_topic_prefix relay_url relay_username'.split(
    ' ',
  ),
  ...'acknowledge ack_republish_time connect_ssl_ca_certs connect_ssl_cert_reqs connect_ssl_certfile connect_ssl_keyfile consumer_timeout key_prefix publish_delivery_mode publish_priority publish_retry publish_retry_interval_max publish_retry_interval_start publish_retry_interval_step publish_retry_max_retries url'
    .split(' ')
    .map((one) => `amqp_${one}`),
];

const googleBatch = [
  ...'boot_disk_size_gb boot_disk_type custom_vm_image delete_completed_jobs docker_extra_volumes'.split(' '),
  ...'galaxy_group_id galaxy_user_id gcp_batch_volumes job_id_prefix limits_cpu limits_memory machine_type'.split(
    ' ',
  ),
  ...'max_retry_count max_run_duration memory_mib network object_store_path polling_interval project_id'.split(
    ' ',
  ),
  ...'region requests_cpu requests_memory service_account_email service_account_file subnet'.split(' '),
  ...'use_container use_object_store vcpu zone'.split(' '),
];

const pulsarClasses = [
  ...['Legacy', 'MQ', 'REST', 'Embedded', 'EmbeddedMQ', 'Kubernetes', 'Tes', 'Coexecution', 'GcpBatch'],
].map((one) => `Pulsar${one}JobRunner`);

/** By the name of the module under `galaxy.jobs.runners`. */
export const runnerModules: ReadonlyMap<string, RunnerModule> = new Map<string, RunnerModule>([
  [
    'aws',
    {
      classes: ['AWSBatchJobRunner'],
      params: [...common, 'aws_access_key_id', 'aws_secret_access_key', 'region'],
    },
  ],
  [
    'chronos',
    {
      classes: ['ChronosJobRunner'],
      params: [...common, 'chronos', 'insecure', 'owner', 'password', 'username'],
    },
  ],
  ['cli', { classes: ['ShellJobRunner'], params: [] }],
  ['condor', { classes: ['CondorJobRunner'], params: common }],
  ['drmaa', { classes: ['DRMAAJobRunner'], params: drmaa }],
  [
    'gcp_batch',
    { classes: ['GoogleCloudBatchJobRunner'], since: '26.0', params: [...common, ...googleBatch] },
  ],
  [
    'godocker',
    {
      classes: ['GodockerJobRunner'],
      params: [...common, 'godocker_master', 'godocker_project', 'key', 'user'],
    },
  ],
  [
    'htcondor',
    {
      classes: ['HTCondorJobRunner'],
      since: '26.1',
      params: [...common, 'htcondor_collector', 'htcondor_config', 'htcondor_schedd'],
    },
  ],
  ['kubernetes', { classes: ['KubernetesJobRunner'], params: [...common, ...kubernetes] }],
  ['local', { classes: ['LocalJobRunner'], params: common }],
  ['pbs', { classes: ['PBSJobRunner'], params: [] }],
  ['pulsar', { classes: pulsarClasses, params: [...common, ...pulsar] }],
  ['slurm', { classes: ['SlurmJobRunner'], params: drmaa }],
  ['tasks', { classes: ['TaskedJobRunner'], params: common }],
  ['univa', { classes: ['UnivaJobRunner'], params: drmaa }],
]);

const folder = 'galaxy.jobs.runners.';

export interface LoadedFrom {
  /** Name of the module under `galaxy.jobs.runners`, whether Galaxy has one of that name or not. */
  readonly module: string;
  readonly class?: string;
  /** False for a bare name such as `slurm`, which may also be a module of the site. */
  readonly certain: boolean;
}

/** What `load` means; undefined for a module that is none of Galaxy's. */
export function loadedFrom({ load }: Pick<Runner, 'load'>): LoadedFrom | undefined {
  if (!load) return undefined;
  const [path = '', name] = load.value.split(':');
  const certain = path.startsWith(folder);
  const module = certain ? path.slice(folder.length) : path;
  if (module.includes('.') || module === '') return undefined;
  // A bare name with a class is a module at the top level: Galaxy adds its own folder only to a name alone.
  if (!certain && name !== undefined) return undefined;
  return { module, ...(name === undefined ? {} : { class: name }), certain };
}
