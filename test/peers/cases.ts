// Configurations written by hand: what chance seldom or never puts together.

import type { Case, Section } from './case.ts';
import { jobConfXml, jobConfYml } from './job-conf.ts';
import { raw } from './yaml-text.ts';

const config = 'galaxy/config/galaxy.yml';
const jobs = { 'galaxy/config/job_conf.yml': jobConfYml([], 'db-skip-locked') };

const pools = ['job-handlers'];

/** A case from one Gravity section (or a whole document) and what else it takes. */
export function one(
  name: string,
  gravity: Section | string,
  more: Partial<Case> & { galaxy?: Section } = {},
): Case {
  const { galaxy = {}, files, ...rest } = more;
  const document =
    typeof gravity === 'string'
      ? gravity
      : { gravity: { galaxy_user: 'galaxy', virtualenv: '/srv/galaxy/venv', ...gravity }, galaxy };
  return {
    name,
    targets: ['systemd', 'supervisor'],
    configs: [config],
    files: { [config]: document, ...files },
    gunicorn: 'gunicorn==23.0.0',
    virtualenv: '/srv/galaxy/venv',
    about: ['by hand'],
    ...rest,
  };
}

export const handCases: readonly Case[] = [
  one(
    'no virtualenv, programs on PATH',
    { virtualenv: null, handlers: { handler: { processes: 2, pools } } },
    { targets: ['supervisor'], virtualenv: null, files: jobs },
  ),
  one(
    'no virtualenv, user PATH',
    { virtualenv: null, gunicorn: { environment: { PATH: '/opt/gx/bin:/usr/bin' } } },
    { targets: ['supervisor'], virtualenv: null },
  ),
  one(
    'no virtualenv, every service',
    {
      virtualenv: null,
      gx_it_proxy: { enable: true },
      tusd: { enable: true, upload_dir: '/srv/tus' },
      reports: { enable: true },
    },
    {
      targets: ['supervisor'],
      virtualenv: null,
      galaxy: { interactivetools_enable: true, galaxy_infrastructure_url: 'https://gx.example.org' },
      files: { 'galaxy/config/reports.yml': 'reports: {}\n' },
    },
  ),
  one('relative virtualenv', { virtualenv: '.venv' }, { targets: ['supervisor'], virtualenv: '.venv' }),
  one('gunicorn pinned with a marker', {}, { gunicorn: "gunicorn==25.1.0 ; python_version >= '3.9'" }),
  one('gunicorn pinned with a comment', {}, { gunicorn: 'gunicorn==25.3.0 # for the control socket' }),
  one('gunicorn not pinned exactly', {}, { gunicorn: 'gunicorn>=25.1.0' }),
  one('gunicorn post release', {}, { gunicorn: 'gunicorn==25.1.0.post1' }),
  one('gunicorn two digits', {}, { gunicorn: 'gunicorn==25.1' }),
  one(
    'an explicit handler after the pattern that names it too',
    {
      handlers: {
        handler: { processes: 3, name_template: '{name}{process}', pools: ['job-handlers'] },
        handler1: { pools: ['job-handlers', 'workflow-schedulers'], environment: { FOO: 'explicit' } },
      },
    },
    { files: jobs },
  ),
  one(
    'an explicit handler before the pattern that names it too',
    {
      handlers: {
        handler1: { pools: ['job-handlers', 'workflow-schedulers'], environment: { FOO: 'explicit' } },
        handler: { processes: 3, name_template: '{name}{process}', pools: ['job-handlers'] },
      },
    },
    { files: jobs },
  ),
  one(
    'a handler with one process and no digit',
    { handlers: { handler: { pools }, other: { processes: 1, pools } } },
    { files: jobs },
  ),
  one('braces in values of the environment', {
    gunicorn: { environment: { ROOT: '{galaxy_root}/x', JSON: '{{"a": 1}}' } },
    celery: { environment: { WHERE: 'conf is {galaxy_conf}' } },
  }),
  one('preload among the extra arguments', { gunicorn: { preload: false, extra_args: '--preload' } }),
  one('no web process', { gunicorn: { enable: false } }),
  one('a list of no web processes', { gunicorn: [] }),
  one('a list of disabled web processes', {
    gunicorn: [{ enable: false }, { enable: false, bind: 'localhost:8081' }],
  }),
  one('only Celery', { gunicorn: { enable: false }, celery: { enable_beat: false } }),
  one('nothing at all', { gunicorn: { enable: false }, celery: { enable: false, enable_beat: false } }),
  one('sections left empty', {
    gunicorn: null,
    celery: null,
    gx_it_proxy: null,
    tusd: null,
    reports: null,
    handlers: {},
  }),
  one('options left empty', {
    process_manager: null,
    log_dir: null,
    galaxy_group: null,
    galaxy_root: null,
    memory_limit: null,
  }),
  one('an empty group', { galaxy_group: '' }),
  one(
    'tusd without hooks',
    { tusd: { enable: true, upload_dir: '/srv/tus', hooks_enabled_events: '' } },
    { galaxy: { galaxy_infrastructure_url: 'https://gx.example.org' } },
  ),
  one('tusd that is off', { tusd: { enable: false, upload_dir: '/srv/tus' } }),
  one('tusd of someone else, no infrastructure URL', {
    tusd: { enable: true, upload_dir: '/srv/tus', hooks_http: 'https://pulsar.example.org/hooks' },
  }),
  one(
    'interactive tools, null map',
    { gx_it_proxy: { enable: true } },
    { galaxy: { interactivetools_enable: true } },
  ),
  one(
    'both maps of interactive tools',
    { gx_it_proxy: { enable: true, sessions: 'own.sqlite' } },
    {
      galaxy: {
        interactivetools_enable: true,
        interactivetools_map: 'one.sqlite',
        interactivetoolsproxy_map: 'two.sqlite',
      },
    },
  ),
  one(
    'only the map that Gravity forgets',
    { gx_it_proxy: { enable: true } },
    { galaxy: { interactivetools_enable: true, interactivetoolsproxy_map: 'two.sqlite' } },
  ),
  one(
    'an empty prefix of interactive tools',
    { gx_it_proxy: { enable: true } },
    { galaxy: { interactivetools_enable: true, interactivetools_prefix: '' } },
  ),
  one(
    'a prefix of interactive tools with slashes',
    { gx_it_proxy: { enable: true } },
    {
      galaxy: {
        interactivetools_enable: true,
        interactivetools_base_path: '//a//b/',
        interactivetools_prefix: 'it/x',
      },
    },
  ),
  one(
    'no galaxy section',
    { galaxy_user: 'galaxy', virtualenv: '/srv/galaxy/venv', umask: '027' },
    { files: { [config]: { gravity: { galaxy_user: 'galaxy', virtualenv: '/srv/galaxy/venv' } } } },
  ),
  one('no gravity section', 'galaxy:\n  data_dir: database\n', { targets: ['supervisor'], virtualenv: null }),
  one(
    'anchors and merge keys',
    [
      'gravity:',
      '  galaxy_user: galaxy',
      '  virtualenv: /srv/galaxy/venv',
      '  gunicorn: &web',
      '    environment: {LOG: one}',
      '    start_timeout: 33',
      '  celery:',
      '    <<: *web',
      '    concurrency: 3',
      'galaxy: {}',
      '',
    ].join('\n'),
  ),
  one(
    'static handlers with an environment and a brace',
    {},
    {
      files: {
        'galaxy/config/job_conf.yml': jobConfYml(['h0', 'h1'], null, {
          PYTHONPATH: 'lib:/x',
          VIRTUAL_ENV: '/v',
        }),
      },
    },
  ),
  one(
    'both job configurations',
    {},
    {
      files: {
        'galaxy/config/job_conf.yml': jobConfYml(['from_yml'], null),
        'galaxy/config/job_conf.xml': jobConfXml(['from_xml'], null),
      },
    },
  ),
  one(
    'file beats inline',
    {},
    {
      galaxy: { job_config_file: 'jobs.yml', job_config: jobConfYml(['inline'], null) },
      files: { 'galaxy/config/jobs.yml': jobConfYml(['filed'], null) },
    },
  ),
  one(
    'empty job_config_file, inline counts',
    {},
    { galaxy: { job_config_file: '', job_config: jobConfYml(['inline'], null) } },
  ),
  one(
    'a handler that sets GALAXY_CONFIG_FILE',
    { handlers: { h1: { pools, environment: { GALAXY_CONFIG_FILE: '/elsewhere/galaxy.yml' } } } },
    { files: jobs },
  ),
  one(
    'memory that a service cannot undo',
    {
      memory_limit: 4,
      memory_high: 3,
      gunicorn: { memory_limit: null },
      celery: { memory_high: null },
      handlers: { h1: { pools, memory_limit: null } },
    },
    { files: jobs },
  ),
  one('odd fractions of gigabytes', {
    gunicorn: { memory_limit: 0.3, memory_high: 0.1 },
    celery: { memory_limit: 1.337, memory_high: raw('1e-3') },
  }),
  one('Gravity command style', { service_command_style: 'gravity', gunicorn: { environment: { A: 'b' } } }),
  one(
    'Gravity command style, lists without service instances',
    {
      service_command_style: 'gravity',
      use_service_instances: false,
      gunicorn: [{ bind: 'localhost:8080' }, { bind: 'localhost:8081', umask: '077' }],
      handlers: { handler: { processes: 2, pools: ['job-handlers'] } },
    },
    { files: jobs },
  ),
  one(
    'Gravity command style, static handlers, named',
    { service_command_style: 'gravity', use_service_instances: false, instance_name: 'main' },
    { files: { 'galaxy/config/job_conf.xml': jobConfXml(['h0', 'h1'], null) } },
  ),
];
