// One realistic server, as the front end and the model would make it, for the tests of every back end.

import type { TargetOptions } from '../../src/backends/backend.ts';
import type {
  Deployment,
  Endpoint,
  EnvironmentVariable,
  Instance,
  Process,
  Service,
} from '../../src/model/deployment.ts';
import { byDefault, derived, type Located, written } from '../../src/model/located.ts';
import { noJobConfig } from '../../src/model/routing.ts';
import { makeSource, span } from '../../src/text/source.ts';

export const source = makeSource(
  'config/galaxy.yml',
  'gravity:\n  galaxy_user: galaxy\n  log_dir: /srv/galaxy/log\n',
);

/** A value the administrator wrote, on the second line of the sample's file. */
export function here<T>(value: T): Located<T> {
  return written(value, span(source, 11, 30));
}

export interface SampleOptions {
  /** `_default_` unless given. */
  readonly name?: string;
  /** Where everything stands. */
  readonly base?: string;
  readonly user?: string | null;
  readonly logDir?: 'written' | 'default';
  /** Changes every process. */
  readonly change?: (process: Process) => Process;
  readonly instance?: Partial<Instance>;
}

export const systemOptions: TargetOptions = {
  systemd: { mode: 'system', directory: '/etc/systemd/system' },
};

export function sampleDeployment(options: SampleOptions = {}): Deployment {
  return {
    elsewhere: [],
    limits: {},
    instances: [sampleInstance(options)],
    named: options.name !== undefined,
  };
}

export function sampleInstance(options: SampleOptions = {}): Instance {
  const base = options.base ?? '/srv/galaxy';
  const name = options.name ?? '_default_';
  const user = options.user === null ? undefined : here(options.user ?? 'galaxy');
  const logDir = `${base}/log`;
  const kit = makeKit(base, logDir, options, user);
  const instance: Instance = {
    place: span(makeSource('galaxy.yml', ''), 0),
    name: byDefault(name),
    layout: 'source',
    processManager: byDefault('systemd'),
    root: here(`${base}/server`),
    configFile: derived(`${base}/config/galaxy.yml`, 'the file itself'),
    gravityFile: derived(`${base}/config/galaxy.yml`, 'the file itself'),
    virtualenv: here(`${base}/venv`),
    ...(user ? { user, group: user } : {}),
    dataDir: here(`${base}/database`),
    stateDir: derived(`${base}/database/gravity`, 'galaxy.data_dir'),
    logDir: options.logDir === 'written' ? here(logDir) : byDefault(logDir),
    options: [],
    services: sampleServices(kit, base),
    jobs: noJobConfig,
    ...options.instance,
  };
  return instance;
}

interface Kit {
  process(name: string, type: string, argv: readonly string[], parts?: Partial<Process>): Process;
  env(
    ...names: ('PYTHONPATH' | 'GALAXY_CONFIG_FILE' | 'GALAXY_REPORTS_CONFIG' | 'npm')[]
  ): EnvironmentVariable[];
}

function makeKit(base: string, logDir: string, options: SampleOptions, user?: Located<string>): Kit {
  const variable = (name: string, value: string, secret = false): EnvironmentVariable => ({
    name,
    value: derived(value, 'galaxy.yml'),
    secret,
  });
  const known = {
    PYTHONPATH: variable('PYTHONPATH', 'lib'),
    GALAXY_CONFIG_FILE: variable('GALAXY_CONFIG_FILE', `${base}/config/galaxy.yml`),
    GALAXY_REPORTS_CONFIG: variable('GALAXY_REPORTS_CONFIG', `${base}/config/reports.yml`),
    npm: variable('npm_config_yes', 'true'),
  };
  return {
    env: (...names) => [
      ...names.map((one) => known[one]),
      variable('VIRTUAL_ENV', `${base}/venv`),
      variable('PATH', `${base}/venv/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`),
    ],
    process: (name, type, argv, parts = {}) => {
      const log = options.name === undefined ? name : `${options.name}_${type}_${name}`;
      const process: Process = {
        name,
        type,
        argv: argv.map((one) => derived(one, 'gravity')),
        env: [],
        cwd: here(`${base}/server`),
        umask: byDefault('022'),
        ...(user ? { user, group: user } : {}),
        startTimeout: byDefault(10),
        stopTimeout: byDefault(10),
        stopSignal: 'TERM',
        restart: 'always',
        autostart: true,
        readiness: 'exec',
        listens: [],
        dirs: [],
        log: derived(`${logDir}/${log}.log`, 'gravity.log_dir'),
        graceful: 'restart',
        pools: [],
        ...parts,
      };
      return options.change ? options.change(process) : process;
    },
  };
}

