// What systemd-analyze says of units, read by its text: its exit code knows neither an unknown key nor a bad umask.

import type { Check, CheckFinding, OutputFile, TargetOptions } from '../backend.ts';

export function checkUnits(files: readonly OutputFile[], { systemd }: TargetOptions): Check {
  const units = files.map(({ path }) => path).filter((path) => /\.(service|target|socket|slice)$/.test(path));
  const user = systemd.mode === 'user' ? ['--user'] : [];
  return {
    by: 'systemd',
    commands: [
      ['systemd-analyze', ...user, '--man=no', 'verify', ...units.map((path) => `{}/files/${path}`)],
    ],
    beside: {},
    copies: {},
    read: (status, said) => {
      // Told by a systemd that is older than the option, or without a bus for a user.
      if (/unrecognized option|Failed to (initialize manager|connect to)/.test(said)) return undefined;
      const lines = said.split('\n').flatMap((line) => readLine(line.trim(), units) ?? []);
      const known = lines.length > 0 || status === 0;
      return known
        ? joinPrograms(lines)
        : [{ severity: 'error', words: said.trim() || 'it gives no reason' }];
    },
  };
}

interface Line extends CheckFinding {
  /** A program that is not there. */
  readonly program?: string;
}

/** undefined for a line about units of others. */
function readLine(line: string, units: readonly string[]): Line | undefined {
  const place = /^\{\}\/files\/([^:]+):(?:(\d+):)?\s*(.*)$/.exec(line);
  if (place) {
    const [, file = '', number, words = ''] = place;
    return { severity: 'error', file, words: number ? `line ${number}: ${words}` : words };
  }
  const [, name = '', words = ''] = /^(?:Unit )?([^\s:]+\.[a-z]+)(?::| )\s*(.*)$/.exec(line) ?? [];
  const file = units.find((one) => one === name || isInstanceOf(name, one));
  if (!file) return undefined;
  // The same again, of a unit that was reported already.
  if (/bad unit file setting/.test(words)) return undefined;
  const program = /^Command (\S.*?) is not executable: (.*)$/.exec(words);
  if (program) return { severity: 'warning', file, words, program: `${program[1]}: ${program[2]}` };
  const account =
    /unknown|not exist|No such (user|group|process)/i.test(words) && /\b(user|group)\b/i.test(words);
  return { severity: account ? 'warning' : 'error', file, words };
}

/** `galaxy-handler@0.service` and whatever name systemd tries of `galaxy-handler@.service`. */
function isInstanceOf(name: string, unit: string): boolean {
  const [stem = '', ending] = unit.split('@');
  return ending !== undefined && name.startsWith(`${stem}@`) && name.endsWith(ending);
}

/** One finding for a program that is missing, however many units start it. */
function joinPrograms(lines: readonly Line[]): CheckFinding[] {
  const missing = new Map<string, string[]>();
  for (const { program, file = '' } of lines)
    if (program !== undefined) missing.set(program, [...(missing.get(program) ?? []), file]);
  return [
    ...lines.filter((one) => one.program === undefined),
    ...[...missing].map(([program, units]): CheckFinding => {
      const [first = ''] = units;
      const more = units.length > 1 ? ` and ${units.length - 1} more` : '';
      return { severity: 'warning', words: `${first}${more} cannot start ${program}` };
    }),
  ];
}
