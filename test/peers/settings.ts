// The values the corpus gives to each setting. Every list is used in turn, so each value takes part.
// Left out on purpose: what crashes Gravity, and what it escapes wrongly (broken.ts has that).

import { raw, type Value } from './yaml-text.ts';

/** What a value may depend on. */
export interface Around {
  /** A TCP port that nothing else in the case uses. */
  port(): number;
  /** `a`, `b`: tells instances of one case apart. */
  readonly label: string;
}

export type Choice = Value | ((around: Around) => Value);

const masks = ['022', '027', '077', '0022', '002'];
const gigabytes = [2, 1.5, raw('4.0'), 0.5, raw('"3"'), 16, raw('1e1'), 0.7];
const environments: readonly Value[] = [
  { LOG_LEVEL: 'info' },
  { GALAXY_TMP: '/srv/tmp', EMPTY: '' },
  { GREETING: 'it has blanks', LIST: 'a:b/c-d' },
  { PATH: '/opt/tools/bin:/usr/bin' },
  { VIRTUAL_ENV: '/elsewhere/venv', TZ: 'Europe/Berlin' },
  { PYTHONPATH: 'lib:/opt/plugins', GALAXY_CONFIG_FILE: '/elsewhere/galaxy.yml' },
  { OPTIONS: 'x=1 "2 3" y', lower_case: 'v' },
  { DATABASE_PASSWORD: 'open sesame', API_TOKEN: 'a b c' },
  { MANY: 'semi; colon | pipe & more', Q: '(round) [square] <angle>' },
  { GALAXY_CONFIG_OVERRIDE_DATABASE_CONNECTION: 'postgresql://galaxy@/galaxy?host=/run' },
  { UNICODE: 'größer als 5 €', npm_config_yes: 'false' },
  {},
];

/** Settings that every service section has. */
const common: Readonly<Record<string, readonly Choice[]>> = {
  umask: [...masks, null, ''],
  start_timeout: [5, 30, 120, raw('"45"'), raw('1_0'), 0, raw('20.0')],
  stop_timeout: [5, 65, 300, raw('0x1e'), 1],
  memory_limit: [...gigabytes, null],
  memory_high: [...gigabytes, null],
  environment: environments,
};

/** By section; `''` is the top level. */
export const settings: Readonly<Record<string, Readonly<Record<string, readonly Choice[]>>>> = {
  '': {
    umask: masks,
    memory_limit: [...gigabytes, null],
    memory_high: [...gigabytes, null],
    galaxy_group: ['galaxy', 'gx-staff', null],
    log_dir: ['@here@/var/log', 'logs', '../logs', null],
    log_namespace: ['galaxy', 'gx.main', null],
    app_server: ['gunicorn'],
  },
  gunicorn: {
    ...common,
    bind: [
      ({ port }) => `localhost:${port()}`,
      ({ port }) => `127.0.0.1:${port()}`,
      ({ port, label }) => `unix:/srv/galaxy/run/gunicorn-${label}-${port()}.sock`,
      ({ port }) => `[::1]:${port()}`,
      ({ port }) => `0.0.0.0:${port()}`,
    ],
    workers: [1, 2, 4, raw('"3"'), raw('1_0'), raw('0x4')],
    timeout: [0, 60, 300, 3600],
    extra_args: [
      '--forwarded-allow-ips=*',
      '--threads 4 --max-requests 1000',
      '--access-logformat "combined with blanks"',
      "--name 'web server' --reuse-port",
      '--log-level=debug   --capture-output',
      '--env "GREETING=it has blanks"',
      '',
    ],
    preload: [true, false, null, raw('yes'), raw('off')],
    restart_timeout: [30, 300],
    enable: [true, raw('yes')],
  },
  celery: {
    ...common,
    enable: [true, false, raw('no')],
    enable_beat: [true, false, raw('on')],
    concurrency: [0, 1, 4, 16, raw('"8"')],
    loglevel: ['DEBUG', 'INFO', 'WARNING', 'ERROR'],
    queues: ['celery,galaxy.internal,galaxy.external', 'celery,galaxy.internal', 'galaxy.external'],
    pool: ['prefork', 'eventlet', 'gevent', 'solo', 'processes', 'threads'],
    extra_args: ['--without-gossip', '--max-tasks-per-child 50 --task-events', '-n "worker one"', ''],
  },
  gx_it_proxy: {
    ...common,
    version: ['>=0.0.6', '0.0.6', 'latest', raw('"1"')],
    ip: ['localhost', '127.0.0.1', '0.0.0.0'],
    port: [({ port }) => port()],
    sessions: ['database/interactivetools_map.sqlite', '/srv/galaxy/it/sessions.sqlite'],
    verbose: [true, false],
    forward_ip: ['127.0.0.1', '', null],
    forward_port: [8081, 0, null],
    reverse_proxy: [true, false, null],
  },
  tusd: {
    ...common,
    tusd_path: ['tusd', '/usr/local/sbin/tusd', '/opt/tusd/2.6/tusd'],
    host: ['localhost', '127.0.0.1', '0.0.0.0'],
    port: [({ port }) => port()],
    hooks_http: ['/api/upload/hooks', '/prefix/api/upload/hooks', 'https://elsewhere.example.org/hooks'],
    hooks_enabled_events: ['pre-create', 'pre-create,post-finish'],
    extra_args: [
      '-behind-proxy',
      '-max-size 5000000 -verbose=false',
      '-base-path "/api/upload/resumable"',
      '',
    ],
  },
  reports: {
    ...common,
    config_file: ['reports.yml', '@here@/galaxy/config/reports.yml', 'sub/reports.yml'],
    bind: [
      ({ port }) => `localhost:${port()}`,
      ({ port, label }) => `unix:/srv/galaxy/run/reports-${label}-${port()}.sock`,
    ],
    workers: [1, 2, 3],
    timeout: [0, 120, 300],
    url_prefix: ['/reports', '/galaxy/reports', '', null],
    extra_args: ['--threads 2', "--name 'galaxy reports'", ''],
  },
  // Not validated by Gravity, hence floats for memory and text for everything else.
  handler: {
    umask: masks,
    start_timeout: [5, 40],
    stop_timeout: [10, 120],
    memory_limit: [raw('2.0'), 1.5, raw('8.0'), null],
    memory_high: [raw('1.0'), 1.25, null],
    environment: [...environments, null],
    processes: [1, 2, 3, 4],
    name_template: [
      '{name}{process}',
      '{name}_{process}',
      '{name}_{process:03d}',
      '{instance_name}-{name}-{process}',
      null,
    ],
    pools: [['job-handlers'], ['job-handlers', 'workflow-schedulers'], ['workflow-schedulers']],
  },
};

/** The parts of Galaxy's own section that Gravity looks at, beyond what a service needs to be allowed at all. */
export const galaxy: Readonly<Record<string, readonly Choice[]>> = {
  interactivetools_map: ['database/it_map.sqlite', '/srv/galaxy/it/map.sqlite'],
  interactivetoolsproxy_map: ['/srv/galaxy/it/proxy_map.sqlite'],
  interactivetools_base_path: ['/', '/galaxy', '/galaxy/', 'galaxy/sub', ''],
  interactivetools_prefix: ['interactivetool', 'it'],
  galaxy_url_prefix: ['/galaxy', '/gx/main'],
  data_dir: ['database', '@here@/var', 'data', '../var'],
};

export const infrastructureUrls = [
  'https://galaxy.example.org',
  'https://galaxy.example.org/',
  'http://localhost:8080/galaxy//',
];