function sampleServices(kit: Kit, base: string): Service[] {
  const venv = `${base}/venv/bin`;
  const service = (kind: Service['kind'], name: string, ...processes: Process[]): Service => ({
    kind,
    name,
    settings: kind === 'reports' ? { url_prefix: here('/reports') } : {},
    processes,
  });
  const tcp = (port: number): Endpoint => ({
    kind: 'tcp',
    host: 'localhost',
    port,
    origin: here(`localhost:${port}`),
  });
  const gunicorn = (number: number) =>
    kit.process(
      `gunicorn${number}`,
      'gunicorn',
      [
        `${venv}/gunicorn`,
        'galaxy.webapps.galaxy.fast_factory:factory()',
        ...['--timeout', '300', '--pythonpath', 'lib', '-k', 'galaxy.webapps.galaxy.workers.Worker'],
        ...['-b', `unix:${base}/var/gunicorn${number}.sock`, '--workers=4'],
        ...['--config', 'python:galaxy.web_stack.gunicorn_config', '--forwarded-allow-ips=*'],
      ],
      {
        env: kit.env('PYTHONPATH', 'GALAXY_CONFIG_FILE'),
        startTimeout: byDefault(15),
        stopTimeout: byDefault(65),
        listens: [
          { kind: 'unix', path: `${base}/var/gunicorn${number}.sock`, origin: here('gunicorn.bind') },
        ],
        graceful: 'hup',
        memoryHigh: here(12_884_901_888),
        memoryMax: here(17_179_869_184),
      },
    );
  const celery = (...rest: string[]) => [`${venv}/celery`, '--app', 'galaxy.celery', ...rest];
  const handler = (name: string, ...pools: string[]) =>
    kit.process(
      name,
      'standalone',
      [
        `${venv}/python`,
        './scripts/galaxy-main',
        ...['-c', `${base}/config/galaxy.yml`, `--server-name=${name}`],
        ...pools.map((one) => `--attach-to-pool=${one}`),
      ],
      {
        env: kit.env('GALAXY_CONFIG_FILE'),
        startTimeout: byDefault(20),
        stopTimeout: byDefault(65),
        serverName: derived(name, 'gravity.handlers'),
      },
    );
  return [
    service('gunicorn', 'gunicorn', gunicorn(0), gunicorn(1)),
    service(
      'celery',
      'celery',
      kit.process(
        'celery',
        'celery',
        celery(
          'worker',
          '--concurrency',
          '2',
          '--loglevel',
          'DEBUG',
          '--pool',
          'threads',
          '--queues',
          'celery,galaxy.internal,galaxy.external',
        ),
        { env: kit.env('PYTHONPATH', 'GALAXY_CONFIG_FILE') },
      ),
    ),
    service(
      'celery-beat',
      'celery-beat',
      kit.process(
        'celery-beat',
        'celery-beat',
        celery('beat', '--loglevel', 'DEBUG', '--schedule', `${base}/database/gravity/celerybeat-schedule`),
        {
          env: kit.env('PYTHONPATH', 'GALAXY_CONFIG_FILE'),
          dirs: [derived(`${base}/database/gravity`, 'galaxy.data_dir')],
        },
      ),
    ),
    service(
      'tusd',
      'tusd',
      kit.process(
        'tusd',
        'tusd',
        [
          'tusd',
          ...['-host=localhost', '-port=1080', `-upload-dir=${base}/database/tus`],
          '-hooks-http=https://galaxy.example.org/api/upload/hooks',
          '-hooks-http-forward-headers=X-Api-Key,Cookie',
          ...['-hooks-enabled-events', 'pre-create'],
        ],
        { env: kit.env(), listens: [tcp(1080)], graceful: 'none' },
      ),
    ),
    service(
      'gx-it-proxy',
      'gx-it-proxy',
      kit.process(
        'gx-it-proxy',
        'gx-it-proxy',
        [
          `${venv}/npx`,
          '@galaxyproject/gx-it-proxy@>=0.0.6',
          ...['--ip', 'localhost', '--port', '4002', '--sessions', 'database/interactivetools_map.sqlite'],
          ...['--verbose', '--proxyPathPrefix', '/interactivetool/ep'],
        ],
        { env: kit.env('npm'), listens: [tcp(4002)] },
      ),
    ),
    service(
      'reports',
      'reports',
      kit.process(
        'reports',
        'reports',
        [
          `${venv}/gunicorn`,
          'galaxy.webapps.reports.fast_factory:factory()',
          ...['--timeout', '300', '--pythonpath', 'lib', '-k', 'uvicorn.workers.UvicornWorker'],
          ...['-b', 'localhost:9001', '--workers=1', '--config', 'python:galaxy.web_stack.gunicorn_config'],
        ],
        { env: kit.env('PYTHONPATH', 'GALAXY_REPORTS_CONFIG'), listens: [tcp(9001)], graceful: 'hup' },
      ),
    ),
    service('handler', 'handler0', handler('handler0')),
    service('handler', 'handler1', handler('handler1')),
    service(
      'handler',
      'handler',
      ...['handler_0', 'handler_1', 'handler_2'].map((one) =>
        handler(one, 'job-handlers', 'workflow-schedulers'),
      ),
    ),
    service('handler', 'special', handler('special_0', 'job-handlers.special')),
  ];
}
