// Every place of a configuration through which a string reaches a process: how a file says it, what the process must
// then see, and what makes a string impossible there. The expectations are Gravity's documented command lines and
// environments, written down here independently of gxgen's model.

import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { impossibleForKernel, impossibleForSupervisor, impossibleForSystemd } from './hostile.ts';
import { account } from './sandbox.ts';
import { canExist, standIn } from './witness.ts';
import type { Value } from './yaml.ts';

export type Target = 'systemd' | 'supervisor' | 'commands';

/** Where one string of one place is tried: each has a configuration, an instance and a port of its own. */
export interface Spot {
  readonly folder: string;
  /** `env-012` */
  readonly instance: string;
  readonly port: number;
  readonly config: string;
  /** Shared by the spots of a run. */
  readonly root: string;
  readonly virtualenv: string;
  readonly tusd: string;
}

type Settings = { readonly [key: string]: Value };

/** What a process must be given. */
export interface Expected {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  /** The folder its output is kept in, where the place is about that. */
  readonly logs?: string;
}

export interface Place {
  /** Stem of its instances. */
  readonly key: string;
  readonly name: string;
  readonly targets: readonly Target[];
  /** Gravity's name of the one process that the configuration starts. */
  process(value: string): string;
  /** The `gravity:` section beyond what all places share. */
  gravity(value: string, spot: Spot): Settings;
  /** Key of the line with the value, or of the line above where the value is a key itself. */
  readonly mark: string;
  readonly markIsAbove?: true;
  /** Makes the folder or program that the value names; false when no file system can hold it. */
  prepare(value: string, spot: Spot): boolean;
  expected(value: string, spot: Spot): Expected;
  /** Why the target cannot carry it, if so. */
  impossible(value: string, target: Target, spot: Spot): string | undefined;
}

/** The document for one string. */
export function configuration(place: Place, value: string, spot: Spot): { readonly [key: string]: Value } {
  const own = place.gravity(value, spot);
  return {
    gravity: {
      service_command_style: 'direct',
      instance_name: spot.instance,
      galaxy_user: account.name,
      galaxy_root: spot.root,
      virtualenv: spot.virtualenv,
      log_dir: join(spot.folder, 'log'),
      celery: { enable: false, enable_beat: false },
      gunicorn: { enable: false },
      ...own,
    },
    ...('galaxy_config_file' in own ? {} : galaxySection(spot)),
  };
}

/** The `galaxy:` section, which stands in a file of its own where the place names that file. */
export function galaxySection(spot: Spot): { readonly [key: string]: Value } {
  const jobs = {
    runners: { local: { load: 'galaxy.jobs.runners.local:LocalJobRunner' } },
    execution: { default: 'local', environments: { local: { runner: 'local' } } },
    handling: { assign: ['db-skip-locked'] },
  };
  const galaxy_infrastructure_url = 'http://galaxy.example';
  return { galaxy: { galaxy_infrastructure_url, data_dir: join(spot.folder, 'data'), job_config: jobs } };
}

const all: readonly Target[] = ['systemd', 'supervisor', 'commands'];
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

function virtualenvEnvironment(virtualenv: string) {
  return { VIRTUAL_ENV: virtualenv, PATH: `${binOf(virtualenv)}:${systemPath}` };
}

function binOf(virtualenv: string): string {
  return `${virtualenv.replace(/\/$/, '')}/bin`;
}

function gunicorn(
  spot: Spot,
  more: Partial<{ extra: string[]; virtualenv: string; root: string; env: object }> = {},
): Expected {
  const { extra = [], virtualenv = spot.virtualenv, root = spot.root, env = {} } = more;
  return {
    argv: [
      ...[
        `${binOf(virtualenv)}/gunicorn`,
        'galaxy.webapps.galaxy.fast_factory:factory()',
        '--timeout',
        '300',
      ],
      ...[
        '--pythonpath',
        'lib',
        '-k',
        'galaxy.webapps.galaxy.workers.Worker',
        '-b',
        `localhost:${spot.port}`,
      ],
      ...['--workers=1', '--config', 'python:galaxy.web_stack.gunicorn_config', '--preload', ...extra],
    ],
    env: { PYTHONPATH: 'lib', GALAXY_CONFIG_FILE: spot.config, ...virtualenvEnvironment(virtualenv), ...env },
    cwd: root,
  };
}

