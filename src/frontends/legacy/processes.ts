// The processes of a legacy configuration: as their supervisor program starts them, or, where none is known, as run.sh
// and the documentation of the time did.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { Endpoint, EnvironmentVariable, Process, ServiceKind } from '../../model/deployment.ts';
import { byDefault, derived, isWritten, type Located, map, spanOf } from '../../model/located.ts';
import { join } from '../../model/paths.ts';
import { looksSecret } from '../../model/secrets.ts';
import { type IniValue, placeInValue } from '../../syntax/ini.ts';
import type { ProgramProcess, ReadProgram, Variable } from './supervisor-programs.ts';

/** What the processes of one instance share. */
export interface Ground {
  readonly root: Located<string>;
  readonly logDir: Located<string>;
  readonly virtualenv?: Located<string>;
  readonly user?: Located<string>;
  readonly group?: Located<string>;
  readonly report: Report;
}

/** What the front end adds to a process. */
export interface Extra {
  readonly listens?: readonly Endpoint[];
  readonly graceful?: Process['graceful'];
}

const types: Partial<Record<ServiceKind, string>> = { handler: 'standalone', uwsgi: 'uwsgi' };
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** A process that no file tells how to start. */
export function ownProcess(
  ground: Ground,
  kind: ServiceKind,
  name: string,
  argv: readonly Located<string>[],
  extra: Extra & { readonly serverName?: Located<string>; readonly stopSignal?: Process['stopSignal'] } = {},
): Process {
  const { root, logDir, virtualenv, user, group } = ground;
  const variables: Variable[] = virtualenv
    ? [
        { name: 'VIRTUAL_ENV', value: virtualenv },
        { name: 'PATH', value: map(virtualenv, (path) => `${path}/bin:${systemPath}`) },
      ]
    : [];
  return {
    name,
    type: types[kind] ?? kind,
    argv,
    env: variables.map(environmentVariable),
    cwd: root,
    umask: byDefault('022'),
    ...(user ? { user } : {}),
    ...(group ? { group } : {}),
    startTimeout: byDefault(15),
    stopTimeout: byDefault(65),
    stopSignal: extra.stopSignal ?? 'TERM',
    restart: 'always',
    autostart: true,
    readiness: 'exec',
    listens: extra.listens ?? [],
    dirs: [],
    log: map(logDir, (folder) => join(folder, `${name}.log`)),
    graceful: extra.graceful ?? 'restart',
    ...(extra.serverName ? { serverName: extra.serverName } : {}),
    pools: [],
  };
}

/** A process of a supervisor program, exactly as supervisord starts it. */
export function programProcess(
  ground: Ground,
  kind: ServiceKind,
  read: ReadProgram,
  process: ProgramProcess,
  extra: Extra = {},
): Process {
  const { root, logDir, report } = ground;
  const { program, get } = read;
  const value = (key: string) => {
    const found = get(key);
    return found && { found, located: locate(found) };
  };
  const number = (key: string, fallback: number): Located<number> => {
    const one = value(key);
    if (!one) return byDefault(fallback);
    if (/^-?\d{1,9}$/.test(one.located.value)) return map(one.located, Number);
    report(invalid(key, one.located, `write ${key}=${fallback}`));
    return byDefault(fallback);
  };
  const priority = get('priority') ? number('priority', 999) : undefined;
  const user = value('user')?.located;
  const umask = value('umask')?.located;
  const { facts } = process;
  const group =
    facts.unixGroup === undefined ? undefined : map(process.argv[0] ?? root, () => facts.unixGroup ?? '');
  return {
    name: process.name.value,
    type: types[kind] ?? kind,
    argv: process.argv,
    env: process.env.map(environmentVariable),
    cwd: process.cwd ? map(process.cwd, (path) => join(root.value, path)) : root,
    umask: umask ?? byDefault('022'),
    ...(user ? { user } : {}),
    startTimeout: number('startsecs', 1),
    stopTimeout: number('stopwaitsecs', 10),
    stopSignal: stopSignal(value('stopsignal')?.located, report),
    restart: restart(value('autorestart')?.located, report),
    autostart: truth(value('autostart')?.located, true, 'autostart', report),
    ...(priority ? { priority } : {}),
    readiness: 'exec',
    listens: extra.listens ?? [],
    dirs: [],
    log: process.log
      ? map(process.log, (path) => join(root.value, path))
      : derived(join(logDir.value, `${process.name.value}.log`), 'the folder of the logs', spanOf(logDir)),
    graceful: extra.graceful ?? 'restart',
    ...(process.serverName ? { serverName: process.serverName } : {}),
    pools: process.pools,
    program: program.name,
    ...(program.group ? { programGroup: program.group } : {}),
    stopAsGroup: truth(value('stopasgroup')?.located, false, 'stopasgroup', report),
    // A group that a wrapper changes to is changed by the wrapper; it is not the process manager's to set.
    ...(group && !facts.wrappers.some((one) => one.startsWith('sg ')) ? { group } : {}),
  };
}

