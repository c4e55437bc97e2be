// What apply and rollback have in common once they know what would change: showing it, asking, changing it, and giving the
// commands that follow.

import { type Installation, install } from '../deploy/install.ts';
import type { PlanCommand } from '../deploy/plan.ts';
import { commandLines } from '../deploy/plan-text.ts';
import type { Held } from '../deploy/session.ts';
import { namedGeneration } from '../deploy/state.ts';
import type { TargetDiff } from '../deploy/target-diff.ts';
import { carryOver, leftProblem, noteTodo } from '../deploy/todo.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Compilation } from '../pipeline.ts';
import { type Adoption, adoptionProblem, adoptionText, isEquivalent } from './adopting.ts';
import { agreed } from './asking.ts';
import { type Arguments, exits } from './command.ts';
import { writeReport } from './compiling.ts';
import { patchText, summaryText } from './diff-text.ts';
import { runCommands, split } from './running.ts';

/** One directory, and what is to become of it. */
export interface Prepared {
  readonly held: Held;
  readonly diff: TargetDiff;
  readonly installation: Installation;
  /** False when everything is as it should be, recorded and all. */
  readonly news: boolean;
  /** Commands that an earlier run did not get to. */
  readonly left: readonly PlanCommand[];
  /** Variables whose values stand in files of their own, or make a file secret. */
  readonly secretNames?: readonly string[];
  /** What others installed, where that is taken over. */
  readonly adoption?: Adoption;
}

export interface Doing {
  readonly command: 'apply' | 'rollback';
  readonly secrets: Compilation['secrets'];
}

export function carryOut(
  prepared: readonly Prepared[],
  found: readonly Diagnostic[],
  doing: Doing,
  args: Arguments,
  host: Host,
): number {
  const judged = { secrets: doing.secrets, unreadable: false };
  const tell = (diagnostics: readonly Diagnostic[]) =>
    writeReport(diagnostics, judged, host.stderr, 'text', args, host);
  const news = prepared.filter((one) => one.news);
  const forgotten = prepared.filter((one) => !one.news && one.left.length > 0);
  const unsaid = args.on('run') ? [] : forgotten.map((one) => leftProblem(one.held.shown, one.left));
  const work = prepared.filter((one) => one.news || (args.on('run') && one.left.length > 0)).map(workOf);
  if (!serious(found) && work.length === 0) {
    const code = tell([...found, ...unsaid]);
    const wanted = doing.command === 'apply' ? 'what the configuration says' : 'that generation already';
    host.stderr.write(`gxgen: nothing to change: what is installed is ${wanted}\n`);
    return code;
  }
  for (const one of news) {
    const adopted = one.adoption ? adoptionText(one.adoption, one.held.shown) : '';
    host.stdout.write(`${adopted}${patchText(one.diff)}${summaryText(one.diff)}`);
  }
  for (const { one, again } of work)
    if (again.length > 0)
      host.stdout.write(
        `Left of an earlier run in ${one.held.shown}:\n${commandLines({ commands: again })
          .map((line) => `  ${line}\n`)
          .join('')}`,
      );
  const different = news.flatMap((one) => differentAdoption(one) ?? []);
  const code = tell([...found, ...unsaid, ...(args.on('yes') ? different : [])]);
  if (code !== exits.clean) return code;
  const asked = `${different.map(({ message }) => `${message}. `).join('')}${question(work, args.on('run'))}`;
  if (!agreed(asked, doing.command, args, host)) {
    host.stderr.write('gxgen: nothing was changed\n');
    return exits.problems;
  }
  return change(work, tell, args, host);
}

/** What is to be done for one directory. */
interface Work {
  readonly one: Prepared;
  /** Commands before the files are switched. */
  readonly before: readonly PlanCommand[];
  /** Commands after that, those of `again` last. */
  readonly after: readonly PlanCommand[];
  /** What an earlier run did not get to and is still to be done. */
  readonly again: readonly PlanCommand[];
}

function workOf(one: Prepared): Work {
  if (!one.news) return { one, before: [], after: one.left, again: one.left };
  const { before, after } = split(one.diff.plan?.commands ?? []);
  const again = carryOver(one.left, one.diff.plan);
  return { one, before, after: [...after, ...again], again };
}

