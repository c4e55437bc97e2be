// How many processes a supervisor program is, and from which number on.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type IniValue, placeInValue } from '../syntax/ini.ts';

// More than anybody runs on one machine; each is a process of Galaxy, with its own memory.
const mostProcesses = 1_000;

/**
 * The numbers of the processes of a program; undefined where they are none, or known on the server only.
 * @param get a key of its section
 */
export function programNumbers(
  get: (key: string) => IniValue | undefined,
  report: Report,
): { list: number[] } | undefined {
  const number = (key: string, fallback: number) => {
    const value = get(key);
    if (!value) return fallback;
    // A number that comes from a variable is not gxgen's to judge.
    if (value.text.includes('%(')) return undefined;
    const place = placeInValue(value, 0, value.text.length);
    if (!/^[-+]?\d{1,9}$/.test(value.text)) {
      report(problem('GX184', `"${key}" is not a whole number`, place, { help: `write ${key}=1` }));
      return undefined;
    }
    return Number(value.text);
  };
  const count = number('numprocs', 1);
  const first = number('numprocs_start', 0);
  if (count === undefined || first === undefined) return undefined;
  const value = get('numprocs');
  if (value && count > 1) {
    const place = placeInValue(value, 0, value.text.length);
    if (count > mostProcesses) {
      const help = `gxgen reads up to ${mostProcesses} processes of a program`;
      report(problem('GX184', `${count} processes are more than gxgen reads`, place, { help }));
      return undefined;
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
