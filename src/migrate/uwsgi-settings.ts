// What the options of uWSGI say about the Gunicorn that takes its place.

import type { Instance } from '../model/deployment.ts';
import { looksSecret } from '../model/secrets.ts';
import type { KeptVariable } from './environment.ts';
import type { Question } from './strategy.ts';
import { canonicalUwsgi, socketMask } from './tables/uwsgi-keys.ts';

export interface ClosedSocket {
  readonly umask: string;
  readonly mode: string;
  /** To whom it was given, where that was said. */
  readonly owner?: string;
}

export interface UwsgiSettings {
  readonly processes: number;
  readonly threads: number;
  readonly entry: {
    readonly timeout?: number;
    readonly preload?: boolean;
    readonly stopTimeout?: number;
    readonly umask?: string;
    readonly ownUmask?: boolean;
  };
  readonly extraArgs: readonly string[];
  /** For `--umask`, where the socket was not for everybody; with the mode that it had. */
  readonly socket: ClosedSocket | undefined;
  /** Seconds that mules had to end. */
  readonly muleMercy: number | undefined;
  /** Whom uWSGI itself became. */
  readonly user: string | undefined;
  readonly group: string | undefined;
  /** Variables that the file sets. @param known those that are set already */
  environment(known: readonly KeptVariable[]): readonly KeptVariable[];
  /** Ports that something else of uWSGI takes, as its statistics. */
  readonly ports: readonly number[];
  readonly questions: readonly Question[];
}

export function uwsgiSettings({ legacy, root }: Instance): UwsgiSettings {
  const options = (legacy?.uwsgi?.options ?? []).filter((one) => one.effective);
  const all = (name: string) =>
    options.filter((one) => canonicalUwsgi(one.key) === name).map((one) => String(one.value.value).trim());
  const last = (name: string) => all(name).at(-1);
  const number = (name: string) => {
    const text = last(name);
    return text !== undefined && /^\d{1,9}$/.test(text) ? Number(text) : undefined;
  };
  const isOn = (name: string) => all(name).length > 0 && !/^(?:false|0|no|off)$/i.test(last(name) ?? '');
  const harakiri = number('harakiri');
  const mercy = number('worker-reload-mercy') ?? number('reload-mercy');
  const [backlog, most] = [number('listen'), number('max-requests')];
  const umask = last('umask');
  const https = last('https') ?? last('https-socket');
  const [, certificate, key] = https?.split(',') ?? [];
  const processes = number('processes') ?? 1;
  const threads = number('threads') ?? 1;
  const cores = last('processes')?.includes('%k') ?? false;
  return {
    processes,
    threads,
    entry: {
      ...(harakiri === undefined || harakiri === 0 ? {} : { timeout: harakiri }),
      ...(isOn('lazy-apps') ? { preload: false } : {}),
      ...(mercy === undefined ? {} : { stopTimeout: mercy }),
      ...(umask === undefined ? {} : { umask, ownUmask: true }),
    },
    socket: socketOf(last('chmod-socket'), last('chown-socket')),
    muleMercy: number('mule-reload-mercy'),
    user: last('uid'),
    group: last('gid'),
    extraArgs: [
      ...(certificate !== undefined && key !== undefined
        ? ['--certfile', certificate, '--keyfile', key]
        : []),
      ...(backlog === undefined ? [] : ['--backlog', String(backlog)]),
      ...(most === undefined ? [] : ['--max-requests', String(most)]),
    ],
    environment: (known) =>
      variables(
        [...all('env'), ...pythonPath(all('pythonpath').map((one) => fromRoot(one, root.value)))],
        known,
      ),
    ports: ['stats', 'stats-http']
      .flatMap((name) => all(name))
      .flatMap((one) => {
        const port = /:(\d+)$/.exec(one)?.[1];
        return port === undefined ? [] : [Number(port)];
      }),
    questions: cores
      ? [
          {
            about: 'gunicorn',
            why: '"%k" is the number of cores of the host',
            choices: ['1 worker', 'as many as the host has cores'],
          },
        ]
      : [],
  };
}

function socketOf(mode: string | undefined, owner: string | undefined): ClosedSocket | undefined {
  const umask = mode === undefined ? undefined : socketMask(mode);
  return mode === undefined || umask === undefined ? undefined : { umask, mode, ...(owner ? { owner } : {}) };
}

function variables(assignments: readonly string[], known: readonly KeptVariable[]): KeptVariable[] {
  const names = new Set(known.map((one) => one.name));
  return assignments.flatMap((one) => {
    const at = one.indexOf('=');
    const name = at < 0 ? one : one.slice(0, at);
    const value = at < 0 ? '' : one.slice(at + 1);
    if (name === '' || names.has(name)) return [];
    names.add(name);
    return [{ name, value, secret: looksSecret(name, value) }];
  });
}

/** A path in the root of Galaxy as it is written there: Gravity's `lib` is that of the root. */
export function fromRoot(path: string, root: string): string {
  return path.startsWith(`${root}/`) ? path.slice(root.length + 1) : path;
}

// `lib` goes first: Gravity's own value is overridden.
function pythonPath(paths: readonly string[]): string[] {
  const others = paths.filter((one) => !/^(?:\.\/)?lib\/?$/.test(one) && !/(?:^|\/)eggs(?:\/|$)/.test(one));
  return others.length === 0 ? [] : [`PYTHONPATH=${['lib', ...others].join(':')}`];
}
