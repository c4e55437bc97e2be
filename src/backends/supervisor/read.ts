// What files of supervisord run: every program with its processes, and the groups they are in.

import { galaxyArguments, type RunningProcess, type RunningSet, withoutEnv } from '../../model/running.ts';
import { commandWords, environmentOf, expandValue, readSections, type Sections } from './ini-file.ts';

type Section = ReadonlyMap<string, string>;

// supervisord's own, where a program does not say: two programs that come to the same are the same to it.
const usual: Readonly<Record<string, string>> = {
  autorestart: 'unexpected',
  autostart: 'true',
  directory: '',
  numprocs: '1',
  numprocs_start: '0',
  priority: '999',
  process_name: '%(program_name)s',
  redirect_stderr: 'false',
  startsecs: '1',
  startretries: '3',
  stopasgroup: 'false',
  stopsignal: 'TERM',
  stopwaitsecs: '10',
  umask: '',
  user: '',
};
/** Beyond it a file is no configuration of Galaxy. */
const mostProcesses = 10_000;

export function readPrograms(files: ReadonlyMap<string, string>): RunningSet {
  const paths = [...files.keys()].filter((path) => path.endsWith('.conf')).sort(mainFirst);
  const all = paths.map((path) => ({ path, sections: readSections([files.get(path) ?? '']) }));
  const groupOf = new Map<string, string>();
  const order: string[] = [];
  const groups = all.flatMap(({ path, sections }) =>
    namedSections(sections, 'group:').map(([id, section]) => {
      for (const name of (section.get('programs') ?? '').split(',')) {
        const program = expandValue(name.trim(), new Map([['here', '']]));
        groupOf.set(program, id);
        order.push(program);
      }
      return { id, file: path, wantedBy: '' };
    }),
  );
  const unread: { file: string; why: string }[] = [];
  const programs = all.flatMap(({ path, sections }) =>
    namedSections(sections, 'program:').map(([name, section]) => ({ path, name, section })),
  );
  // Within a group supervisord goes by the list of the group.
  const place = new Map(order.map((name, index) => [name, index]));
  programs.sort((a, b) => (place.get(a.name) ?? order.length) - (place.get(b.name) ?? order.length));
  const processes = programs.flatMap(({ path, name, section }) => {
    const count = Number(section.get('numprocs') ?? 1);
    if ((section.get('command') ?? '') === '' || !(count >= 0 && count <= mostProcesses)) {
      unread.push({ file: path, why: `its program "${name}" has no command, or no number of processes` });
      return [];
    }
    const first = Number(section.get('numprocs_start') ?? 0);
    return Array.from({ length: count }, (_, index) =>
      programProcess(name, section, first + index, path, groupOf.get(name)),
    );
  });
  const main = all.find(({ sections }) => sections.has('supervisord'));
  return {
    processes,
    groups,
    ...(main ? { main: { file: main.path, settings: settingsOf(main.sections) } } : {}),
    unread,
  };
}

/** What is no program and no group. */
function settingsOf(sections: Sections): string {
  return JSON.stringify(
    [...sections]
      .filter(([name]) => !/^(program|group):/.test(name))
      .map(([name, keys]) => [name, [...keys]]),
  );
}

/** supervisord.conf, then what it includes by name. */
function mainFirst(a: string, b: string): number {
  const main = (path: string) => (path === 'supervisord.conf' ? 0 : 1);
  return main(a) - main(b) || (a < b ? -1 : 1);
}

function namedSections(sections: Sections, prefix: string): [string, Section][] {
  return [...sections].flatMap(([name, section]): [string, Section][] =>
    name.startsWith(prefix) ? [[name.slice(prefix.length).trim(), section]] : [],
  );
}

function programProcess(
  program: string,
  section: Section,
  number: number,
  file: string,
  listedIn: string | undefined,
): RunningProcess {
  const group = listedIn ?? program;
  const names = new Map<string, string | number>([
    ['program_name', program],
    ['group_name', group],
    ['process_num', number],
    ['numprocs', section.get('numprocs') ?? '1'],
  ]);
  const value = (key: string) => expandValue(section.get(key) ?? usual[key] ?? '', names);
  const name = value('process_name');
  const environment = environmentOf(value('environment'));
  const { argv, env } = withoutEnv(commandWords(value('command')), environment);
  const settings = new Map([...Object.keys(usual), ...section.keys()].sort().map((key) => [key, value(key)]));
  settings.set('environment', JSON.stringify([...environment].sort(([a], [b]) => (a < b ? -1 : 1))));
  if (value('umask') !== '') settings.set('umask', value('umask').replace(/^0+/, '').padStart(3, '0'));
  for (const key of ['numprocs', 'numprocs_start', 'process_name']) settings.delete(key);
  return {
    id: group === name ? name : `${group}:${name}`,
    name,
    file,
    group,
    autostart: isTrue(value('autostart')),
    argv,
    env,
    cwd: value('directory').replace(/(.)\/+$/s, '$1'),
    umask: value('umask'),
    user: value('user'),
    userGroup: '',
    startSeconds: Number(value('startsecs')) || 0,
    stopSeconds: Number(value('stopwaitsecs')) || 0,
    reloads: takesHangup(argv),
    notifies: false,
    atStart: settings,
    atOnce: new Map(),
    ...galaxyArguments(argv),
  };
}

/** A gunicorn that loads Galaxy in each worker; one that preloads it would keep the old one. */
function takesHangup(argv: readonly string[]): boolean {
  return /(^|\/)gunicorn$/.test(argv[0] ?? '') && !argv.includes('--preload');
}

function isTrue(word: string): boolean {
  return ['true', 't', '1', 'on', 'yes'].includes(word.toLowerCase());
}
