// Hand-written supervisor files: which Galaxy processes their programs start. Other programs are passed over.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { written } from '../model/located.ts';
import { expandPercent } from '../model/percent.ts';
import { quoted } from '../model/routing-place.ts';
import { looksSecret } from '../model/secrets.ts';
import type { StartedProcess } from '../model/started.ts';
import { type Ini, type IniSection, type IniValue, placeInValue } from '../syntax/ini.ts';
import type { Span } from '../text/source.ts';
import { galaxyCommand, hasUnknown, unknown } from './supervisor-command.ts';
import { programNumbers } from './supervisor-numbers.ts';

export interface SupervisorConf {
  readonly processes: readonly StartedProcess[];
  /** False when there may be processes that are not among them. */
  readonly complete: boolean;
  /** Where secret values stand. */
  readonly secrets: readonly Span[];
}

// Characters of all commands, each as often as its program is numbered: no file of people comes near it.
const mostText = 4_000_000;

/** @param shown the file as people name it */
export function readSupervisorConf(ini: Ini, shown: string, report: Report): SupervisorConf {
  const processes: StartedProcess[] = [];
  let complete = !ini.broken;
  const section = (name: string) => ini.sections.find((one) => one.name === name);
  const defaults = section('DEFAULT');
  const get = (from: IniSection | undefined, key: string) =>
    from?.values.get(key) ?? defaults?.values.get(key);
  const asked = new Map<IniValue, boolean>();
  // Galaxy takes its name from a variable as well, and which wins is another question.
  const renames = (value: IniValue | undefined) => {
    if (!value) return false;
    const known = asked.get(value) ?? /GALAXY_CONFIG_(?:OVERRIDE_)?SERVER_NAME/.test(value.text);
    asked.set(value, known);
    return known;
  };
  const allRenamed = renames(get(section('supervisord'), 'environment'));
  let text = 0;

  for (const one of ini.sections) {
    const program = /^program:(.*)$/s.exec(one.name)?.[1]?.trim();
    if (program === undefined) continue;
    const command = get(one, 'command');
    if (!command || command.text === '') {
      report(
        problem('GX183', `program ${quoted(program)} has no command`, one.header, {
          help: 'write command=, or remove the section',
        }),
      );
      complete = false;
      continue;
    }
    const renamed = allRenamed || renames(get(one, 'environment')) || renames(command);
    const numbers = programNumbers((key) => get(one, key), report);
    const place = placeOfName(command);
    complete &&= numbers !== undefined;
    text += command.text.length * (numbers?.list.length ?? 0);
    if (text > mostText) {
      const help = 'name the files that start Galaxy alone';
      report(problem('GX184', 'these are more processes than gxgen reads', one.header, { help }));
      complete = false;
      break;
    }
    for (const process_num of numbers?.list ?? []) {
      const lookup = names(program, { process_num, numprocs: numbers?.list.length ?? 1 });
      const found = started(command, lookup, report);
      complete &&= found !== 'broken';
      if (found === 'broken' || found === undefined) break;
      const certain = !renamed && !hasUnknown(found.serverName);
      complete &&= certain;
      if (!certain) continue;
      processes.push({
        program: written(program, one.header),
        serverName: written(found.serverName, place),
        place,
        pools: found.pools.map((pool) => written(pool, place)),
        web: found.web,
      });
    }
  }
  reportUnread(section('include'), processes, complete, shown, report);
  return { processes, complete, secrets: secretsOf(ini) };
}

function started(command: IniValue, lookup: (name: string) => string | number | undefined, report: Report) {
  const expanded = expandPercent(command.text, lookup);
  if (!expanded.ok) {
    const { message, at } = expanded;
    const end = command.text.indexOf(' ', at);
    const place = placeInValue(command, at, end < 0 ? command.text.length : end);
    report(problem('GX182', message, place, { help: 'write "%%" for a percent sign' }));
    return 'broken';
  }
  const found = galaxyCommand(expanded.text);
  if (found.ok) return found.process;
  const place = placeInValue(command, 0, command.text.length);
  report(
    problem('GX183', `the command cannot be split into words: ${found.message}`, place, {
      help: 'close the quote; what follows a blank and ";" or "#" is a comment, in quotes too',
    }),
  );
  return 'broken';
}

function names(program: string, numbers: Readonly<Record<string, number>>) {
  return (name: string) => {
    if (name === 'program_name') return program;
    if (Object.hasOwn(numbers, name)) return numbers[name];
    // Known on the server only.
    return /^(?:here|group_name|host_node_name|ENV_.*)$/.test(name) ? unknown : undefined;
  };
}

// The value of the last `--server-name` as it is written, or the command.
function placeOfName(command: IniValue): Span {
  const options = /--server-name(?:=|\s+)["']?/g;
  let from: number | undefined;
  for (let match = options.exec(command.text); match; match = options.exec(command.text))
    from = options.lastIndex;
  if (from === undefined) return placeInValue(command, 0, command.text.length);
  const length = command.text.slice(from, from + 1_000).search(/["'\s;&|]|$/);
  return placeInValue(command, from, from + length);
}

function reportUnread(
  include: IniSection | undefined,
  processes: readonly StartedProcess[],
  complete: boolean,
  shown: string,
  report: Report,
): void {
  if (include)
    report(
      problem('GX185', 'the files that are included are not read', include.header, {
        severity: 'info',
        help: 'name them too: --supervisor FILE',
      }),
    );
  else if (processes.length === 0 && complete)
    report(
      problem('GX185', 'no program in the file is a Galaxy process that gxgen knows', shown, {
        help: 'name the files whose commands run galaxy-main, lib/galaxy/main.py or "paster.py serve"',
      }),
    );
}

// Variables stand side by side in one value, so it is masked as a whole.
function secretsOf({ sections }: Ini): Span[] {
  return sections.flatMap(({ values }) =>
    [...values].flatMap(([key, { text, pieces }]) =>
      key === 'environment' || looksSecret(key, text) ? pieces.map((one) => one.span) : [],
    ),
  );
}
