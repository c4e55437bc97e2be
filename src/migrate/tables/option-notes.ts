// What the table of options (schemas/galaxy-options.json) does not say: why an option went, what its new name changes,
// and which options must never go without a word.

/** Options whose new name stands in no release's sample. Applied by nobody but `migrate`, unless Galaxy has an alias. */
export const furtherNames: Readonly<Record<string, string>> = {
  aws_access_key: 'os_access_key',
  aws_secret_key: 'os_secret_key',
  s3_bucket: 'os_bucket_name',
  use_reduced_redundancy: 'os_use_reduced_redundancy',
};

/** Why an option is gone, where "it was removed" would not tell. */
export const reasons: Readonly<Record<string, string>> = {
  database_engine_option_strategy: 'the database library refuses it, and Galaxy would not start',
  database_engine_option_convert_unicode: 'the database library refuses it, and Galaxy would not start',
  database_engine_option_pool_threadlocal: 'the database library refuses it, and Galaxy would not start',
  install_database_engine_option_strategy: 'the database library refuses it, and Galaxy would not start',
  install_database_engine_option_convert_unicode:
    'the database library refuses it, and Galaxy would not start',
  install_database_engine_option_pool_threadlocal:
    'the database library refuses it, and Galaxy would not start',
  'paste.app_factory': 'Gravity starts Galaxy by its own entry point',
  'filter-with': 'there are no filters of Paste any more',
  use: 'there is no PasteDeploy any more',
  use_interactive: 'the interactive debugger is gone; it showed passwords to anybody who met an error',
  set_metadata_externally: 'metadata is always set outside of the server',
  enable_job_recovery: 'jobs are always recovered',
  enable_tracks: 'it is always on',
  enable_pages: 'it is always on',
  enable_api: 'it is always on',
  ucsc_display_sites: 'the sites stand in a file of their own: build_sites_config_file',
  gbrowse_display_sites: 'the sites stand in a file of their own: build_sites_config_file',
  genetrack_display_sites: 'the sites stand in a file of their own: build_sites_config_file',
  ucsc_build_sites: 'the sites stand in a file of their own: build_sites_config_file',
  toolform_upgrade: 'tool forms are always of the new kind',
  workflow_toolform_upgrade: 'tool forms are always of the new kind',
  run_workflow_toolform_upgrade: 'tool forms are always of the new kind',
  cluster_files_directory: 'scripts of jobs stand in the working directory of the job',
  biostar_url: 'only the link is left: helpsite_url',
  dynamic_proxy_manage: 'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy: 'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy_bind_port:
    'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy_bind_ip: 'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy_session_map:
    'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy_debug: 'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy_external_proxy:
    'it was for the former interactive environments; their successors have gx_it_proxy',
  dynamic_proxy_prefix: 'it was for the former interactive environments; their successors have gx_it_proxy',
  job_manager: 'jobs are given to a handler when they are made; no process does only that',
};

/** Gone options whose loss people notice: what they have to decide. */
export const losses: Readonly<Record<string, { readonly why: string; readonly choices: readonly string[] }>> =
  {
    enable_openid: {
      why: 'logins by OpenID are gone',
      choices: ['no such logins', 'enable_oidc with oidc_config_file'],
    },
    openid_config_file: {
      why: 'logins by OpenID are gone',
      choices: ['no such logins', 'enable_oidc with oidc_config_file'],
    },
    openid_consumer_cache_path: {
      why: 'logins by OpenID are gone',
      choices: ['no such logins', 'enable_oidc with oidc_config_file'],
    },
    use_nglims: {
      why: 'the sample tracking of nglims is gone',
      choices: ['go without it', 'stay on the old release'],
    },
    nglims_config_file: {
      why: 'the sample tracking of nglims is gone',
      choices: ['go without it', 'stay on the old release'],
    },
    interactive_environment_plugins_directory: {
      why: 'interactive environments are gone',
      choices: ['go without them', 'interactivetools_enable with gx_it_proxy'],
    },
    external_service_type_config_file: {
      why: 'external services are gone',
      choices: ['go without them', 'stay on the old release'],
    },
    external_service_type_path: {
      why: 'external services are gone',
      choices: ['go without them', 'stay on the old release'],
    },
    enable_communication_server: {
      why: 'the chat of Galaxy is gone',
      choices: ['go without it', 'another service for it'],
    },
  };

/** Options that say where data lies and that Galaxy reads although no sample has them any more. */
export const dataPlaces: ReadonlySet<string> = new Set([
  'object_store',
  'distributed_object_store_config_file',
  'os_access_key',
  'os_secret_key',
  'os_bucket_name',
  'os_host',
  'os_port',
  'os_is_secure',
  'os_conn_path',
  'os_use_reduced_redundancy',
]);

/** What is worth a word though the option stays: another meaning, or another default behind it. */
export const meanings: Readonly<Record<string, string>> = {
  allow_library_path_paste:
    'still read for libraries; allow_path_paste is wider, as it is for uploads to histories too',
  allow_path_paste: 'it is wider than the library option that it replaced: uploads to histories too',
  log_destination: 'the logs of processes go to log_dir of Gravity',
  apache_xsendfile: 'it works only with the same settings in the proxy',
  nginx_x_accel_redirect_base: 'it works only with the same location in the proxy',
  nginx_upload_store: 'it is still there; uploads by tus are preferred',
  nginx_upload_path: 'it is still there; uploads by tus are preferred',
  use_remote_user:
    'the name must come from the proxy as an HTTP header, no longer as uwsgi_param REMOTE_USER; set remote_user_secret',
  use_pbkdf2: 'FTP servers that check passwords depend on it',
  amqp_internal_connection: 'Celery needs celery_conf beside it',
  cookie_path: 'it is set from the prefix by itself; another value is kept',
  id_secret: 'it is never changed: every encoded id and cookie depends on it',
  database_connection: 'it is carried over character by character',
};

/** What became of job options in a galaxy.ini; `beside`: a job configuration replaced them; `late`: Galaxy was past them. */
export type JobOptionsFate = 'converted' | 'beside' | 'late';

/** Why they had no effect. */
export const inertJobOptions: Readonly<Record<Exclude<JobOptionsFate, 'converted'>, string>> = {
  beside: 'it had no effect: a job configuration stands beside it',
  late: 'it had no effect: Galaxy has not read it since 18.01',
};

/** Job options of `[app:main]` that no release since 18.01 reads: they are in the job configuration. */
export const jobOptions: ReadonlySet<string> = new Set([
  'enable_job_running',
  'track_jobs_in_database',
  'job_manager',
  'job_handlers',
  'default_job_handlers',
  'start_job_runners',
  'default_cluster_job_runner',
  'local_job_queue_workers',
  'cluster_job_queue_workers',
  'job_walltime',
  'output_size_limit',
  'registered_user_job_limit',
  'anonymous_user_job_limit',
  'user_job_limit',
]);

/** What stands in a job configuration for each of them. */
export const jobOptionHomes: Readonly<Record<string, string>> = {
  start_job_runners: 'job_conf: runners',
  default_cluster_job_runner: 'job_conf: execution.default',
  local_job_queue_workers: 'job_conf: runners.local.workers',
  cluster_job_queue_workers: 'job_conf: runners.*.workers',
  job_walltime: 'job_conf: limits',
  output_size_limit: 'job_conf: limits',
  registered_user_job_limit: 'job_conf: limits',
  anonymous_user_job_limit: 'job_conf: limits',
  user_job_limit: 'job_conf: limits',
  job_handlers: 'job_conf: handling',
  default_job_handlers: 'job_conf: handling',
};
