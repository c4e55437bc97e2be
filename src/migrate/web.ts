// The web side: Paste servers, uWSGI and Zerg Mode to Gunicorn, with the addresses that stay and those that end.

import type { Endpoint, Instance, Process, Service } from '../model/deployment.ts';
import { type KeptVariable, variablesOf } from './environment.ts';
import type { Question, Strategy } from './strategy.ts';
import { type ClosedSocket, uwsgiSettings } from './uwsgi-settings.ts';

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
  /** True when it is written down here though all have the same: the old file said it of the web server. */
  readonly ownUmask?: boolean;
}

export interface WebPlan {
  readonly entries: readonly GunicornPlan[];
  /** True for a list, whose members are restarted one by one. */
  readonly list: boolean;
  /** Addresses where nothing listens afterwards. */
  readonly closed: readonly string[];
  /** Addresses whose protocol changes. */
  readonly changed: readonly { readonly address: string; readonly from: string }[];
  /** True when no address was read, so that `bind` is a guess. */
  readonly guessed: boolean;
  /** Requests at once before: processes times threads. */
  readonly before: { readonly processes: number; readonly threads: number };
  readonly questions: readonly Question[];
}

/** @param keepPorts one Gunicorn for each old port, so that the proxy can stay as it is */
export function planWeb(instance: Instance, strategy: Strategy, keepPorts: boolean): WebPlan {
  const of = (kind: Service['kind']) => instance.services.filter((one) => one.kind === kind);
  const pools = of('zergpool');
  const uwsgi = of('uwsgi');
  if (pools.length > 0)
    return planZerg(instance, pools, of('zergling'), strategy, bindsOf([...of('paste'), ...uwsgi]));
  if (uwsgi.length > 0) return planUwsgi(instance, uwsgi, bindsOf(of('paste')));
  return planPaste(of('paste'), strategy, keepPorts);
}

function bindsOf(services: readonly Service[]): string[] {
  return services.flatMap((one) => one.processes).flatMap((one) => one.listens.map(bindOf));
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
  const guess: Question[] = binds.length === 0 ? [noWebServer] : [];
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
    guessed: binds.length === 0,
    before: { processes: processes.length, threads },
    questions: [...guess, ...questions],
  };
}

const noWebServer: Question = {
  about: 'gunicorn',
  why: 'no file says where the web server listens, so the address is a guess',
  choices: ['localhost:8080', 'another one', 'name the file that has it'],
};

/** The variable that tells apart the workers of several Gunicorns: without it all are called `main.1` and so on. */
export const serverNameVariable = 'GALAXY_CONFIG_SERVER_NAME';

/** What the web server had: variables of its own, without those that tell several Gunicorns apart. */
export function webVariables({ entries }: WebPlan): KeptVariable[] {
  return (entries[0]?.environment ?? []).filter((one) => one.name !== serverNameVariable);
}

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

/** @param others addresses of web servers that end */
function planUwsgi(instance: Instance, services: readonly Service[], others: readonly string[]): WebPlan {
  const processes = services.flatMap((one) => one.processes);
  const settings = uwsgiSettings(instance);
  const listens = processes.flatMap((one) => one.listens);
  const [first, ...further] = listens;
  const base = entryOf(processes[0]);
  const socket = listens.some((one) => one.kind === 'unix') ? settings.socket : undefined;
  const entry: GunicornPlan = {
    ...base,
    ...settings.entry,
    environment: [...base.environment, ...settings.environment(base.environment)],
    bind: first ? bindOf(first) : 'localhost:8080',
    workers: settings.processes,
    extraArgs: [
      ...further.flatMap((one) => ['--bind', bindOf(one)]),
      ...settings.extraArgs,
      ...(socket ? ['--umask', socket.umask] : []),
    ],
  };
  return {
    entries: [entry],
    list: false,
    closed: others,
    changed: listens
      .filter((one) => one.protocol === 'uwsgi')
      .map((one) => ({ address: bindOf(one), from: 'uwsgi' })),
    guessed: listens.length === 0,
    before: { processes: settings.processes, threads: settings.threads },
    questions: [
      ...settings.questions,
      ...(listens.length === 0 ? [noWebServer] : []),
      ...(socket?.owner ? [closedSocket(socket)] : []),
    ],
  };
}

function closedSocket({ umask, mode, owner }: ClosedSocket): Question {
  return {
    about: 'gunicorn',
    why: `the socket was given to ${owner} with the mode ${mode}; that of Gunicorn belongs to the account and the group of Galaxy`,
    choices: [
      `keep it closed to others (--umask ${umask} in extra_args), and put the account of the proxy into the group of Galaxy`,
      `open it to everybody on the host: take --umask ${umask} out`,
    ],
  };
}

// Two zerglings take turns on the socket of the pool; two Gunicorns that are restarted in turn need an address each.
const oneOnly: Question = {
  about: 'gunicorn',
  why: 'the web server handles jobs itself, so there cannot be two of them, and a restart breaks connections',
  choices: ['one Gunicorn', 'handlers of their own (--separate-handlers), and two Gunicorns'],
};

function planZerg(
  instance: Instance,
  pools: readonly Service[],
  zerglings: readonly Service[],
  strategy: Strategy,
  others: readonly string[],
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
    closed: [...others, ...listens.slice(1).map(bindOf)],
    changed: listens.map((one) => ({ address: bindOf(one), from: one.protocol ?? 'uwsgi' })),
    guessed: listens.length === 0,
    before: { processes: settings.processes, threads: settings.threads },
    questions: count === 1 ? [...settings.questions, oneOnly] : settings.questions,
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
