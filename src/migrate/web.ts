// The web side: Paste servers, uWSGI and Zerg Mode to Gunicorn, with the addresses that stay and those that end.

import type { Endpoint, Instance, Process, Service } from '../model/deployment.ts';
import { type KeptVariable, variablesOf } from './environment.ts';
import type { Question, Strategy } from './strategy.ts';
import { uwsgiSettings } from './uwsgi-settings.ts';

/** An entry of `gravity.gunicorn`. */
export interface GunicornPlan {
  readonly bind: string;
  readonly workers: number;
  readonly timeout?: number;
  readonly preload?: boolean;
  readonly stopTimeout?: number;
  readonly startTimeout?: number;
  /** Words; they are quoted when they are written. */
  readonly extraArgs: readonly string[];
  readonly environment: readonly KeptVariable[];
  readonly umask?: string;
}

export interface WebPlan {
  readonly entries: readonly GunicornPlan[];
  /** True for a list, whose members are restarted one by one. */
  readonly list: boolean;
  /** Addresses where nothing listens afterwards. */
  readonly closed: readonly string[];
  /** Addresses whose protocol changes. */
  readonly changed: readonly { readonly address: string; readonly from: string }[];
  /** Requests at once before: processes times threads. */
  readonly before: { readonly processes: number; readonly threads: number };
  readonly questions: readonly Question[];
}

/** @param keepPorts one Gunicorn for each old port, so that the proxy can stay as it is */
export function planWeb(instance: Instance, strategy: Strategy, keepPorts: boolean): WebPlan {
  const of = (kind: Service['kind']) => instance.services.filter((one) => one.kind === kind);
  const pools = of('zergpool');
  const uwsgi = of('uwsgi');
  if (pools.length > 0) return planZerg(instance, pools, of('zergling'), strategy);
  if (uwsgi.length > 0) return planUwsgi(instance, uwsgi);
  return planPaste(of('paste'), strategy, keepPorts);
}

/** An address as `bind` has it. */
export function bindOf(endpoint: Endpoint): string {
  if (endpoint.kind === 'unix') return `unix:${endpoint.path}`;
  if (endpoint.kind === 'fd') return `fd://${endpoint.fd}`;
  const host = endpoint.host === '' || endpoint.host === '*' ? '0.0.0.0' : endpoint.host;
  return host.includes(':')
    ? `[${host.replace(/^\[|\]$/g, '')}]:${endpoint.port}`
    : `${host}:${endpoint.port}`;
}

function planPaste(services: readonly Service[], strategy: Strategy, keepPorts: boolean): WebPlan {
  const processes = services.flatMap((one) => one.processes);
  const threads = services.reduce(
    (sum, one) => sum + Number(one.settings.threadpool_workers?.value ?? 10),
    0,
  );
  const binds = processes.map((one) => one.listens[0]).flatMap((one) => (one ? [bindOf(one)] : []));
  const [first = 'localhost:8080', ...others] = binds;
  const list = keepPorts && others.length > 0 && strategy.kind !== 'all-in-one';
  const questions: Question[] =
    keepPorts && others.length > 0 && !list
      ? [
          {
            about: 'gunicorn',
            why: 'several Gunicorns that handle jobs would run some of them twice, so the ports cannot all be kept',
            choices: [
              'one Gunicorn on the first port',
              'handlers of their own (--separate-handlers), and all ports',
            ],
          },
        ]
      : [];
  const entries = list
    ? processes.map((one, index) => ({
        ...entryOf(one),
        environment: [...entryOf(one).environment, ownName(index)],
        extraArgs: pasteArgs(services[index]),
        bind: binds[index] ?? first,
        workers: 1,
      }))
    : [
        {
          ...entryOf(processes[0]),
          extraArgs: pasteArgs(services[0]),
          bind: first,
          workers: Math.max(1, processes.length),
        },
      ];
  return {
    entries,
    list,
    closed: list ? [] : others,
    changed: [],
    before: { processes: processes.length, threads },
    questions,
  };
}

/** The variable that tells apart the workers of several Gunicorns: without it all are called `main.1` and so on. */
export const serverNameVariable = 'GALAXY_CONFIG_SERVER_NAME';

function ownName(index: number): KeptVariable {
  return { name: serverNameVariable, value: `main${index}`, secret: false };
}

