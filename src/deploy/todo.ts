// Commands that follow a switch and are still to be given. They are kept with their generation, so that a run that failed
// half way or was interrupted is not forgotten: the files are right by then, and nothing else would tell.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import type { PlanCommand, RestartPlan } from './plan.ts';
import { commandLines } from './plan-text.ts';
import { generationPath } from './state.ts';

const name = 'todo.json';

/** What is left of the commands of a generation. @param directory without links */
export function readTodo(host: Host, directory: string, generation: number): PlanCommand[] {
  const path = generationPath(directory, generation, name);
  const entry = host.entry(path);
  // Commands are run as whoever runs gxgen: only what he or root wrote is taken from there.
  if (entry?.kind !== 'file' || ![0, host.user].includes(entry.user)) return [];
  const read = host.read(path);
  return read.ok ? parse(new TextDecoder().decode(read.bytes)) : [];
}

/** Takes the place of what was kept; nothing is kept where nothing is left. */
export function writeTodo(
  host: Host,
  directory: string,
  generation: number,
  commands: readonly PlanCommand[],
): void {
  const path = generationPath(directory, generation, name);
  if (commands.length === 0) {
    if (host.entry(path)) host.remove(path);
    return;
  }
  const fresh = `${path}.new`;
  if (host.entry(fresh)) host.remove(fresh);
  const rows = commands.map(({ kind, argv, words, seconds }) => [
    kind,
    argv,
    words,
    Number.isFinite(seconds) ? seconds : null,
  ]);
  host.create(fresh, new TextEncoder().encode(`${JSON.stringify(rows, null, 1)}\n`), 0o600);
  host.rename(fresh, path);
}

/** The same where nothing more can be done about it: then a command is given once more, which does no harm. */
export function noteTodo(...args: Parameters<typeof writeTodo>): void {
  try {
    writeTodo(...args);
  } catch (error) {
    if (codeOf(error) === undefined) throw error;
  }
}

/** What is left of an earlier run and that the commands of a new plan do not do: it comes after them. */
export function carryOver(left: readonly PlanCommand[], plan: RestartPlan | undefined): PlanCommand[] {
  const { steps = [], commands = [] } = plan ?? {};
  const running = new Set(
    steps.filter(({ action }) => action !== 'stop').flatMap(({ id, group }) => [id, group]),
  );
  const done = new Set(commands.flatMap(({ argv }) => argv));
  const given = new Set(commands.map(keyOf));
  return left.flatMap((one) => {
    // A web server that is not restarted need not be waited for, and what is not there cannot be started.
    if (one.kind === 'wait' || given.has(keyOf(one))) return [];
    const at = one.argv.findIndex((word) => verbs.has(word));
    const ids = at < 0 ? [] : one.argv.slice(at + 1);
    if (ids.length === 0) return [one];
    const open = ids.filter((id) => !done.has(id) && (one.kind === 'update' || running.has(id)));
    return open.length === 0 ? [] : [{ ...one, argv: [...one.argv.slice(0, at + 1), ...open] }];
  });
}

export function leftProblem(shown: string, left: readonly PlanCommand[]): Diagnostic {
  const lines = commandLines({ commands: left }).map((line) => `"${line}"`);
  return problem('GX862', `commands of an earlier run in "${shown}" were not given`, shown, {
    why: 'it failed or was interrupted: the files are new, and what runs may not be',
    help: `"gxgen apply --run" gives them: ${lines.join(', ')}`,
  });
}

const verbs: ReadonlySet<string> = new Set([
  'enable',
  'HUP',
  'reload-or-restart',
  'restart',
  'start',
  'update',
]);

function keyOf({ argv }: PlanCommand): string {
  return argv.join('\0');
}

function parse(text: string): PlanCommand[] {
  try {
    const rows = JSON.parse(text) as [PlanCommand['kind'], string[], string, number | null][];
    return rows.map(([kind, argv, words, seconds]) => ({
      kind,
      argv: argv.map(String),
      words,
      seconds: seconds ?? Number.POSITIVE_INFINITY,
    }));
  } catch {
    return [];
  }
}
