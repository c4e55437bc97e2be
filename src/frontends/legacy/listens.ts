// Where legacy servers listen: the keys of a Paste server, the addresses of uWSGI.

import type { Endpoint } from '../../model/deployment.ts';
import type { LegacyOption, UwsgiOption } from '../../model/legacy.ts';
import { byDefault, type Located } from '../../model/located.ts';
import { loaderOf } from './paste.ts';
import { uwsgiValues } from './uwsgi-options.ts';

/** True for what loads the HTTP server of Paste. */
export function isHttpServer({ value: { value } }: LegacyOption): boolean {
  return /^egg:Paste(?:Script)?#http$/i.test(value) || /paste\.httpserver/.test(value);
}

/**
 * Of the HTTP server of Paste: 127.0.0.1:8080 unless the section says otherwise. Undefined for a port that is none, and for
 * another server that says none.
 */
export function pasteEndpoint(settings: readonly LegacyOption[]): Endpoint | undefined {
  const get = (name: string) => settings.find((one) => one.name === name && one.effective)?.value;
  const loader = loaderOf(settings);
  if (loader && !isHttpServer(loader) && !get('port')) return undefined;
  const host = get('host');
  const port = get('port');
  const origin = port ?? host ?? byDefault('127.0.0.1:8080');
  // A host may bring its port along where no port is set.
  const both = port ? undefined : /^(.*):(\d{1,5})$/s.exec(host?.value ?? '');
  const isV6 =
    both !== undefined && both !== null && (both[1] ?? '').includes(':') && !(both[1] ?? '').endsWith(']');
  const [name, digits] =
    both && !isV6 ? [both[1], both[2]] : [host?.value, port?.value ?? (get('ssl_pem') ? '4443' : '8080')];
  const number = /^\d{1,5}$/.test((digits ?? '').trim()) ? Number(digits) : Number.NaN;
  if (!Number.isInteger(number) || number > 65_535) return undefined;
  return { kind: 'tcp', host: bare(name ?? '127.0.0.1'), port: number, origin, protocol: 'http' };
}

/** All addresses of a uWSGI, in the order of its options. Without `socket` and `http` it has none. */
export function uwsgiEndpoints(options: readonly UwsgiOption[]): Endpoint[] {
  const shared = uwsgiValues(options, 'shared-socket').map((one) => one.value);
  const found: Endpoint[] = [];
  for (const [name, protocol] of [
    ['socket', 'uwsgi'],
    ['http-socket', 'http'],
    ['http', 'http'],
    ['https', 'http'],
  ] as const)
    for (const { value } of uwsgiValues(options, name)) {
      const endpoint = uwsgiAddress(value, shared, protocol, name === 'http' || name === 'https');
      if (endpoint) found.push(endpoint);
    }
  return found;
}

/**
 * One address of uWSGI: `HOST:PORT`, `:PORT`, a path, `=N` for the shared socket of that number.
 * @param router the address of the HTTP router, which may be a port alone
 */
export function uwsgiAddress(
  origin: Located<string>,
  shared: readonly Located<string>[],
  protocol: 'http' | 'uwsgi',
  router = false,
): Endpoint | undefined {
  const text = (origin.value.split(',')[0] ?? '').trim();
  const index = /^=(\d{1,3})$/.exec(text)?.[1];
  if (index !== undefined) {
    const target = shared[Number(index)];
    return target ? uwsgiAddress({ value: target.value, origin: origin.origin }, [], protocol) : undefined;
  }
  const fd = /^fd:\/\/(\d{1,6})$/.exec(text)?.[1];
  if (fd !== undefined) return { kind: 'fd', fd: Number(fd), origin, protocol };
  // What follows the digits is passed over, as C's atoi does it.
  const tcp = /^(\[[^\]]*\]|[^/:]*):(\d{1,5})(?!\d)/.exec(text);
  if (tcp) {
    const port = Number(tcp[2]);
    return port > 65_535
      ? undefined
      : { kind: 'tcp', host: bare(tcp[1] ?? '') || '0.0.0.0', port, origin, protocol };
  }
  if (router && /^\d{1,5}$/.test(text))
    return { kind: 'tcp', host: '0.0.0.0', port: Number(text), origin, protocol };
  return text === '' || text.includes('%') ? undefined : { kind: 'unix', path: text, origin, protocol };
}

/** The public addresses of a Zerg pool: behind the first colon of `SOCKET:ADDRESS,ADDRESS`. */
export function poolEndpoints(value: Located<string>): Endpoint[] {
  const at = value.value.indexOf(':');
  if (at < 0) return [];
  return value.value
    .slice(at + 1)
    .split(',')
    .flatMap((one) => uwsgiAddress({ value: one, origin: value.origin }, [], 'uwsgi') ?? []);
}

function bare(host: string): string {
  return host.trim().replace(/^\[|\]$/g, '');
}
