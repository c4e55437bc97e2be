// Where requests go: the sockets on which the processes of the model listen. Nobody types them a second time.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Endpoint, Instance, Process, Service, ServiceKind } from '../deployment.ts';
import { type Located, spanOf } from '../located.ts';
import { join } from '../paths.ts';

/** Processes that answer alike. */
export interface Upstream {
  /** `galaxy`, `galaxy_tusd`: letters, digits and `_`. */
  readonly name: string;
  readonly protocol: 'http' | 'uwsgi';
  readonly members: readonly Member[];
}

export type Member = (
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly port: number }
) & { readonly origin: Located<unknown> };

/** What Galaxy itself runs in. */
export type Era = 'gunicorn' | 'uwsgi' | 'paste';

export interface WebServers {
  readonly era: Era;
  readonly protocol: 'http' | 'uwsgi';
  readonly services: readonly Service[];
  readonly members: readonly Member[];
}

// A Zerg pool listens for its workers. Where several kinds are left over, the newest is the one that is meant.
const kinds: readonly (readonly [ServiceKind, Era])[] = [
  ['gunicorn', 'gunicorn'],
  ['zergpool', 'uwsgi'],
  ['uwsgi', 'uwsgi'],
  ['paste', 'paste'],
];

/** The web servers of an instance; undefined where it has none, which is reported. */
export function findWebServers(instance: Instance, report: Report): WebServers | undefined {
  for (const [kind, era] of kinds) {
    const services = instance.services.filter((one) => one.kind === kind);
    if (services.length === 0) continue;
    const processes = services.flatMap((one) => one.processes);
    const uwsgi = processes.some(({ listens }) => listens.some((one) => one.protocol === 'uwsgi'));
    const protocol = uwsgi ? 'uwsgi' : 'http';
    const members = processes.flatMap((one) => memberOf(one, protocol, report) ?? []);
    if (members.length === 0) return undefined;
    return { era, protocol, services, members };
  }
  report(
    problem('GX740', 'there is no web server for the proxy to stand in front of', instance.place, {
      why: 'its files name the sockets that Galaxy listens on, and no process of this instance listens',
      help: 'enable "gunicorn" in the gravity section, or compile the files of the machine it runs on',
    }),
  );
  return undefined;
}

/** Processes beside Galaxy, of one kind; undefined where there are none. */
export function companions(name: string, services: readonly Service[], report: Report): Upstream | undefined {
  const members = services
    .flatMap(({ processes }) => processes)
    .flatMap((one) => memberOf(one, 'http', report) ?? []);
  return members.length > 0 ? { name, protocol: 'http', members } : undefined;
}

/** Where to reach a process: the first of its sockets that speaks the protocol. */
function memberOf(process: Process, protocol: 'http' | 'uwsgi', report: Report): Member | undefined {
  const spoken = process.listens.filter((one) => (one.protocol ?? 'http') === protocol);
  const reachable = spoken.find((one) => one.kind !== 'fd');
  if (reachable) return toMember(reachable, process);
  const first = process.listens[0];
  report(
    problem(
      'GX741',
      first
        ? `"${process.name}" listens on nothing that a proxy can name`
        : `where "${process.name}" listens is not known`,
      spanOf(first?.origin ?? process.argv[0]),
      {
        why: 'the proxy needs the path of a socket or an address with a port',
        help: 'bind to unix:/path/to/socket, or to an address such as 127.0.0.1:8080',
      },
    ),
  );
  return undefined;
}

function toMember(endpoint: Exclude<Endpoint, { kind: 'fd' }>, process: Process): Member {
  const { origin } = endpoint;
  if (endpoint.kind === 'unix') return { kind: 'unix', path: join(process.cwd.value, endpoint.path), origin };
  return { kind: 'tcp', host: reachedAt(endpoint.host, process.type), port: endpoint.port, origin };
}

// "localhost" may be two addresses, and a proxy would take them for two members of which one is dead. Python's servers
// and tusd listen on the IPv4 one; gx-it-proxy listens on whichever Node finds first.
function reachedAt(host: string, type: string): string {
  const name = host.toLowerCase();
  if (['', '0.0.0.0', '*', '0'].includes(name)) return '127.0.0.1';
  if (name === '::' || name === '0:0:0:0:0:0:0:0') return '::1';
  return name === 'localhost' && type !== 'gx-it-proxy' ? '127.0.0.1' : host;
}
