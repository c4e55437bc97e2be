// Values that Gravity writes so that the process does not get them, or that stop the process manager. gxgen must
// deliver each exactly, or refuse it with an error.

import type { Case, Section } from './case.ts';
import type { Effective, Target } from './effective.ts';

export interface Broken {
  readonly one: Case;
  readonly target: Target;
  /** True when the process gets what the file says. */
  delivered(processes: readonly Effective[]): boolean;
}

const both: readonly Target[] = ['systemd', 'supervisor'];

function broken(
  name: string,
  targets: readonly Target[],
  gravity: Section,
  id: string,
  check: (gunicorn: Effective) => boolean,
): Broken[] {
  return targets.map((target) => ({
    target,
    one: {
      name,
      targets: [target],
      configs: ['galaxy/config/galaxy.yml'],
      files: {
        'galaxy/config/galaxy.yml': {
          gravity: { galaxy_user: 'galaxy', virtualenv: '/srv/galaxy/venv', ...gravity },
          galaxy: { galaxy_infrastructure_url: 'https://gx.example.org' },
        },
      },
      gunicorn: 'gunicorn==23.0.0',
      virtualenv: typeof gravity.virtualenv === 'string' ? gravity.virtualenv : '/srv/galaxy/venv',
      about: ['broken'],
    },
    delivered: (processes) => {
      const found = processes.find((one) => one.id === (target === 'systemd' ? `galaxy-${id}.service` : id));
      return found !== undefined && check(found);
    },
  }));
}

const has = (word: string) => (process: Effective) =>
  (JSON.parse(process.fields.get('argv') ?? '[]') as string[]).includes(word);

const variable = (value: string, targets: readonly Target[] = both) =>
  broken(
    `environment ${JSON.stringify(value)}`,
    targets,
    { gunicorn: { environment: { VALUE: value } } },
    'gunicorn',
    (one) => one.fields.get('env.VALUE') === value,
  );

const argument = (written: string, word: string, targets: readonly Target[] = both) =>
  broken(
    `extra_args ${JSON.stringify(written)}`,
    targets,
    { gunicorn: { extra_args: written } },
    'gunicorn',
    has(word),
  );

export const brokenByGravity: readonly Broken[] = [
  ...variable('100%n'),
  ...variable('50% of it', ['supervisor']),
  ...variable('a%%b'),
  ...variable('a\\nb', ['systemd']),
  ...variable('C:\\dir\\x', ['systemd']),
  ...variable('admin@example.org', ['supervisor']),
  ...variable('a=b', ['supervisor']),
  ...variable('a,b', ['supervisor']),
  ...variable("it's", ['supervisor']),
  ...variable('this ;that', ['supervisor']),
  ...variable('two\nlines', both),
  ...variable('{"json": true}', both),
  ...variable('ends in a backslash\\', ['systemd']),
  ...argument('--name $LEVEL', '$LEVEL', ['systemd']),
  ...argument("--name '$HOME/x'", '$HOME/x', ['systemd']),
  ...argument('--access-logformat "%(h)s %(l)s"', '%(h)s %(l)s', ['supervisor']),
  ...argument('--name 100%n', '100%n'),
  ...argument('--name x\\ y', 'x y', ['systemd']),
  ...argument("--name 'a ;b'", 'a ;b', ['supervisor']),
  ...broken(
    'a virtualenv with a blank',
    both,
    { virtualenv: '/srv/my venv' },
    'gunicorn',
    (one) => !(one.fields.get('env.PATH') ?? "'").includes("'"),
  ),
  ...broken(
    'a socket with a blank',
    both,
    { gunicorn: { bind: 'unix:/srv/my galaxy/g.sock' } },
    'gunicorn',
    has('unix:/srv/my galaxy/g.sock'),
  ),
  ...broken('queues with blanks', both, { celery: { queues: 'a, b' } }, 'celery', has('a, b')),
  ...broken(
    'an upload folder with a blank',
    both,
    { tusd: { enable: true, upload_dir: '/srv/my uploads' } },
    'tusd',
    has('-upload-dir=/srv/my uploads'),
  ),
  ...broken(
    'a version range',
    both,
    { gx_it_proxy: { version: '>=0.0.6 <1', enable: true } },
    'gx-it-proxy',
    has('@galaxyproject/gx-it-proxy@>=0.0.6 <1'),
  ).map((entry) => withInteractiveTools(entry)),
  ...broken(
    'a data folder with a percent sign',
    ['systemd'],
    {},
    'celery-beat',
    has('/srv/100%n/gravity/celerybeat-schedule'),
  ).map((entry) => withGalaxy(entry, { data_dir: '/srv/100%n' })),
];

function withInteractiveTools(entry: Broken): Broken {
  return withGalaxy(entry, { interactivetools_enable: true });
}

function withGalaxy(entry: Broken, galaxy: Section): Broken {
  const [path = ''] = entry.one.configs;
  const document = entry.one.files[path] as Section;
  return {
    ...entry,
    one: {
      ...entry.one,
      files: {
        ...entry.one.files,
        [path]: { ...document, galaxy: { ...(document.galaxy as Section), ...galaxy } },
      },
    },
  };
}