function pasteArgs(service: Service | undefined): string[] {
  const text = (key: string) => String(service?.settings[key]?.value ?? '').trim();
  const pem = text('ssl_pem');
  return [
    ...(/^\d+$/.test(text('request_queue_size')) ? ['--backlog', text('request_queue_size')] : []),
    ...(pem !== '' && pem !== '*' ? ['--keyfile', pem, '--certfile', pem] : []),
  ];
}

function entryOf(process: Process | undefined): Omit<GunicornPlan, 'bind' | 'workers'> {
  if (!process) return { extraArgs: [], environment: [] };
  return {
    extraArgs: [],
    environment: variablesOf(process).kept,
    ...writtenSeconds(process),
    umask: process.umask.value,
  };
}

// What nobody wrote stays with Gravity's defaults.
function writtenSeconds({ startTimeout, stopTimeout }: Process): {
  startTimeout?: number;
  stopTimeout?: number;
} {
  return {
    ...(startTimeout.origin.kind === 'source' ? { startTimeout: startTimeout.value } : {}),
    ...(stopTimeout.origin.kind === 'source' ? { stopTimeout: stopTimeout.value } : {}),
  };
}

function planUwsgi(instance: Instance, services: readonly Service[]): WebPlan {
  const processes = services.flatMap((one) => one.processes);
  const settings = uwsgiSettings(instance);
  const listens = processes.flatMap((one) => one.listens);
  const [first, ...others] = listens;
  const base = entryOf(processes[0]);
  const entry: GunicornPlan = {
    ...base,
    ...settings.entry,
    environment: [...base.environment, ...settings.environment(base.environment)],
    bind: first ? bindOf(first) : 'localhost:8080',
    workers: settings.processes,
    extraArgs: [...others.flatMap((one) => ['--bind', bindOf(one)]), ...settings.extraArgs],
  };
  return {
    entries: [entry],
    list: false,
    closed: [],
    changed: listens
      .filter((one) => one.protocol === 'uwsgi')
      .map((one) => ({ address: bindOf(one), from: 'uwsgi' })),
    before: { processes: settings.processes, threads: settings.threads },
    questions: settings.questions,
  };
}

// Two zerglings take turns on the socket of the pool; two Gunicorns that are restarted in turn need an address each.
function planZerg(
  instance: Instance,
  pools: readonly Service[],
  zerglings: readonly Service[],
  strategy: Strategy,
): WebPlan {
  const settings = uwsgiSettings(instance);
  const listens = pools.flatMap((one) => one.processes).flatMap((one) => one.listens);
  const taken = new Set(
    instance.services
      .flatMap((one) => one.processes)
      .flatMap((one) => one.listens)
      .flatMap((one) => (one.kind === 'tcp' ? [one.port] : [])),
  );
  for (const port of settings.ports) taken.add(port);
  const [first] = listens;
  const address: Endpoint = first ?? {
    kind: 'tcp',
    host: 'localhost',
    port: 8080,
    origin: { value: '', origin: { kind: 'default' } },
  };
  const processes = zerglings.flatMap((one) => one.processes);
  const base = entryOf(processes[0]);
  const count = strategy.kind === 'all-in-one' ? 1 : 2;
  const entries = Array.from(
    { length: count },
    (_, index): GunicornPlan => ({
      ...base,
      ...settings.entry,
      environment: [
        ...base.environment,
        ...settings.environment(base.environment),
        ...(count > 1 ? [ownName(index)] : []),
      ],
      extraArgs: settings.extraArgs,
      bind: bindOf(index === 0 ? address : nextAddress(address, taken)),
      workers: settings.processes,
    }),
  );
  return {
    entries,
    list: count > 1,
    closed: [],
    changed: listens.map((one) => ({ address: bindOf(one), from: one.protocol ?? 'uwsgi' })),
    before: { processes: settings.processes, threads: settings.threads },
    questions: settings.questions,
  };
}

function nextAddress(endpoint: Endpoint, taken: ReadonlySet<number>): Endpoint {
  if (endpoint.kind === 'unix') {
    const [, stem = endpoint.path, ending = ''] = /^(.*?)(\.[^./]*)?$/s.exec(endpoint.path) ?? [];
    return { ...endpoint, path: `${stem}1${ending}` };
  }
  if (endpoint.kind === 'fd') return endpoint;
  let port = endpoint.port + 1;
  while (taken.has(port)) port++;
  return { ...endpoint, port };
}
