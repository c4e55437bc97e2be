// One process as a line of shell that starts exactly it: a subshell, so that nothing stays behind in the terminal.

import type { Process } from '../../model/deployment.ts';
import { byDefault, type Located, map } from '../../model/located.ts';
import { type Carry, complete, isComplete } from '../carry.ts';
import { type Escaped, isIdentifier, oneLine } from '../kernel.ts';
import { fileNamePart } from '../names.ts';
import { startCommand } from '../start.ts';
import * as grammar from './escape.ts';

/** What a template of command lines prints for one process. */
export interface CommandData {
  readonly label: string;
  /** Everything before the start, joined by `&&`. */
  readonly prepare: string;
  readonly start: string;
  readonly log: string;
  readonly pidFile: string;
}

/**
 * @param daemon whether the process runs in the background with files for its output and its number
 * @param pidFolder where the files with the numbers are
 * @param prefix what their names start with
 * @returns undefined when a value was refused, which has been reported
 */
export function commandData(
  process: Process,
  daemon: boolean,
  pidFolder: Located<string>,
  prefix: string,
  carry: Carry,
): CommandData | undefined {
  const put = (escaped: Escaped, what: string, origin: Located<unknown>) =>
    carry(escaped, `${what} of "${process.name}"`, origin);
  const pidName = `${prefix}${fileNamePart(process.name)}.pid`;
  const pidFile = map(pidFolder, (folder) => `${folder}/${pidName}`);
  const folders = [
    ...process.dirs,
    ...(daemon ? [map(process.log, (path) => path.replace(/\/[^/]*$/, '') || '/'), pidFolder] : []),
  ];
  const unique = folders.filter(
    (one, index) => folders.findIndex((other) => other.value === one.value) === index,
  );
  const made = complete(unique.map((one) => put(grammar.word(one.value), 'a directory', one)));
  if (daemon) {
    // Both carry the name of the process, so a mistake in it is told at the name.
    const label = process.serverName ?? process.argv[0] ?? process.cwd;
    const names = [process.log.value.replace(/.*\//s, ''), pidName];
    if (names.some((one) => put(grammar.fileName(one), 'the name', label) === undefined)) return undefined;
  }
  const data = {
    umask: put(grammar.umask(process.umask.value), 'the umask', process.umask),
    cwd: put(grammar.directory(process.cwd.value), 'the working directory', process.cwd),
    secrets: exported(process, put),
    start: command(process, put),
    log: put(grammar.word(process.log.value), 'the log file', process.log),
    pidFile: put(grammar.word(pidFile.value), 'the file with the number', pidFile),
  };
  if (!isComplete(data) || !made) return undefined;
  const steps = [
    `umask ${data.umask}`,
    ...(made.length > 0 ? [`mkdir -p -- ${made.join(' ')}`] : []),
    `cd -- ${data.cwd}`,
    ...(data.secrets === '' ? [] : [`export ${data.secrets}`]),
  ];
  return {
    label: oneLine(process.name),
    prepare: steps.join(' && '),
    start: data.start,
    log: data.log,
    pidFile: data.pidFile,
  };
}

type Put = (escaped: Escaped, what: string, origin: Located<unknown>) => string | undefined;

// Not through env: for a moment every user of the machine could read them in its arguments.
function exported(process: Process, put: Put): string | undefined {
  const words = complete(
    process.env.filter(isExported).map(({ name, value }) => {
      // The kernel's limit holds for name and value together.
      const whole = put(grammar.word(`${name}=${value.value}`), `variable "${name}"`, value);
      const quoted = grammar.word(value.value);
      return whole === undefined || 'refusal' in quoted ? undefined : `${name}=${quoted.text}`;
    }),
  );
  return words?.join(' ');
}

function isExported({ name, secret }: Process['env'][number]): boolean {
  return secret && isIdentifier(name);
}

function command(process: Process, put: Put): string | undefined {
  const { argv, refusal, origin } = startCommand(
    process.argv,
    process.env.filter((one) => !isExported(one)),
    () => false,
  );
  if (refusal !== undefined) return put({ refusal }, 'the command', origin ?? byDefault(''));
  const words = complete(
    argv.map((one, index) => put(grammar.word(one.value), `word ${index + 1} of the command`, one)),
  );
  return words?.join(' ');
}
