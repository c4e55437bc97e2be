// The database of an instance, from its address, and who connects to it.

import { lastArgument } from './arguments.ts';
import type { Deployment, Instance, Service } from './deployment.ts';
import type { Located } from './located.ts';
import { inEnvironment, numberOption, textOption } from './options.ts';
import { isPublic } from './site.ts';

export type DatabaseKind = 'sqlite' | 'postgresql' | 'mysql' | 'other';

export interface Database {
  readonly kind: DatabaseKind;
  /** Undefined where Galaxy falls back to SQLite in its data directory. Never shown: it holds a password. */
  readonly url?: Located<string>;
}

/** The parts of an address that matter before the database is asked. */
export interface Address {
  /** With the driver: `postgresql+psycopg2`. */
  readonly scheme: string;
  /** Everything between `//` and the last `@`; undefined without one. */
  readonly login?: string;
}

/** Splits `scheme://login@host/name`; undefined for what is no address. */
export function databaseAddress(url: string): Address | undefined {
  const match = /^([A-Za-z][A-Za-z0-9+_.-]*):\/\//.exec(url);
  if (!match) return undefined;
  const rest = url.slice(match[0].length).split('?', 1)[0] ?? '';
  const at = rest.lastIndexOf('@');
  const scheme = (match[1] ?? '').toLowerCase();
  return at < 0 ? { scheme } : { scheme, login: rest.slice(0, at) };
}

/** Undefined when the address comes from the environment, so that nothing is known. */
export function databaseOf(instance: Instance): Database | undefined {
  if (inEnvironment(instance, 'database_connection')) return undefined;
  const url = textOption(instance, 'database_connection');
  if (!url) return { kind: 'sqlite' };
  return { kind: kindOf(databaseAddress(url.value)?.scheme), url };
}

function kindOf(scheme: string | undefined): DatabaseKind {
  const dialect = scheme?.split('+', 1)[0];
  if (dialect === 'sqlite') return 'sqlite';
  if (dialect === 'postgresql' || dialect === 'postgres') return 'postgresql';
  return dialect === 'mysql' || dialect === 'mariadb' ? 'mysql' : 'other';
}

/** True for an SQLite database without a file: each process has its own. */
export function isInMemory({ url }: Database): boolean {
  return url !== undefined && /^sqlite(?:\+\w+)?:\/\/(?:\/?|\/:memory:)(?:\?.*)?$/s.test(url.value);
}

/** True when both are the same database, as far as their addresses tell: two SQLite defaults are two files. */
export function sameDatabase(one: Instance, other: Instance): boolean {
  const key = databaseKey(one);
  return key !== undefined && key === databaseKey(other);
}

/** The instances that share a database, in their order: parts of one Galaxy, written down apart. Most stand alone. */
export function byDatabase({ instances }: Deployment): readonly (readonly Instance[])[] {
  const groups = new Map<unknown, Instance[]>();
  for (const instance of instances) {
    // What is not written down is shared with nobody.
    const key = databaseKey(instance) ?? instance;
    const group = groups.get(key);
    if (group) group.push(instance);
    else groups.set(key, [instance]);
  }
  return [...groups.values()];
}

// A relative path of SQLite starts from the root.
function databaseKey(instance: Instance): string | undefined {
  const database = databaseOf(instance);
  const url = database?.url?.value;
  return url !== undefined && database?.kind === 'sqlite' ? `${url}\n${instance.root.value}` : url;
}

/** The services whose processes are Galaxy itself, with the database open. */
export function galaxyServices(instance: Instance): Service[] {
  return instance.services.filter(
    ({ kind }) => kind === 'gunicorn' || kind === 'celery' || kind === 'handler',
  );
}

/** How many operating system processes of a service have a pool of connections of their own. */
export function databaseProcesses(service: Service): number {
  const each = service.kind === 'gunicorn' ? workers(service) : prefork(service);
  return service.processes.length * each;
}

function workers(service: Service): number {
  const argument = lastArgument(service.processes[0], ['--workers', '-w']);
  const count = Number(argument?.value ?? service.settings.workers?.value);
  return Number.isInteger(count) && count > 0 ? count : 1;
}

// A prefork worker is one process and its children; any other pool is threads of one process.
function prefork({ kind, settings }: Service): number {
  if (kind !== 'celery' || settings.pool?.value !== 'prefork') return 1;
  const count = Number(settings.concurrency?.value);
  return Number.isInteger(count) && count > 0 ? count + 1 : 1;
}

/** The connections one process may open at most; undefined when there is no bound. Defaults: SQLAlchemy's. */
export function poolCeiling(instance: Instance): number | undefined {
  const size = numberOption(instance, 'database_engine_option_pool_size')?.value ?? 5;
  const overflow = numberOption(instance, 'database_engine_option_max_overflow')?.value ?? 10;
  return size === 0 || overflow < 0 ? undefined : size + overflow;
}

/** True for a server that people use: it has a public name and a database server. Advice is for those. */
export function isProduction(instance: Instance): boolean {
  const database = databaseOf(instance);
  return isPublic(instance) && database?.url !== undefined && database.kind !== 'sqlite';
}
