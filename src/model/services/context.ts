// What all services of an instance share, and how a process is put together from it.

import type { Report } from '../../diagnostics/diagnostic.ts';
import { problem } from '../../diagnostics/diagnostic.ts';
import type { Endpoint, EnvironmentVariable, Process } from '../deployment.ts';
import { byDefault, derived, isWritten, type Located, map, spanOf } from '../located.ts';
import { join } from '../paths.ts';
import { looksSecret } from '../secrets.ts';
import type { CommonSettings, VariableSetting } from '../settings.ts';
import { splitShellWords } from '../shell-words.ts';

/** The part of an instance that its processes depend on. */
export interface ServiceContext {
  readonly instanceName: Located<string>;
  /** True when names carry the instance. */
  readonly named: boolean;
  readonly layout: 'source' | 'installed';
  readonly root: Located<string>;
  readonly configFile: Located<string>;
  readonly virtualenv?: Located<string>;
  readonly user?: Located<string>;
  readonly group?: Located<string>;
  readonly stateDir: Located<string>;
  readonly logDir: Located<string>;
  /** True when gunicorn knows `--no-control-socket` (25.1.0 and later). */
  readonly controlSocket: boolean;
  /** Set when the file asks for `service_command_style: gravity`: processes are started through `galaxyctl exec`. */
  readonly throughGravity?: { readonly gravityFile: Located<string>; readonly serviceInstances: boolean };
  readonly report: Report;
}

/** The directories Debian and systemd search, behind the virtualenv's own. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** What is particular to one process. */
export interface ProcessParts {
  readonly name: string;
  readonly type: string;
  readonly argv: readonly Located<string>[];
  readonly settings: CommonSettings;
  /** Variables before the administrator's own, besides `VIRTUAL_ENV` and `PATH`. */
  readonly variables: readonly { readonly name: string; readonly value: Located<string> }[];
  readonly listens?: readonly Endpoint[];
  readonly dirs?: readonly Located<string>[];
  readonly graceful: Process['graceful'];
  readonly readiness?: Process['readiness'];
  readonly serverName?: Located<string>;
  readonly pools?: readonly Located<string>[];
  /** Gravity's service name and number, for processes it keeps as one list. */
  readonly list?: { readonly name: string; readonly index: number; readonly count: number };
}

export function makeProcess(context: ServiceContext, parts: ProcessParts): Process {
  const { settings } = parts;
  const logName = context.named ? `${context.instanceName.value}_${parts.type}_${parts.name}` : parts.name;
  const gravity = context.throughGravity;
  return {
    name: parts.name,
    type: parts.type,
    argv: gravity ? gravityCommand(context, parts, gravity) : parts.argv,
    env: gravity ? [] : environment(context, parts.variables, settings.environment),
    cwd: context.root,
    umask: settings.umask,
    ...(context.user ? { user: context.user } : {}),
    ...(context.group ? { group: context.group } : {}),
    startTimeout: settings.startTimeout,
    stopTimeout: settings.stopTimeout,
    stopSignal: 'TERM',
    restart: 'always',
    autostart: true,
    readiness: gravity ? 'exec' : (parts.readiness ?? 'exec'),
    ...(settings.memoryHigh ? { memoryHigh: settings.memoryHigh } : {}),
    ...(settings.memoryMax ? { memoryMax: settings.memoryMax } : {}),
    listens: parts.listens ?? [],
    dirs: parts.dirs ?? [],
    log: map(context.logDir, (folder) => join(folder, `${logName}.log`)),
    graceful: parts.graceful,
    ...(parts.serverName ? { serverName: parts.serverName } : {}),
    pools: parts.pools ?? [],
  };
}

/** `{virtualenv}/bin/NAME`, or the bare name where no virtualenv is set. */
export function program(context: ServiceContext, name: string): Located<string> {
  const { virtualenv } = context;
  return virtualenv
    ? derived(`${trimSlash(virtualenv.value)}/bin/${name}`, 'virtualenv', spanOf(virtualenv))
    : byDefault(name);
}

/** Words that gxgen puts on the command line itself. */
export function words(...texts: string[]): Located<string>[] {
  return texts.map((text) => byDefault(text));
}

/** The words of free text; text that cannot be split is reported and gives none. */
export function extraWords(context: ServiceContext, text: Located<string>): Located<string>[] {
  const split = splitShellWords(text.value);
  if (split.ok) return split.words.map((word) => ({ value: word, origin: text.origin }));
  context.report(
    problem('GX310', `"extra_args" cannot be split into arguments: ${split.message}`, spanOf(text), {
      why: 'where one argument ends and the next begins is not known',
      help: 'quote as in a shell: an argument with blanks goes into \'...\' or "..."',
    }),
  );
  return [];
}

/** `--option=VALUE` that stands where its value was written. */
export function glued(option: string, value: Located<string | number>): Located<string> {
  return map(value, (text) => `${option}${text}`);
}

/** The value as a word of its own. */
export function word(value: Located<string | number>): Located<string> {
  return map(value, String);
}

function gravityCommand(
  context: ServiceContext,
  parts: ProcessParts,
  gravity: NonNullable<ServiceContext['throughGravity']>,
): Located<string>[] {
  const { list } = parts;
  const asList = gravity.serviceInstances && list !== undefined;
  return [
    program(context, 'galaxyctl'),
    ...words('--config-file'),
    gravity.gravityFile,
    ...words('exec', ...(asList && list.count > 1 ? ['--service-instance', String(list.index)] : [])),
    context.instanceName,
    ...words(asList ? list.name : parts.name),
  ];
}

// The administrator's value takes the place of ours; new names follow; PATH stands last unless it was written.
function environment(
  context: ServiceContext,
  variables: ProcessParts['variables'],
  written: readonly VariableSetting[],
): EnvironmentVariable[] {
  const values = new Map<string, Located<string>>();
  for (const { name, value } of variables) values.set(name, value);
  const { virtualenv } = context;
  if (virtualenv) values.set('VIRTUAL_ENV', virtualenv);
  for (const { name, value } of written) values.set(name.value, value);
  if (virtualenv && !values.has('PATH')) {
    values.set(
      'PATH',
      derived(`${trimSlash(virtualenv.value)}/bin:${systemPath}`, 'virtualenv', spanOf(virtualenv)),
    );
  }
  return [...values].map(([name, value]) => ({
    name,
    value,
    secret: isWritten(value) && isSecret(name, value),
  }));
}

function trimSlash(path: string): string {
  return path.length > 1 ? path.replace(/\/+$/, '') || '/' : path;
}

// The processes of a handler share their values, and a value may be long.
const judged = new WeakMap<Located<string>, boolean>();

function isSecret(name: string, value: Located<string>): boolean {
  let secret = judged.get(value);
  if (secret === undefined) {
    secret = looksSecret(name, value.value);
    judged.set(value, secret);
  }
  return secret;
}
