// The programs of hand-written supervisor files, each with what it runs, as supervisord would start it.

import { type Diagnostic, problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { LegacyProgram } from '../../model/legacy.ts';
import { type Located, written } from '../../model/located.ts';
import { dirname } from '../../model/paths.ts';
import { expandPercent } from '../../model/percent.ts';
import { looksSecret } from '../../model/secrets.ts';
import { splitShellWords } from '../../model/shell-words.ts';
import type { FileRef } from '../../syntax/files.ts';
import { type Ini, type IniSection, type IniValue, placeInValue } from '../../syntax/ini.ts';
import type { Span } from '../../text/source.ts';
import { programNumbers } from '../supervisor-numbers.ts';
import { type CommandFacts, commandFacts, configOf } from './command-facts.ts';
import { splitEnvironment } from './supervisor-environment.ts';
import { reportUnknownKeys } from './supervisor-keys.ts';
import { type Known, knownName, unknown } from './supervisor-names.ts';

export interface Variable {
  readonly name: string;
  readonly value: Located<string>;
}

/** One process of a program. */
export interface ProgramProcess {
  readonly name: Located<string>;
  readonly argv: readonly Located<string>[];
  readonly facts: CommandFacts;
  readonly serverName?: Located<string>;
  readonly pools: readonly Located<string>[];
  readonly env: readonly Variable[];
  readonly cwd?: Located<string>;
  readonly log?: Located<string>;
}

export interface ReadProgram {
  readonly program: LegacyProgram;
  readonly section: IniSection;
  readonly processes: readonly ProgramProcess[];
  /** A key of the section, `[DEFAULT]` behind it. */
  get(key: string): IniValue | undefined;
}

// More than anybody runs on one machine, and characters of all commands and environments, each as often as its program
// is numbered: no file of people comes near either.
const mostProcesses = 2_000;
const mostText = 4_000_000;

/** @param file its path is what `%(here)s` is the folder of */
export function readPrograms(ini: Ini, file: FileRef, known: Known, report: Report): ReadProgram[] {
  const section = (name: string) => ini.sections.find((one) => one.name === name);
  const defaults = section('DEFAULT');
  const here = dirname(file.server);
  const groups = groupsOf(ini, report);
  let count = 0;
  let text = 0;
  let full = false;
  const global = section('supervisord')?.values.get('environment');
  return ini.sections.flatMap((one): ReadProgram[] => {
    const name = /^program:(.*)$/s.exec(one.name)?.[1]?.trim();
    if (name === undefined) return [];
    const get = (key: string) => one.values.get(key) ?? defaults?.values.get(key);
    reportUnknownKeys(one, report);
    const command = get('command');
    if (!command || command.text === '') {
      report(
        problem('GX183', `program "${name}" has no command`, one.header, {
          help: 'write command=, or remove the section',
        }),
      );
      return [];
    }
    const group = groups.get(name);
    const numbers = programNumbers(get, report) ?? { list: [] };
    for (const key of ['numprocs', 'numprocs_start']) {
      const value = get(key);
      if (value?.text.includes('%(')) report(serverOnly(value, () => true));
    }
    count += numbers.list.length;
    text += numbers.list.length * (command.text.length + (get('environment')?.text.length ?? 0));
    if (count > mostProcesses || text > mostText) {
      if (!full)
        report(
          problem('GX184', 'these are more processes than gxgen reads', one.header, {
            help: 'name the files that start Galaxy alone',
          }),
        );
      full = true;
      return [];
    }
    const processes = numbers.list.flatMap((process_num) => {
      const context = {
        name,
        here,
        group: group?.value ?? name,
        known,
        values: { process_num, numprocs: numbers.list.length },
      };
      return readProcess(get, global, context, report) ?? [];
    });
    const facts = processes[0]?.facts;
    const program: LegacyProgram = {
      name: written(name, one.header),
      role: facts?.role ?? 'other',
      reason: facts?.reason ?? '',
      processes: processes.map((process) => process.name.value),
      settings: [...one.values].map(([key, value]) => {
        const place = placeInValue(value, 0, value.text.length);
        const secret = key === 'environment' || looksSecret(key, value.text);
        return {
          key,
          value: written(value.text, place),
          place: { ...value.key, end: lastEnd(value) },
          secret,
        };
      }),
      wrappers: facts?.wrappers ?? [],
      ...(facts?.virtualenv === undefined ? {} : { virtualenv: written(facts.virtualenv, command.key) }),
      ...(facts?.unixGroup === undefined ? {} : { unixGroup: facts.unixGroup }),
      ...configOf(facts),
      ...(group ? { group } : {}),
    };
    return [{ program, section: one, processes, get }];
  });
}

interface Context {
  readonly name: string;
  readonly here: string;
  readonly group: string;
  readonly known: Known;
  readonly values: Readonly<Record<string, number>>;
}

function readProcess(
  get: ReadProgram['get'],
  global: IniValue | undefined,
  context: Context,
  report: Report,
): ProgramProcess | undefined {
  const expand = (value: IniValue | undefined): Located<string> | undefined => {
    if (!value) return undefined;
    const place = placeInValue(value, 0, value.text.length);
    const result = expandPercent(value.text, (name) => knownName(name, context));
    if (!result.ok) {
      const { message, at } = result;
      report(
        problem('GX182', message, placeInValue(value, at, at + 1), { help: 'write "%%" for a percent sign' }),
      );
      return undefined;
    }
    if (result.text.includes(unknown)) {
      report(serverOnly(value, (name) => knownName(name, context) === unknown));
      return undefined;
    }
    return written(result.text, place);
  };
  const command = get('command');
  const text = expand(command);
  if (!command || !text) return undefined;
  const split = splitShellWords(text.value);
  if (!split.ok) {
    report(
      problem(
        'GX183',
        `the command cannot be split into words: ${split.message}`,
        placeInValue(command, 0, command.text.length),
        { help: 'close the quote; what follows a blank and ";" or "#" is a comment, in quotes too' },
      ),
    );
    return undefined;
  }
  const facts = commandFacts(split.words);
  const argv = split.words.map((word) => written(word, placeOfWord(command, word)));
  const processName = get('process_name');
  const cwd = expand(get('directory'));
  const log = expand(get('stdout_logfile'));
  return {
    name: expand(processName) ?? written(context.name, command.key),
    argv,
    facts,
    ...serverNameOf(facts, command),
    env: [...variables(global, expand, report), ...variables(get('environment'), expand, report)],
    ...(cwd ? { cwd } : {}),
    ...(log && /^(?:\/|[^/]+\/|\.)/.test(log.value) && !log.value.startsWith('/dev/') ? { log } : {}),
  };
}

function serverOnly(value: IniValue, isUnknown: (name: string) => boolean): Diagnostic {
  const found = [...value.text.matchAll(/%\(([^()]*)\)[a-z]?/g)].find(([, name = '']) => isUnknown(name));
  const [whole = value.text, name = ''] = found ?? [];
  const at = found?.index ?? 0;
  return problem(
    'GX190',
    `"${whole}" is known on the server only`,
    placeInValue(value, at, at + whole.length),
    {
      why: 'what would be started cannot be worked out beforehand',
      help:
        name === 'host_node_name'
          ? 'state the name of the host in gxgen.yml: "host_name" under "legacy"'
          : `state its value in gxgen.yml: "${name.slice(4)}" in "environment" under "legacy"`,
    },
  );
}

function variables(
  value: IniValue | undefined,
  expand: (value: IniValue) => Located<string> | undefined,
  report: Report,
): Variable[] {
  const text = value && expand(value);
  if (!value || !text) return [];
  const split = splitEnvironment(text.value);
  if (!split.ok) {
    report(
      problem(
        'GX191',
        `"environment" cannot be split: ${split.message}`,
        placeInValue(value, 0, value.text.length),
        {
          why: 'supervisord refuses the whole file',
          help: 'put each value into double quotes: NAME="value",OTHER="value"',
        },
      ),
    );
    return [];
  }
  return split.variables.map(({ name, value: content }) => {
    const at = Math.max(0, value.text.search(new RegExp(`(?:^|[\\s,])${escapeRegExp(name)}\\s*=`)));
    const start = value.text.indexOf(name, at);
    const end = value.text.indexOf(',', start);
    return { name, value: written(content, placeInValue(value, start, end < 0 ? value.text.length : end)) };
  });
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

// Python's argparse takes the beginning of an option for the whole of it.
function serverNameOf(facts: CommandFacts, command: IniValue): Pick<ProgramProcess, 'serverName' | 'pools'> {
  if (facts.role !== 'paste' && facts.role !== 'webless') return { pools: [] };
  const values = (option: string): string[] => {
    const found: string[] = [];
    for (let index = 0; index < facts.rest.length; index++) {
      const [, name = '', glued] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(facts.rest[index] ?? '') ?? [];
      if (name.length < 5 || !option.startsWith(name)) continue;
      const given = glued ?? facts.rest[++index];
      if (given !== undefined) found.push(given);
    }
    return found;
  };
  const place = (word: string) => written(word, placeOfWord(command, word));
  return {
    serverName: place(values('--server-name').at(-1) ?? 'main'),
    pools: values('--attach-to-pool').map(place),
  };
}

function groupsOf(ini: Ini, report: Report): Map<string, Located<string>> {
  const groups = new Map<string, Located<string>>();
  for (const { name, header, values } of ini.sections) {
    const group = /^group:(.*)$/s.exec(name)?.[1]?.trim();
    const priority = values.get('priority');
    if (group !== undefined && priority && priority.text !== '999')
      report(
        problem(
          'GX194',
          `"priority" of group "${group}" is not carried over`,
          placeInValue(priority, 0, priority.text.length),
          { why: 'what gxgen renders starts groups in no order' },
        ),
      );
    for (const one of values.get('programs')?.text.split(',') ?? [])
      if (group !== undefined && one.trim() !== '') groups.set(one.trim(), written(group, header));
  }
  return groups;
}

/** Where a word stands in the command; the whole of it where the word was put together. */
function placeOfWord(command: IniValue, word: string): Span {
  const at = word === '' ? -1 : command.text.indexOf(word);
  return at < 0 ? placeInValue(command, 0, command.text.length) : placeInValue(command, at, at + word.length);
}

function lastEnd({ pieces, key }: IniValue): number {
  return Math.max(key.end, pieces.at(-1)?.span.end ?? 0);
}
