// One program section as the data of templates/supervisor/program.hbs: every text already escaped for its place.

import type { EnvironmentVariable, Process } from '../../model/deployment.ts';
import { byDefault, type Located } from '../../model/located.ts';
import { type Carry, complete, isComplete } from '../carry.ts';
import type { Escaped } from '../kernel.ts';
import { startCommand } from '../start.ts';
import * as grammar from './escape.ts';

/** Everything a program section may print. An empty string or list stands for lines that are not there. */
export interface ProgramData {
  readonly name: string;
  readonly processName: string;
  /** How many processes, where the section says so. */
  readonly count: string;
  /** The number of the first one. */
  readonly first: string;
  readonly command: string;
  readonly directory: string;
  readonly umask: string;
  readonly user: string;
  readonly priority: string;
  readonly autostart: string;
  readonly autorestart: string;
  readonly startSeconds: string;
  readonly stopSignal: string;
  readonly stopSeconds: string;
  readonly stopAsGroup: boolean;
  readonly environment: readonly string[];
  readonly logFile: string;
}

/** What the layout decides. */
export interface ProgramForm {
  readonly name: string;
  /** As it stands in the file. */
  readonly processName: string;
  readonly count: string;
  readonly first: string;
  /** Whether the section names the account. */
  readonly user: boolean;
  /** Whether the section names the log file. */
  readonly log: boolean;
}

const autorestart = { always: 'true', 'on-failure': 'unexpected', no: 'false' } as const;

/** @returns undefined when a value was refused, which has been reported */
export function programData(process: Process, form: ProgramForm, carry: Carry): ProgramData | undefined {
  const put = (escaped: Escaped, what: string, origin: Located<unknown>) =>
    carry(escaped, `${what} of "${process.name}"`, origin);
  const label = process.serverName ?? process.argv[0] ?? byDefault('');
  // The log file carries the name, and the same mistake would be told again there.
  const named = [form.name, process.name].map((one) => put(grammar.name(one), 'the name', label));
  if (named.includes(undefined)) return undefined;
  const direct = process.env.filter((one) => grammar.takesVariable(one.name, one.value.value));
  const environment = complete(
    direct.map((one) =>
      put(grammar.environment(one.name, one.value.value), `variable "${one.name}"`, one.value),
    ),
  );
  const data = {
    command: command(process, wrappedVariables(process), put),
    directory: put(grammar.directory(process.cwd.value), 'the working directory', process.cwd),
    umask: put(grammar.umask(process.umask.value), 'the umask', process.umask),
    user: form.user && process.user ? put(grammar.account(process.user.value), 'the user', process.user) : '',
    startSeconds: put(grammar.seconds(process.startTimeout.value), 'the start timeout', process.startTimeout),
    stopSeconds: put(grammar.seconds(process.stopTimeout.value), 'the stop timeout', process.stopTimeout),
    priority: process.priority
      ? put(grammar.seconds(process.priority.value), 'the priority', process.priority)
      : '',
    logFile: form.log ? put(grammar.logFile(process.log.value), 'the log file', process.log) : '',
  };
  if (!isComplete(data) || !environment) return undefined;
  return {
    ...data,
    name: form.name,
    processName: form.processName,
    count: form.count,
    first: form.first,
    autostart: String(process.autostart),
    autorestart: autorestart[process.restart],
    stopAsGroup: process.stopAsGroup !== false,
    stopSignal: process.stopSignal === 'TERM' ? '' : process.stopSignal,
    environment,
  };
}

/** Variables that `environment=` cannot hold, so env(1) sets them. */
export function wrappedVariables(process: Process): EnvironmentVariable[] {
  return process.env.filter((one) => !grammar.takesVariable(one.name, one.value.value));
}

// supervisord looks a relative path up from its own directory, env from that of the process.
function startsDirectly(executable: string): boolean {
  return executable.startsWith('/') || !executable.includes('/');
}

function command(
  process: Process,
  wrapped: readonly EnvironmentVariable[],
  put: (escaped: Escaped, what: string, origin: Located<unknown>) => string | undefined,
): string | undefined {
  const { argv, refusal, origin } = startCommand(process.argv, wrapped, startsDirectly);
  if (refusal !== undefined) return put({ refusal }, 'the command', origin ?? byDefault(''));
  const words = complete(
    argv.map((word, index) => put(grammar.argument(word.value), `word ${index + 1} of the command`, word)),
  );
  return words?.join(' ');
}
