// What a folder of units runs: services with their drop-ins, the instances of template units, and the targets that want
// them. Units of Gravity and of hands as well as our own.

import {
  galaxyArguments,
  type RunningGroup,
  type RunningProcess,
  type RunningSet,
  withoutEnv,
} from '../../model/running.ts';
import { dropInPaths } from './drop-ins.ts';
import { type Directives, readDirectives, seconds } from './unit-file.ts';
import { assignments, commandWords, expand, fileAssignments, words } from './words.ts';

type Files = ReadonlyMap<string, string>;

let known: ReadonlySet<string> | undefined;

/** Of a service, what systemd applies to a running process when it reads the units again, or needs later only. */
function isAtOnce(key: string): boolean {
  // Only made by who reads units.
  known ??= new Set(
    [
      ...['ExecReload', 'ExecStop', 'ExecStopPost', 'KillMode', 'KillSignal', 'NotifyAccess', 'Restart'],
      ...['RestartSec', 'RestartPreventExitStatus', 'SendSIGHUP', 'SendSIGKILL', 'SuccessExitStatus'],
      ...['TimeoutSec', 'TimeoutStartSec', 'TimeoutStopSec', 'Type'],
      ...['CPUAccounting', 'CPUQuota', 'CPUWeight', 'IOAccounting', 'IOWeight', 'BlockIOAccounting'],
      ...[
        'MemoryAccounting',
        'MemoryHigh',
        'MemoryLow',
        'MemoryMax',
        'MemoryMin',
        'TasksAccounting',
        'TasksMax',
      ],
    ].map((key) => `Service.${key}`),
  );
  return known.has(key);
}

const systemdTimeout = 90;

export function readUnits(files: Files): RunningSet {
  const units = [...files.keys()].filter((path) => !path.includes('/')).sort();
  const directives = (file: string, id = file) =>
    readDirectives([files.get(file) ?? '', ...dropIns(files, file, id)]);
  const targets = units
    .filter((unit) => unit.endsWith('.target'))
    .map((file) => ({ file, own: directives(file) }));
  const wanted = new Set(targets.flatMap(({ own }) => list(own, 'Unit.Wants')));
  const known = new Set(targets.map(({ file }) => file));
  const unread: { file: string; why: string }[] = [];
  const processes = units
    .filter((unit) => unit.endsWith('.service'))
    .flatMap((file): RunningProcess[] => {
      const own = directives(file);
      const ids = file.endsWith('@.service') ? instancesOf(file, wanted) : [file];
      if (list(own, 'Service.ExecStart').length === 0) {
        unread.push({ file, why: 'it has no ExecStart' });
        return [];
      }
      return ids.map((id) => service(id, file, directives(file, id), { files, wanted, known }));
    });
  return {
    processes,
    groups: targets.map(
      ({ file, own }): RunningGroup => ({
        id: file,
        file,
        wantedBy: list(own, 'Install.WantedBy').join(' '),
      }),
    ),
    unread,
  };
}

function dropIns(files: Files, file: string, id: string): string[] {
  return dropInPaths(files.keys(), file, id).map((path) => files.get(path) ?? '');
}

interface Around {
  readonly files: Files;
  /** What targets want. */
  readonly wanted: ReadonlySet<string>;
  /** The targets. */
  readonly known: ReadonlySet<string>;
}