function differentAdoption({ adoption, installation, held }: Prepared): Diagnostic | undefined {
  const { others } = installation.examination;
  return adoption && !isEquivalent(adoption, others)
    ? adoptionProblem(adoption, others, held.shown)
    : undefined;
}

export function serious(found: readonly Diagnostic[]): boolean {
  return found.some((one) => one.severity === 'error');
}

/** Files that are to be written or removed. */
export function changeCount(news: readonly Prepared[]): number {
  return news.reduce((sum, one) => sum + one.installation.examination.changes.length, 0);
}

function change(
  work: readonly Work[],
  tell: (diagnostics: readonly Diagnostic[]) => number,
  args: Arguments,
  host: Host,
): number {
  const run = args.on('run');
  if (run)
    for (const { before } of work) {
      const failed = runCommands(before, host);
      if (failed) {
        const code = tell([failed]);
        host.stderr.write('gxgen: no file was changed\n');
        return code;
      }
    }
  const news = work.filter(({ one }) => one.news);
  const reported: Diagnostic[] = [];
  const { generations } = install(
    host,
    news.map(({ one, after }) => ({ ...one.installation, ...(run ? { todo: after } : {}) })),
    (one) => reported.push(one),
  );
  const code = tell(reported);
  if (generations.size < news.length) return code === exits.clean ? exits.problems : code;
  for (const { one } of news)
    host.stderr.write(
      `gxgen: ${installed(one.installation)} in ${one.held.shown}, generation ${generations.get(one.held.shown)}\n`,
    );
  for (const { one } of news) for (const line of secretNotes(one)) host.stderr.write(`gxgen: ${line}\n`);
  if (!run) {
    const rest = commandLines({ commands: work.flatMap(({ before, after }) => [...before, ...after]) });
    if (rest.length > 0)
      host.stderr.write(
        `gxgen: give these commands (or use --run next time):\n${rest.map((one) => `  ${one}\n`).join('')}`,
      );
    return code;
  }
  for (const { one, after } of work) {
    const { directory } = one.held;
    const generation = namedGeneration(host, directory) ?? 0;
    const failed = runCommands(after, host, (rest) => noteTodo(host, directory, generation, rest));
    if (failed) return tell([failed]);
  }
  return code;
}

const mostNames = 4;

/** Why files are not readable for others. */
function secretNotes({ installation, held, secretNames = [] }: Prepared): string[] {
  const { secret, examination } = installation;
  // A file of others is put back with the mode that it had.
  const written = examination.changes.filter(
    ({ path, after }) => after && secret.has(path) && (after.mode & 0o077) === 0,
  );
  const why = secretNames.length > 0 ? `: secret (${secretNames.join(', ')})` : '';
  const names = written.map(({ path }) => `${held.shown}/${path}`);
  if (names.length <= mostNames) return names.map((name) => `only its owner can read ${name}${why}`);
  return [
    `only their owner can read ${names.slice(0, mostNames - 1).join(', ')} and ${names.length - mostNames + 1} more${why}`,
  ];
}

function question(work: readonly Work[], run: boolean): string {
  const news = work.filter(({ one }) => one.news).map(({ one }) => one);
  const count = changeCount(news);
  const files =
    count === 0 ? 'record what is installed' : `change ${count} ${count === 1 ? 'file' : 'files'}`;
  const commands = work.flatMap(({ before, after }) => [...before, ...after]).length;
  const give = `give ${commands} ${commands === 1 ? 'command' : 'commands'}`;
  const parts = [...(news.length > 0 ? [files] : []), ...(run && commands > 0 ? [give] : [])];
  const text = `${parts.join(' and ')}?`;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}

function installed({ examination }: Installation): string {
  const count = (test: (one: Installation['examination']['changes'][number]) => boolean) =>
    examination.changes.filter(test).length;
  const parts = [
    [count(({ before, after }) => !before && after !== undefined), 'new'],
    [count(({ before, after }) => before !== undefined && after !== undefined), 'changed'],
    [count(({ after }) => !after), 'removed'],
  ] as const;
  const told = parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`);
  return told.length > 0 ? `files switched (${told.join(', ')})` : 'recorded as it is';
}