function tusd(spot: Spot, more: Partial<{ program: string; uploads: string }> = {}): Expected {
  const { program = spot.tusd, uploads = '/srv/uploads' } = more;
  return {
    argv: [
      ...[program, '-host=localhost', `-port=${spot.port}`, `-upload-dir=${uploads}`],
      ...[
        '-hooks-http=http://galaxy.example/api/upload/hooks',
        '-hooks-http-forward-headers=X-Api-Key,Cookie',
      ],
      ...['-hooks-enabled-events', 'pre-create'],
    ],
    env: virtualenvEnvironment(spot.virtualenv),
    cwd: spot.root,
  };
}

function handler(spot: Spot, name: string, config = spot.config): Expected {
  return {
    argv: [
      ...[`${binOf(spot.virtualenv)}/python`, './scripts/galaxy-main', '-c', config, `--server-name=${name}`],
      ...['--attach-to-pool=job-handlers', '--attach-to-pool=workflow-schedulers'],
    ],
    env: { GALAXY_CONFIG_FILE: config, ...virtualenvEnvironment(spot.virtualenv) },
    cwd: spot.root,
  };
}

const handlerPools = { pools: ['job-handlers', 'workflow-schedulers'] };
const web = (spot: Spot, more: Settings = {}) => ({ gunicorn: { bind: `localhost:${spot.port}`, ...more } });
const uploads = (spot: Spot, more: Settings = {}) => ({
  tusd: { enable: true, tusd_path: spot.tusd, port: spot.port, upload_dir: '/srv/uploads', ...more },
});

/** Why an argument or a variable with `room` bytes before the value is impossible. */
function unfit(value: string, target: Target, room: number): string | undefined {
  const judges = {
    systemd: impossibleForSystemd,
    supervisor: impossibleForSupervisor,
    commands: impossibleForKernel,
  };
  return judges[target](value, room);
}

/** Why a working directory or a log is impossible: raw text in both files. */
function unfitPath(value: string, target: Target): string | undefined {
  if (Buffer.byteLength(value) >= 4096) return 'no path is that long';
  if (target === 'systemd' && /[\r\n]/.test(value)) return 'systemd ends the line there';
  if (target === 'systemd' && value.split('/').includes('..')) return 'systemd takes no path with ".."';
  return unfit(value, target, 0);
}

function makeFolder(path: string): boolean {
  if (!canExist(path)) return false;
  mkdirSync(path, { recursive: true });
  return true;
}

function isFileName(path: string): boolean {
  return !/(^|\/)\.{0,2}$/.test(path);
}

/** POSIX shell quoting: how an administrator writes any argument in `extra_args`. */
function shellQuoted(value: string): string {
  return `'${value.replaceAll("'", `'"'"'`)}'`;
}

function variable(key: string, name: string, variableName: string): Place {
  return {
    key,
    name,
    targets: all,
    process: () => 'gunicorn',
    gravity: (value, spot) => web(spot, { environment: { [variableName]: value } }),
    mark: variableName,
    prepare: () => true,
    expected: (value, spot) => gunicorn(spot, { env: { [variableName]: value } }),
    impossible: (value, target) => unfit(value, target, variableName.length + 1),
  };
}