function service(
  id: string,
  file: string,
  own: Directives,
  { files, wanted, known }: Around,
): RunningProcess {
  const [, instance = ''] = /@([^@]*)\.service$/.exec(id) ?? [];
  const prefix = id.replace(/@?[^@]*\.service$/, (end) =>
    end.startsWith('@') ? '' : end.replace('.service', ''),
  );
  const specifiers = new Map([
    ...[['n', id] as const, ['N', id.replace(/\.service$/, '')] as const, ['p', prefix] as const],
    ...[['i', instance] as const, ['I', instance] as const],
  ]);
  const last = (key: string) => own.get(`Service.${key}`)?.at(-1);
  const raw = (key: string) => expand(last(key) ?? '', specifiers);
  const { argv, env } = withoutEnv(
    commandWords(last('ExecStart') ?? '', specifiers),
    environment(own, specifiers, files),
  );
  const group = list(own, 'Unit.PartOf')[0] ?? '';
  const notifies = /^notify/.test(last('Type') ?? '');
  const settings = [...own].map(([key, values]) => [key, canonical(key, values, specifiers)] as const);
  const environmentKeys = new Set(['Service.Environment', 'Service.EnvironmentFile', 'Service.ExecStart']);
  return {
    id,
    name: processName(id, group),
    file,
    group,
    autostart: known.has(group) ? wanted.has(id) : list(own, 'Install.WantedBy').length > 0,
    argv,
    env,
    cwd: raw('WorkingDirectory').replace(/(.)\/+$/s, '$1'),
    umask: last('UMask') ?? '0022',
    user: raw('User'),
    userGroup: raw('Group'),
    startSeconds: notifies ? seconds(last('TimeoutStartSec'), systemdTimeout) : 0,
    stopSeconds: seconds(last('TimeoutStopSec'), systemdTimeout),
    reloads: last('ExecReload') !== undefined,
    notifies,
    atStart: new Map([
      ['command', JSON.stringify(argv)],
      ['environment', JSON.stringify([...env].sort(([a], [b]) => (a < b ? -1 : 1)))],
      ...settings.filter(
        ([key]) => key.startsWith('Service.') && !isAtOnce(key) && !environmentKeys.has(key),
      ),
    ]),
    atOnce: new Map(settings.filter(([key]) => !key.startsWith('Service.') || isAtOnce(key))),
    ...galaxyArguments(argv),
  };
}

/** The name behind that of the server: `handler_3` of `galaxy-handler_3.service`, `handler@3` of a template. */
function processName(id: string, group: string): string {
  const name = id.replace(/\.service$/, '');
  const base = group === '' ? 'galaxy' : group.replace(/\.target$/, '');
  const own = name.startsWith(`${base}-`) ? name.slice(base.length + 1) : name;
  return own.replace(/(?:\\x[0-9a-f]{2})+/g, (escaped) =>
    Buffer.from(escaped.replaceAll('\\x', ''), 'hex').toString('utf8'),
  );
}

function instancesOf(file: string, wanted: ReadonlySet<string>): string[] {
  const stem = file.slice(0, -'.service'.length);
  return [...wanted].filter((id) => id.startsWith(stem) && id.endsWith('.service') && id !== file).sort();
}

/** Files beside the units are read; of others only the name is known. */
function environment(
  own: Directives,
  specifiers: ReadonlyMap<string, string>,
  files: Files,
): Map<string, string> {
  const env = new Map<string, string>();
  for (const line of own.get('Service.Environment') ?? [])
    for (const [name, value] of assignments(line, specifiers)) env.set(name, value);
  for (const path of own.get('Service.EnvironmentFile') ?? []) {
    const plain = expand(path, specifiers).replace(/\\(.)/g, '$1');
    const text = files.get(plain.slice(plain.lastIndexOf('/') + 1));
    if (text === undefined) env.set(`file ${plain}`, '');
    else for (const [name, value] of fileAssignments(text)) env.set(name, value);
  }
  return env;
}

/** The values of a directive without what only their writing differs in. */
function canonical(key: string, values: readonly string[], specifiers: ReadonlyMap<string, string>): string {
  if (key.startsWith('Service.Exec'))
    return JSON.stringify(values.map((one) => commandWords(one, specifiers)));
  if (key === 'Service.UMask') return (values.at(-1) ?? '').replace(/^0+/, '').padStart(3, '0');
  if (key === 'Service.WorkingDirectory') return (values.at(-1) ?? '').replace(/(.)\/+$/s, '$1');
  if (/^(Unit|Install)\./.test(key) && key !== 'Unit.Description')
    return [...list(new Map([[key, values]]), key)].sort().join(' ');
  return values.map((one) => expand(one, specifiers)).join('\n');
}

/** The words of a list of units. */
function list(own: Directives, key: string): string[] {
  return (own.get(key) ?? []).flatMap((line) => (key === 'Service.ExecStart' ? [line] : words(line)));
}
