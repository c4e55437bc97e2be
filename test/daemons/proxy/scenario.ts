// The Galaxy servers that are tried: what is written in their configuration, for either web server in front.

import type { Value } from '../yaml.ts';
import type { Kind } from './web-server.ts';

/** The public name of every server, and its wildcard for interactive tools. */
export const host = 'galaxy.example.org';
export const toolsHost = `ep.interactivetool.${host}`;

export type Era = 'gunicorn' | 'uwsgi' | 'paste';

export interface Scenario {
  readonly name: string;
  readonly era: Era;
  readonly layout: 'site' | 'blocks';
  /** Empty, or with a leading slash. */
  readonly prefix: string;
  /** How many application servers the proxy has to balance over. */
  readonly members: number;
  readonly over: 'unix' | 'tcp';
  readonly tusd: boolean;
  /** Whether interactive tools are on. */
  readonly tools: boolean;
  readonly reports: boolean;
  /** Galaxy's. */
  readonly release: string;
  /** Whether the site has a page of its own for when Galaxy is down. */
  readonly errorPage?: boolean;
  /** Seconds that an application server takes to load. */
  readonly boot?: number;
}

/** Where everything of one server stands. */
export interface Places {
  readonly base: string;
  readonly root: string;
  readonly virtualenv: string;
  readonly tusd: string;
  /** Sockets. */
  readonly run: string;
  readonly data: string;
  readonly config: string;
  readonly certificate: string;
  readonly key: string;
}

const plain: Omit<Scenario, 'name'> = {
  ...({ era: 'gunicorn', layout: 'site', prefix: '', members: 1, over: 'unix' } as const),
  ...{ tusd: false, tools: false, reports: false, release: '26.1' },
};

export const scenarios: readonly Scenario[] = [
  { ...plain, name: 'one socket' },
  { ...plain, name: 'two sockets', members: 2 },
  { ...plain, name: 'two TCP ports', members: 2, over: 'tcp' },
  { ...plain, name: 'URL prefix', prefix: '/galaxy', members: 2 },
  { ...plain, name: 'tusd', tusd: true },
  { ...plain, name: 'interactive tools', tools: true },
  { ...plain, name: 'reports', reports: true, release: '25.1' },
  { ...plain, name: 'uWSGI', era: 'uwsgi', release: '20.09' },
  { ...plain, name: 'Paste, three servers', era: 'paste', members: 3, over: 'tcp', release: '17.09' },
  { ...plain, name: 'uWSGI with URL prefix', era: 'uwsgi', prefix: '/galaxy', release: '20.09' },
  {
    ...plain,
    name: 'Paste with URL prefix',
    era: 'paste',
    prefix: '/galaxy',
    members: 2,
    over: 'tcp',
    release: '17.09',
  },
  {
    ...plain,
    ...{ name: 'all of it with URL prefix, as blocks', layout: 'blocks', prefix: '/galaxy', members: 2 },
    ...{ tusd: true, tools: true, reports: true, release: '25.1' },
  },
];

/** Whether its Galaxy tells browsers about changes by itself. */
export function hasEvents({ release }: Scenario): boolean {
  return release === '26.1';
}

type Section = { readonly [key: string]: Value };

/** `gravity:` and `galaxy:` of a gunicorn server. */
export function galaxyYml(
  scenario: Scenario,
  kind: Kind,
  places: Places,
): { gravity: Section; galaxy: Section } {
  const one = (number: number): Section => {
    const name = scenario.members > 1 ? `gunicorn${number}` : 'gunicorn';
    return {
      bind: scenario.over === 'tcp' ? `127.0.0.1:${8081 + number}` : `unix:${places.run}/${name}.sock`,
      ...{ workers: 1, preload: true, start_timeout: 1, timeout: 120 },
      extra_args: scenario.over === 'tcp' ? '' : '--forwarded-allow-ips="*"',
      environment: {
        PROBE_BOOT: String(scenario.boot ?? 0),
        PROBE_JOURNAL: `${places.base}/log/journal`,
        ...(scenario.members > 1 ? { GALAXY_CONFIG_SERVER_NAME: `web${number}` } : {}),
      },
    };
  };
  const gunicorns = Array.from({ length: scenario.members }, (_, number) => one(number));
  return {
    gravity: {
      process_manager: 'supervisor',
      ...{ galaxy_root: places.root, virtualenv: places.virtualenv, log_dir: `${places.base}/log` },
      gunicorn: scenario.members > 1 ? gunicorns : (gunicorns[0] ?? {}),
      celery: { enable: false, enable_beat: false },
      tusd: {
        ...{
          enable: scenario.tusd,
          tusd_path: places.tusd,
          upload_dir: `${places.data}/tus`,
          host: '127.0.0.1',
        },
        start_timeout: 1,
        // What it would call itself then, it must not be told.
        extra_args: scenario.prefix === '' ? '' : '-behind-proxy',
      },
      gx_it_proxy: { enable: scenario.tools, ip: '127.0.0.1', start_timeout: 1 },
      reports: scenario.reports
        ? {
            ...{ enable: true, bind: '127.0.0.1:9001', config_file: 'reports.yml', start_timeout: 1 },
            url_prefix: '/reports',
          }
        : { enable: false },
      handlers: {
        handler: { processes: 1, pools: ['job-handlers', 'workflow-schedulers'], start_timeout: 1 },
      },
    },
    galaxy: {
      data_dir: places.data,
      file_path: `${places.data}/objects`,
      new_file_path: `${places.data}/tmp`,
      galaxy_infrastructure_url: `https://${host}${scenario.prefix}`,
      ...(scenario.prefix === '' ? {} : { galaxy_url_prefix: scenario.prefix }),
      ...(kind === 'nginx'
        ? { nginx_x_accel_redirect_base: '/_x_accel_redirect' }
        : { apache_xsendfile: true }),
      ...(scenario.tusd ? { tus_upload_store: `${places.data}/tus` } : {}),
      ...(scenario.tools
        ? {
            interactivetools_enable: true,
            interactivetools_map: `${places.data}/interactivetools_map.sqlite`,
            ...(scenario.prefix === '' ? {} : { interactivetools_base_path: scenario.prefix }),
          }
        : {}),
      ...(hasEvents(scenario) ? { enable_sse_updates: true } : {}),
      database_connection: 'postgresql:///galaxy?host=/var/run/postgresql',
      id_secret: 'Xw5k2YtTq1n8Rz4LmB7c',
    },
  };
}

/** gxgen.yml: what Galaxy's files cannot say. */
export function gxgenYml(scenario: Scenario, kind: Kind, places: Places): Section {
  const proxy: Section = {
    kind,
    server_name: host,
    tls: { certificate: places.certificate, certificate_key: places.key },
    downloads: { roots: [`${places.data}/objects`] },
    listen: { ipv6: false },
    ...(scenario.errorPage ? { error_page: `${places.base}/errors/down.html` } : {}),
    ...(scenario.tools
      ? { interactive_tools: { certificate: places.certificate, certificate_key: places.key } }
      : {}),
  };
  // Older files do not say where Galaxy and its Python are.
  const legacy = { galaxy_root: places.root, virtualenv: places.virtualenv };
  return { release: scenario.release, proxy, ...(scenario.era === 'gunicorn' ? {} : { legacy }) };
}

/** job_conf.yml: jobs belong to a handler, not to the web processes. */
export const jobConf: Section = {
  runners: { local: { load: 'galaxy.jobs.runners.local:LocalJobRunner' } },
  execution: { default: 'local', environments: { local: { runner: 'local' } } },
  handling: { assign: ['db-skip-locked'] },
};
