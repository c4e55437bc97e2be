// Under which address people reach an instance, and who on the network can reach its processes.

import { lastArgument } from './arguments.ts';
import type { Endpoint, Instance, Process, Service } from './deployment.ts';
import type { Located } from './located.ts';
import { textOption } from './options.ts';

export interface WebAddress {
  readonly scheme: string;
  /** Without user and port; brackets of IPv6 addresses are removed. */
  readonly host: string;
  readonly port?: number;
  /** From the first slash on, as written: empty, `/` or `/galaxy`. */
  readonly path: string;
  readonly origin: Located<string>;
}

/** `galaxy_infrastructure_url` in parts; undefined when it is absent or no web address. */
export function infrastructureUrl(instance: Instance): WebAddress | undefined {
  const origin = textOption(instance, 'galaxy_infrastructure_url');
  if (!origin) return undefined;
  const match = /^(https?):\/\/(?:[^@/?#]*@)?(\[[^\]/]*\]|[^:/?#[\]]*)(?::([^/?#]*))?([^?#]*)/i.exec(
    origin.value,
  );
  if (!match?.[2]) return undefined;
  const port = Number(match[3]);
  return {
    scheme: (match[1] ?? '').toLowerCase(),
    host: match[2].replace(/^\[|\]$/g, '').toLowerCase(),
    ...(match[3] && Number.isInteger(port) ? { port } : {}),
    path: match[4] ?? '',
    origin,
  };
}

/** True when the instance has a name other machines can use: a server for people, not somebody's laptop. */
export function isPublic(instance: Instance): boolean {
  const url = infrastructureUrl(instance);
  return url !== undefined && !isLoopback(url.host) && url.host.includes('.');
}

/** True for names and addresses that only this machine reaches. */
export function isLoopback(host: string): boolean {
  const name = host.toLowerCase();
  return (
    name === 'localhost' || name.endsWith('.localhost') || name === '::1' || /^127(?:\.\d+){3}$/.test(name)
  );
}

/** True for an address that stands for all of the machine. */
export function isWildcard(host: string): boolean {
  return ['', '0.0.0.0', '::', '0', '*', '0:0:0:0:0:0:0:0'].includes(host);
}

/** The TCP addresses of a service that other machines may reach. */
export function openListens(service: Service): Extract<Endpoint, { kind: 'tcp' }>[] {
  return service.processes
    .flatMap(({ listens }) => listens)
    .filter((one): one is Extract<Endpoint, { kind: 'tcp' }> => one.kind === 'tcp' && !isLoopback(one.host));
}

/** The web servers of an instance. */
export function webServers(instance: Instance): Service[] {
  return instance.services.filter((one) => one.kind === 'gunicorn');
}

/** Whose X-Forwarded headers a gunicorn believes: its argument, or the variable it reads otherwise. */
export function forwardedTrust(process: Process): Located<string> | undefined {
  return (
    lastArgument(process, ['--forwarded-allow-ips']) ??
    process.env.findLast(({ name }) => name === 'FORWARDED_ALLOW_IPS')?.value
  );
}

/** `localhost:8080`, `[::1]:8080`, for messages. */
export function address({ host, port }: Extract<Endpoint, { kind: 'tcp' }>): string {
  return host.includes(':') ? `[${host}]:${port}` : `${host}:${port}`;
}

/** True when people other than those on this machine are meant to get at the instance, through a proxy or not. */
export function servesOthers(instance: Instance): boolean {
  if (isPublic(instance)) return true;
  return webServers(instance).some(
    (service) =>
      openListens(service).length > 0 ||
      service.processes.some(({ listens }) => listens.some((one) => one.kind === 'unix')),
  );
}
