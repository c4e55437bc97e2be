// Configurations of a server as administrators change them: at random, and the same in every run.

import type { Random } from '../fuzz/random.ts';
import { account } from './sandbox.ts';
import type { Value } from './yaml.ts';

type Mapping = { readonly [key: string]: Value };

/** What a configuration is made of; a change takes another value for some of these. */
export interface Choice {
  readonly instance: string;
  readonly layout: string;
  readonly virtualenv: string;
  readonly root: string;
  readonly umask: string;
  readonly style: 'direct' | 'gravity';
  readonly gunicorn: readonly Mapping[];
  readonly celery: Mapping;
  readonly tusd: Mapping;
  readonly proxy: boolean;
  readonly handlers: readonly (readonly [string, Mapping])[];
  readonly options: Mapping;
  readonly statics: readonly (readonly [string, Mapping])[];
  readonly tools: readonly Mapping[];
}

/** Where everything stands. */
export interface Ground {
  readonly base: string;
  readonly virtualenvs: readonly string[];
  readonly roots: readonly string[];
  readonly layouts: readonly string[];
  /**
   * Seconds to write for every start: supervisor waits as long for a process to stay up. Static handlers have no such
   * setting, so they are left out.
   */
  readonly startTimeout?: number;
}

const environments: readonly Mapping[] = [
  {},
  {},
  { TEMP: '/var/tmp' },
  { TEMP: '/var/tmp/50% of it' },
  { DB_PASSWORD: 'hunter22 "x"' },
  { DB_PASSWORD: 'hunter23 "x"', TEMP: '/tmp' },
];

type Part = keyof Choice;

const parts: { readonly [P in Part]: (random: Random, ground: Ground) => Choice[P] } = {
  instance: (random) => random.pick(['_default_', '_default_', '_default_', 'main', 'test']),
  layout: (random, { layouts }) => random.pick(layouts),
  virtualenv: (random, { virtualenvs }) => random.pick(virtualenvs),
  root: (random, { roots }) => random.pick(roots),
  umask: (random) => random.pick(['022', '022', '027', '077']),
  style: (random) => (random.once(12) ? 'gravity' : 'direct'),
  gunicorn: (random) =>
    Array.from({ length: random.pick([0, 1, 1, 1, 2, 3]) }, (_, index) => ({
      bind: `localhost:${8080 + index}`,
      workers: random.pick([1, 2, 4]),
      preload: random.once(2),
      timeout: random.pick([300, 300, 600]),
      ...limits(random),
      environment: random.pick(environments),
      ...(random.once(4)
        ? { extra_args: random.pick(['--forwarded-allow-ips="*"', "--name 'a %n $b'"]) }
        : {}),
    })),
  celery: (random) => ({
    enable: !random.once(5),
    enable_beat: !random.once(3),
    concurrency: random.pick([1, 2, 4]),
    loglevel: random.pick(['DEBUG', 'INFO']),
    ...limits(random),
    environment: random.pick(environments),
  }),
  tusd: (random, { base }) => ({
    enable: random.once(2),
    tusd_path: `${base}/bin/tusd`,
    upload_dir: random.pick([`${base}/up`, `${base}/other up`]),
    port: random.pick([1080, 1081]),
  }),
  proxy: (random) => random.once(3),
  handlers: (random) =>
    ['handler', 'special', 'wf1']
      .filter(() => !random.once(3))
      .map((name) => [
        name,
        {
          ...(name === 'wf1' ? {} : { processes: random.pick([1, 2, 3, 4]) }),
          ...(random.once(4) && name !== 'wf1' ? { name_template: '{name}{process}' } : {}),
          pools: random.pick([['job-handlers'], ['job-handlers', 'workflow-schedulers']]),
          ...limits(random),
          environment: random.pick(environments),
        },
      ]),
  options: (random, { base }) => ({
    file_path: random.pick([`${base}/files`, `${base}/more files`]),
    admin_users: random.pick(['a@example.org', 'a@example.org,b@example.org']),
    ...(random.once(2) ? { watch_core_config: true } : {}),
    ...(random.once(3) ? { brand: 'Test' } : {}),
    id_secret: random.pick(['c2VjcmV0IG9uZQ', 'c2VjcmV0IHR3bw']),
  }),
  statics: (random) =>
    ['h1', 'h2'].filter(() => random.once(4)).map((name) => [name, random.once(2) ? { tags: ['big'] } : {}]),
  tools: (random) =>
    ['bwa', 'upload1', 'cat'].filter(() => random.once(3)).map((id) => ({ id, environment: 'local' })),
};

function limits(random: Random): Mapping {
  return {
    ...(random.once(3) ? { stop_timeout: random.pick([10, 65, 120]) } : {}),
    ...(random.once(4) ? { start_timeout: random.pick([20, 40]) } : {}),
    ...(random.once(4) ? { memory_limit: random.pick([1, 2.5]) } : {}),
    ...(random.once(8) ? { umask: '007' } : {}),
  };
}

export function freshChoice(random: Random, ground: Ground): Choice {
  return Object.fromEntries(
    Object.entries(parts).map(([name, make]) => [name, make(random, ground)]),
  ) as unknown as Choice;
}

/** The same with one to three parts chosen anew: what people do between two deployments. */
export function changedChoice(before: Choice, random: Random, ground: Ground): Choice {
  const names = Object.keys(parts) as Part[];
  const chosen = Array.from({ length: 1 + random.int(3) }, () => random.pick(names));
  return {
    ...before,
    ...Object.fromEntries(chosen.map((name) => [name, parts[name](random, ground)])),
  };
}

/** The text of `galaxy.yml`, as a document. */
export function documentOf(choice: Choice, { base, startTimeout }: Ground): Mapping {
  const start = startTimeout === undefined ? {} : { start_timeout: startTimeout };
  const gunicorn = choice.gunicorn.map((one) => ({ ...one, ...start }));
  return {
    gravity: {
      ...(choice.instance === '_default_' ? {} : { instance_name: choice.instance }),
      service_command_style: choice.style,
      galaxy_user: account.name,
      galaxy_group: account.other,
      galaxy_root: choice.root,
      virtualenv: choice.virtualenv,
      log_dir: `${base}/log`,
      umask: choice.umask,
      gunicorn:
        gunicorn.length === 0 ? { enable: false } : gunicorn.length === 1 ? (gunicorn[0] ?? {}) : gunicorn,
      celery: { ...choice.celery, ...start },
      tusd: { ...choice.tusd, ...start },
      gx_it_proxy: { enable: choice.proxy, ...start },
      handlers: Object.fromEntries(choice.handlers.map(([name, own]) => [name, { ...own, ...start }])),
    },
    galaxy: {
      data_dir: `${base}/data`,
      galaxy_infrastructure_url: 'https://galaxy.example.org',
      interactivetools_enable: choice.proxy,
      interactivetools_map: `${base}/data/map.sqlite`,
      ...choice.options,
      job_config: {
        runners: { local: { load: 'galaxy.jobs.runners.local:LocalJobRunner', workers: 4 } },
        handling: {
          assign: ['db-skip-locked'],
          processes: startTimeout === undefined ? Object.fromEntries(choice.statics) : {},
        },
        execution: { default: 'local', environments: { local: { runner: 'local' } } },
        tools: choice.tools,
      },
    },
  };
}
