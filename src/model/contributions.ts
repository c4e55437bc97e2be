// Where the values of one line went: every leaf of the model that comes from there, by its origin.

import type { Span } from '../text/source.ts';
import type { Deployment, Instance, Process, Service } from './deployment.ts';
import type { Located, Origin } from './located.ts';

/** A value that a line brought about. */
export interface Contribution {
  /** What has it: a process by its name, a service, Galaxy's own configuration, the job configuration. */
  readonly owner: string;
  readonly kind: 'process' | 'setting' | 'option' | 'jobs' | 'instance' | 'gxgen';
  /** What it is there: `argument`, `environment PATH`, `memory limit`. */
  readonly role: string;
  readonly value: unknown;
  /** Of the leaf. */
  readonly origin: Origin;
  /** The value is secret by its nature. */
  readonly secret: boolean;
}

/** Everything that comes from a place that `covers` accepts, in the order of the model. */
export function contributions(deployment: Deployment, covers: (span: Span) => boolean): Contribution[] {
  const found: Contribution[] = [];
  const add = (
    owner: string,
    kind: Contribution['kind'],
    role: string,
    leaf: Located<unknown> | undefined,
    secret = false,
  ): void => {
    if (!leaf || leaf.origin.kind === 'default') return;
    const { span } = leaf.origin;
    if (span && covers(span))
      found.push({ owner, kind, role, value: leaf.value, origin: leaf.origin, secret });
  };
  for (const role of deployment.elsewhere) add('gxgen', 'gxgen', 'runs elsewhere', role);
  add('gxgen', 'gxgen', 'database connections', deployment.limits.dbConnections);
  add('gxgen', 'gxgen', 'bytes of memory', deployment.limits.memory);
  for (const instance of deployment.instances) ofInstance(instance, add);
  return found;
}

type Add = (
  owner: string,
  kind: Contribution['kind'],
  role: string,
  leaf: Located<unknown> | undefined,
  secret?: boolean,
) => void;

function ofInstance(instance: Instance, add: Add): void {
  const owner = instance.name.value;
  const fields: readonly (readonly [string, Located<unknown> | undefined])[] = [
    ['name', instance.name],
    ['process manager', instance.processManager],
    ['Galaxy root', instance.root],
    ['configuration file', instance.configFile],
    ['file with the gravity section', instance.gravityFile],
    ['virtualenv', instance.virtualenv],
    ['user', instance.user],
    ['group', instance.group],
    ['release', instance.release],
    ['data directory', instance.dataDir],
    ['state directory', instance.stateDir],
    ['log directory', instance.logDir],
    ['log namespace', instance.logNamespace],
  ];
  for (const [role, leaf] of fields) add(owner, 'instance', role, leaf);
  for (const { name, value, secret } of instance.options) add('Galaxy', 'option', name, value, secret);
  for (const service of instance.services) ofService(service, add);
  walk(instance.jobs, [], 0, (path, leaf) => add('job configuration', 'jobs', path.join(' '), leaf));
  if (instance.workflowSchedulers)
    walk(instance.workflowSchedulers, [], 0, (path, leaf) =>
      add('workflow schedulers', 'jobs', path.join(' '), leaf),
    );
  walk(instance.proxy, [], 0, (path, leaf) => add('proxy', 'gxgen', path.join(' '), leaf));
}

function ofService({ name, settings, processes }: Service, add: Add): void {
  for (const [key, leaf] of Object.entries(settings)) add(name, 'setting', key, leaf);
  for (const process of processes) ofProcess(process, add);
}

function ofProcess(process: Process, add: Add): void {
  const own = (role: string, leaf: Located<unknown> | undefined, secret = false) =>
    add(process.name, 'process', role, leaf, secret);
  for (const one of process.argv) own('argument', one);
  for (const { name, value, secret } of process.env) own(`environment ${name}`, value, secret);
  own('working directory', process.cwd);
  own('umask', process.umask);
  own('user', process.user);
  own('group', process.group);
  own('seconds to start', process.startTimeout);
  own('seconds to stop', process.stopTimeout);
  own('memory from which it is slowed (bytes)', process.memoryHigh);
  own('memory at which it is stopped (bytes)', process.memoryMax);
  for (const one of process.listens) own('listens on', one.origin);
  for (const one of process.dirs) own('directory', one);
  own('log', process.log);
  own('server name', process.serverName);
  for (const one of process.pools) own('pool', one);
}

// The routing model is a few levels deep; parameters of destinations are plain values and are not entered.
const deepest = 8;

/** Every leaf below a value, with the keys that lead to it, lists counted from 1. */
function walk(
  value: unknown,
  path: readonly string[],
  depth: number,
  see: (path: readonly string[], leaf: Located<unknown>) => void,
): void {
  if (typeof value !== 'object' || value === null || depth > deepest) return;
  if ('value' in value && 'origin' in value) {
    const leaf = value as Located<unknown>;
    if (Array.isArray(leaf.value) && leaf.value.some(isLeaf)) {
      for (const one of leaf.value) walk(one, path, depth + 1, see);
    } else see(path, leaf);
    return;
  }
  if (Array.isArray(value)) {
    for (const one of value) walk(one, path, depth + 1, see);
    return;
  }
  const name = nameOf(value);
  for (const [key, item] of Object.entries(value)) {
    if (key === 'span' || key === 'place' || key === 'expandedAt' || key === 'file' || key === 'format')
      continue;
    const step = words[key] ?? key;
    walk(item, name === undefined || key === 'id' ? [...path, step] : [...path, name, step], depth + 1, see);
  }
}

// Lists of entries by what one entry is called; the rest are their own names.
const words: Readonly<Record<string, string>> = {
  handlers: 'handler',
  runners: 'runner',
  destinations: 'destination',
  tools: 'tool',
  limits: 'limit',
  params: 'parameter',
  resourceGroups: 'resource group',
  tags: 'tag',
  plugins: 'runner',
  defaultDestination: 'default destination',
  maxGrab: 'max_grab',
  readyWindowSize: 'ready_window_size',
  serverNames: 'public name',
  catchAll: 'catch-all',
  certificateKey: 'certificate key',
  hstsMaxAge: 'seconds of HSTS',
  hstsSubdomains: 'HSTS for subdomains',
  redirectHttp: 'redirect of HTTP',
  acmeWebroot: 'ACME webroot',
  trustedProxies: 'trusted proxy',
  maxFails: 'failures',
  pluginsRoot: 'plugins',
  roots: 'data directory',
  maxBody: 'largest request',
  tusStyle: 'tusd addresses',
  legacyModule: 'upload module',
  headerBuffer: 'header buffer',
  interactiveTools: 'interactive tools',
  passwordFile: 'password file',
  remoteUser: 'remote user',
  rateLimit: 'rate limit',
  errorPage: 'error page',
  accessLog: 'access log',
  errorLog: 'error log',
  extraHttp: 'extra lines outside',
};

function nameOf(value: object): string | undefined {
  const { id, name } = value as { id?: unknown; name?: unknown };
  const named = isLeaf(id) ? id : isLeaf(name) ? name : undefined;
  return typeof named?.value === 'string' ? `"${named.value}"` : undefined;
}

function isLeaf(value: unknown): value is Located<unknown> {
  return typeof value === 'object' && value !== null && 'value' in value && 'origin' in value;
}
