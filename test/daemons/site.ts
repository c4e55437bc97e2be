// A Galaxy server as it would stand on a machine, with stand-ins for every program, and what each of its processes must
// be given. Its values are not tame: blanks, percents, dollars and quotes where people write them.

import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected } from './places.ts';
import { account } from './sandbox.ts';
import { folder } from './scratch.ts';
import { standIn } from './witness.ts';
import { type Value, yamlText } from './yaml.ts';

export interface Site {
  readonly config: string;
  /** Where gxgen writes. */
  out(name: string): string;
  readonly processes: readonly Wanted[];
}

export interface Wanted {
  /** Gravity's name of the process. */
  readonly name: string;
  readonly expected: Expected;
  readonly umask: string;
  readonly memoryMax?: number;
  readonly memoryHigh?: number;
  /** True where a new configuration is taken on SIGHUP. */
  readonly reloads: boolean;
}

const gibibyte = 2 ** 30;
const nasty = `50% "of" it's $HOME; a\\nb #c`;
let count = 0;

/**
 * @param instance name of the instance; none for the default one
 * @param more for the `gravity:` section
 * @param startTimeout seconds; supervisor lets them pass before it calls a process running
 */
export function makeSite(
  instance?: string,
  more: { readonly [key: string]: Value } = {},
  startTimeout = 5,
): Site {
  const number = ++count;
  const base = folder('sites', `site ${number} 100%`);
  const [root, virtualenv, log] = [join(base, 'server'), join(base, 'my venv'), join(base, 'var/log')];
  const uploads = join(base, 'var/tus $up');
  const tusd = join(base, 'bin/tusd');
  const config = join(base, 'config/galaxy.yml');
  for (const path of [log, join(root, 'lib/galaxy'), join(base, 'config'), join(base, 'data/gravity')]) {
    mkdirSync(path, { recursive: true });
  }
  for (const name of ['gunicorn', 'celery', 'npx', 'python', 'galaxy', 'galaxyctl'])
    standIn(join(virtualenv, 'bin', name));
  standIn(tusd);
  writeFileSync(join(root, 'lib/galaxy/version.py'), 'VERSION_MAJOR = "24.1"\n');
  writeFileSync(join(root, 'requirements.txt'), 'gunicorn==23.0.0\n');
  writeFileSync(join(base, 'config/reports.yml'), yamlText({ reports: {} }));
  writeFileSync(join(base, 'config/job_conf.yml'), yamlText(jobConfiguration));
  writeFileSync(
    config,
    yamlText({
      gravity: {
        ...(instance === undefined ? {} : { instance_name: instance }),
        ...{
          galaxy_user: account.name,
          galaxy_group: account.other,
          galaxy_root: root,
          virtualenv,
          log_dir: log,
        },
        umask: '027',
        gunicorn: {
          bind: `unix:${base}/g.sock`,
          workers: 2,
          preload: false,
          start_timeout: startTimeout,
          extra_args: `--forwarded-allow-ips="*" --name 'a  %n ; $b'`,
          memory_limit: 2,
          memory_high: 1.5,
          environment: { NASTY: nasty, DB_PASSWORD: `${nasty}"'` },
        },
        celery: { start_timeout: startTimeout, umask: '007', environment: { 'a.b-c': 'x y' } },
        tusd: {
          enable: true,
          start_timeout: startTimeout,
          tusd_path: tusd,
          upload_dir: uploads,
          extra_args: '-behind-proxy',
        },
        gx_it_proxy: { enable: true, start_timeout: startTimeout },
        reports: { enable: true, start_timeout: startTimeout, config_file: 'reports.yml' },
        handlers: {
          handler: {
            ...{
              processes: 3,
              name_template: '{name}{process}',
              pools: ['job-handlers', 'workflow-schedulers'],
            },
            ...{ start_timeout: startTimeout, memory_limit: 1, environment: { NASTY: nasty } },
          },
        },
        ...more,
      },
      galaxy: {
        data_dir: join(base, 'data'),
        galaxy_infrastructure_url: 'https://galaxy.example',
        database_connection: 'postgresql:///galaxy',
        interactivetools_enable: true,
        interactivetools_map: join(base, 'data/map.sqlite'),
        tus_upload_store: uploads,
      },
    }),
  );

  const venv = {
    VIRTUAL_ENV: virtualenv,
    PATH: `${virtualenv}/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
  };
  const galaxy = { PYTHONPATH: 'lib', GALAXY_CONFIG_FILE: config };
  const process = (
    name: string,
    argv: readonly string[],
    env: Readonly<Record<string, string>>,
    rest: Partial<Wanted> = {},
  ): Wanted => ({
    ...{ name, umask: '027', reloads: false },
    expected: { argv, env: { ...venv, ...env }, cwd: root },
    ...rest,
  });
  const bin = (name: string) => `${virtualenv}/bin/${name}`;
  const celery = { umask: '007' };
  const celeryEnv = { ...galaxy, 'a.b-c': 'x y' };
  return {
    config,
    // supervisord has no way to stand in a folder with a percent sign in its name.
    out: (name) => folder('sites', `out of ${number}`, name),
    processes: [
      process(
        'gunicorn',
        [
          ...[
            bin('gunicorn'),
            'galaxy.webapps.galaxy.fast_factory:factory()',
            '--timeout',
            '300',
            '--pythonpath',
            'lib',
          ],
          ...['-k', 'galaxy.webapps.galaxy.workers.Worker', '-b', `unix:${base}/g.sock`, '--workers=2'],
          ...[
            '--config',
            'python:galaxy.web_stack.gunicorn_config',
            '--forwarded-allow-ips=*',
            '--name',
            'a  %n ; $b',
          ],
        ],
        { ...galaxy, NASTY: nasty, DB_PASSWORD: `${nasty}"'` },
        { memoryMax: 2 * gibibyte, memoryHigh: 1.5 * gibibyte, reloads: true },
      ),
      process(
        'celery',
        [
          ...[bin('celery'), '--app', 'galaxy.celery', 'worker', '--concurrency', '2', '--loglevel', 'DEBUG'],
          ...['--pool', 'threads', '--queues', 'celery,galaxy.internal,galaxy.external'],
        ],
        celeryEnv,
        celery,
      ),
      process(
        'celery-beat',
        [
          ...[bin('celery'), '--app', 'galaxy.celery', 'beat', '--loglevel', 'DEBUG'],
          ...['--schedule', join(base, 'data/gravity/celerybeat-schedule')],
        ],
        celeryEnv,
        celery,
      ),
      process(
        'tusd',
        [
          ...[tusd, '-host=localhost', '-port=1080', `-upload-dir=${uploads}`],
          ...[
            '-hooks-http=https://galaxy.example/api/upload/hooks',
            '-hooks-http-forward-headers=X-Api-Key,Cookie',
          ],
          ...['-behind-proxy', '-hooks-enabled-events', 'pre-create'],
        ],
        {},
      ),
      process(
        'gx-it-proxy',
        [
          ...[bin('npx'), '@galaxyproject/gx-it-proxy@>=0.0.6', '--ip', 'localhost', '--port', '4002'],
          ...[
            '--sessions',
            join(base, 'data/map.sqlite'),
            '--verbose',
            '--proxyPathPrefix',
            '/interactivetool/ep',
          ],
        ],
        { npm_config_yes: 'true' },
      ),
      process(
        'reports',
        [
          ...[
            bin('gunicorn'),
            'galaxy.webapps.reports.fast_factory:factory()',
            '--timeout',
            '300',
            '--pythonpath',
            'lib',
          ],
          ...['-k', 'uvicorn.workers.UvicornWorker', '-b', 'localhost:9001', '--workers=1'],
          ...['--config', 'python:galaxy.web_stack.gunicorn_config'],
        ],
        { PYTHONPATH: 'lib', GALAXY_REPORTS_CONFIG: join(base, 'config/reports.yml') },
        { reloads: true },
      ),
      ...['handler0', 'handler1', 'handler2'].map((name) =>
        process(
          name,
          [
            ...[bin('python'), './scripts/galaxy-main', '-c', config, `--server-name=${name}`],
            ...['--attach-to-pool=job-handlers', '--attach-to-pool=workflow-schedulers'],
          ],
          { GALAXY_CONFIG_FILE: config, NASTY: nasty },
          { memoryMax: gibibyte },
        ),
      ),
    ],
  };
}

const jobConfiguration = {
  runners: { local: { load: 'galaxy.jobs.runners.local:LocalJobRunner' } },
  execution: { default: 'local', environments: { local: { runner: 'local' } } },
  handling: { assign: ['db-skip-locked'] },
};
