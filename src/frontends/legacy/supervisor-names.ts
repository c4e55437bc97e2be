// The names that supervisord expands in a program, and its numbers.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type IniValue, placeInValue } from '../../syntax/ini.ts';

/** Stands for what is known on the server only: a private character, which no configuration of people has. */
export const unknown = '\u{f0000}';

/** What the site has told of its server. */
export interface Known {
  readonly hostName?: string;
  /** Of supervisord itself. */
  readonly environment: ReadonlyMap<string, string>;
}

interface Context {
  readonly name: string;
  readonly here: string;
  readonly group: string;
  readonly known: Known;
  readonly values: Readonly<Record<string, number>>;
}

/** Where Debian's services look for programs: supervisord is one. */
const systemPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The value of a name; undefined for one that supervisord does not know. */
export function knownName(
  name: string,
  { name: program, here, group, known, values }: Context,
): string | number | undefined {
  if (name === 'program_name') return program;
  if (name === 'here') return here;
  if (name === 'group_name') return group;
  if (name === 'host_node_name') return known.hostName ?? unknown;
  if (Object.hasOwn(values, name)) return values[name];
  const variable = /^ENV_(.*)$/s.exec(name)?.[1];
  if (variable === undefined) return undefined;
  return known.environment.get(variable) ?? (variable === 'PATH' ? systemPath : unknown);
}

// More than anybody runs on one machine; each is a process of Galaxy, with its own memory.
const mostProcesses = 1_000;

type Get = (key: string) => IniValue | undefined;

/** The numbers of the processes of a program. */
export function numbersOf(get: Get, report: Report): { list: number[] } {
  const number = (key: string, fallback: number): number => {
    const value = get(key);
    if (!value) return fallback;
    if (/^[-+]?\d{1,9}$/.test(value.text)) return Number(value.text);
    const place = placeInValue(value, 0, value.text.length);
    report(problem('GX184', `"${key}" is not a whole number`, place, { help: `write ${key}=1` }));
    return fallback;
  };
  const count = number('numprocs', 1);
  const first = number('numprocs_start', 0);
  const value = get('numprocs');
  if (value && count > 1) {
    const place = placeInValue(value, 0, value.text.length);
    if (count > mostProcesses) {
      const help = `gxgen reads up to ${mostProcesses} processes of a program`;
      report(problem('GX184', `${count} processes are more than gxgen reads`, place, { help }));
      return { list: [] };
    }
    if (!get('process_name')?.text.includes('%(process_num)')) {
      const help = 'add process_name=%(program_name)s%(process_num)d';
      report(
        problem('GX184', `${count} processes would have one name, so supervisord stops`, place, { help }),
      );
    }
  }
  return { list: Array.from({ length: Math.max(count, 0) }, (_, index) => first + index) };
}