/** Settings that have no place in the model: told once a program, so that nobody misses them. */
export function reportNotCarried({ program, get }: ReadProgram, report: Report): void {
  for (const key of notCarried) {
    const found = get(key);
    if (!found) continue;
    report(
      problem(
        'GX194',
        `"${key}" of program "${program.name.value}" is not carried over`,
        locate(found).origin.span,
        {
          why: 'what gxgen renders leaves it to the process manager',
        },
      ),
    );
  }
}

const notCarried = [
  ...['startretries', 'exitcodes', 'killasgroup', 'stderr_logfile', 'stdout_logfile_maxbytes'],
  ...[
    'stdout_logfile_backups',
    'stderr_logfile_maxbytes',
    'stderr_logfile_backups',
    'stdout_capture_maxbytes',
  ],
  ...['stderr_capture_maxbytes', 'stdout_events_enabled', 'stderr_events_enabled', 'serverurl'],
];

function environmentVariable({ name, value }: Variable): EnvironmentVariable {
  return { name, value, secret: looksSecret(name, value.value) };
}

function locate(value: IniValue) {
  const span = placeInValue(value, 0, value.text.length);
  return { value: value.text, origin: { kind: 'source' as const, span } };
}

function stopSignal(value: Located<string> | undefined, report: Report): Process['stopSignal'] {
  const name = (value?.value ?? 'TERM').toUpperCase().replace(/^SIG/, '');
  const numbers: Readonly<Record<string, Process['stopSignal']>> = {
    1: 'HUP',
    2: 'INT',
    3: 'QUIT',
    15: 'TERM',
  };
  if (/^(?:TERM|INT|QUIT|HUP)$/.test(name)) return name as Process['stopSignal'];
  const number = numbers[name];
  if (number) return number;
  if (value)
    report(
      /^(?:KILL|USR1|USR2|9|10|12)$/.test(name)
        ? problem('GX194', `"stopsignal=${value.value}" is not carried over`, spanOf(value), {
            severity: 'warning',
            why: 'Galaxy and uWSGI cannot end in order after it, so gxgen takes TERM',
            help: 'write TERM, INT, QUIT or HUP',
          })
        : invalid('stopsignal', value, 'gxgen stops processes with TERM, INT, QUIT or HUP'),
    );
  return 'TERM';
}

function restart(value: Located<string> | undefined, report: Report): Process['restart'] {
  const word = (value?.value ?? 'unexpected').toLowerCase();
  if (word === 'unexpected') return 'on-failure';
  return truth(value, true, 'autorestart', report) ? 'always' : 'no';
}

function truth(value: Located<string> | undefined, fallback: boolean, key: string, report: Report): boolean {
  const word = value?.value.toLowerCase();
  if (word === undefined) return fallback;
  if (['yes', 'true', 'on', '1'].includes(word)) return true;
  if (['no', 'false', 'off', '0', 'none'].includes(word)) return false;
  report(invalid(key, value as Located<string>, `write ${key}=true or ${key}=false`));
  return fallback;
}

function invalid(key: string, value: Located<string>, help: string) {
  return problem('GX193', `"${value.value}" is no value for "${key}"`, spanOf(value), { help });
}

/** The user or group that all programs share, where they share one. */
export function common(values: readonly (Located<string> | undefined)[]): Located<string> | undefined {
  const first = values[0];
  return first && values.every((one) => one?.value === first.value) && isWritten(first) ? first : undefined;
}