export const places: readonly Place[] = [
  variable('env', 'environment value', 'V'),
  variable('secret', 'secret environment value', 'DB_PASSWORD'),
  {
    key: 'extra',
    name: 'extra_args',
    targets: all,
    process: () => 'gunicorn',
    gravity: (value, spot) => web(spot, { extra_args: `--name ${shellQuoted(value)}` }),
    mark: 'extra_args',
    prepare: () => true,
    expected: (value, spot) => gunicorn(spot, { extra: ['--name', value] }),
    impossible: (value, target) => unfit(value, target, 0),
  },
  {
    key: 'plain',
    name: 'upload_dir',
    targets: all,
    process: () => 'tusd',
    gravity: (value, spot) => uploads(spot, { upload_dir: value }),
    mark: 'upload_dir',
    prepare: () => true,
    expected: (value, spot) => tusd(spot, { uploads: value }),
    impossible: (value, target) => unfit(value, target, '-upload-dir='.length),
  },
  {
    key: 'root',
    name: 'working directory',
    targets: all,
    process: () => 'gunicorn',
    gravity: (value, spot) => ({ galaxy_root: `${spot.folder}/r${value}`, ...web(spot) }),
    mark: 'galaxy_root',
    prepare: (value, spot) => makeFolder(`${spot.folder}/r${value}`),
    expected: (value, spot) =>
      gunicorn(spot, { root: join(`${spot.folder}/r${value}`, '.').replace(/(.)\/$/, '$1') }),
    impossible: unfitPath,
  },
  {
    key: 'program',
    name: 'executable path',
    targets: all,
    process: () => 'tusd',
    gravity: (value, spot) => uploads(spot, { tusd_path: `${spot.folder}/t${value}` }),
    mark: 'tusd_path',
    prepare: (value, spot) => isFileName(`t${value}`) && standIn(`${spot.folder}/t${value}`),
    expected: (value, spot) => tusd(spot, { program: `${spot.folder}/t${value}` }),
    impossible: (value, target, spot) =>
      isFileName(`t${value}`) ? unfit(value, target, spot.folder.length + 2) : 'it names a folder',
  },
  {
    key: 'venv',
    name: 'virtualenv',
    targets: all,
    process: () => 'gunicorn',
    gravity: (value, spot) => ({ virtualenv: `${spot.folder}/v${value}`, ...web(spot) }),
    mark: 'virtualenv',
    prepare: (value, spot) => standIn(`${spot.folder}/v${value}/bin/gunicorn`),
    expected: (value, spot) => gunicorn(spot, { virtualenv: `${spot.folder}/v${value}` }),
    impossible: (value, target, spot) => unfit(value, target, spot.folder.length + 100),
  },
  {
    key: 'config',
    name: 'configuration path',
    targets: all,
    process: () => 'h1',
    gravity: (value, spot) => ({
      galaxy_config_file: `${spot.folder}/c${value}/galaxy.yml`,
      handlers: { h1: handlerPools },
    }),
    mark: 'galaxy_config_file',
    prepare: (value, spot) => makeFolder(`${spot.folder}/c${value}`),
    expected: (value, spot) => handler(spot, 'h1', `${spot.folder}/c${value}/galaxy.yml`),
    impossible: (value, target, spot) =>
      canExist(`${spot.folder}/c${value}/galaxy.yml`)
        ? unfit(value, target, spot.folder.length + 40)
        : 'the file cannot exist, so it cannot be read',
  },
  {
    key: 'log',
    name: 'log directory',
    targets: ['supervisor', 'commands'],
    process: () => 'gunicorn',
    gravity: (value, spot) => ({ log_dir: `${spot.folder}/l${value}`, ...web(spot) }),
    mark: 'log_dir',
    prepare: (value, spot) => makeFolder(`${spot.folder}/l${value}`),
    expected: (value, spot) => ({ ...gunicorn(spot), logs: `${spot.folder}/l${value}` }),
    impossible: unfitPath,
  },
  {
    key: 'name',
    name: 'handler name',
    targets: all,
    process: serverName,
    gravity: (value) => ({ handlers: { [value]: handlerPools } }),
    mark: 'handlers',
    markIsAbove: true,
    prepare: () => true,
    expected: (value, spot) => handler(spot, serverName(value)),
    impossible: (value, target, spot) => {
      const name = serverName(value);
      if (target === 'supervisor' && /[\s:/,]/u.test(name))
        return 'supervisor takes no blank, ":", "/" or "," in a name';
      if (target === 'supervisor' && /[\p{Cc}\ufffe\uffff]/u.test(name))
        return 'supervisorctl cannot list the name';
      if (target === 'supervisor' && Buffer.byteLength(name) > 180)
        return 'a log file has a name of 255 bytes';
      const pidFile = `${spot.instance}_${escapedUnitName(name)}.pid`;
      if (target === 'commands' && pidFile.length > 255) return 'a file has a name of 255 bytes';
      if (target === 'commands' && name.includes('/')) return 'a log file has no slash in its name';
      const unit = `galaxy-${spot.instance}-${escapedUnitName(name)}.service`;
      if (target === 'systemd' && unit.length > 255) return 'a unit has a name of 255 bytes';
      return unfit(value, target, '--server-name='.length);
    },
  },
];

/** Gravity's: a handler that ends in a digit keeps its name, another one is numbered. */
function serverName(value: string): string {
  return /\p{Nd}$/u.test(value) ? value : `${value}_0`;
}

/** As systemd-escape writes it, but for "-", which Gravity's names have. */
export function escapedUnitName(name: string): string {
  return Buffer.from(name)
    .toString('latin1')
    .replace(/[^A-Za-z0-9:_.-]/g, (byte) => `\\x${byte.charCodeAt(0).toString(16).padStart(2, '0')}`);
}

/** The file that a place's configuration names besides itself, to be written before it is compiled. */
export function besides(place: Place, value: string, spot: Spot): string | undefined {
  const named = place.gravity(value, spot).galaxy_config_file;
  return typeof named === 'string' && canExist(dirname(named)) ? named : undefined;
}
