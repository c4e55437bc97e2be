// What apply and rollback have in common once they know what would change: showing it, asking, changing it, and giving the
// commands that follow.

import { type Installation, install } from '../deploy/install.ts';
import type { RestartPlan } from '../deploy/plan.ts';
import { commandLines } from '../deploy/plan-text.ts';
import type { Held } from '../deploy/session.ts';
import type { TargetDiff } from '../deploy/target-diff.ts';
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
  if (!serious(found) && news.length === 0) {
    const code = tell(found);
    host.stderr.write('gxgen: nothing to change: what is installed is what the configuration says\n');
    return code;
  }
  for (const one of news) {
    const adopted = one.adoption ? adoptionText(one.adoption, one.held.shown) : '';
    host.stdout.write(`${adopted}${patchText(one.diff)}${summaryText(one.diff)}`);
  }
  const different = news.flatMap((one) => differentAdoption(one) ?? []);
  const code = tell([...found, ...(args.on('yes') ? different : [])]);
  if (code !== exits.clean) return code;
  const plans = news.flatMap(({ diff }) => (diff.plan ? [diff.plan] : []));
  const asked = `${different.map(({ message }) => `${message}. `).join('')}${question(news, plans, args.on('run'))}`;
  if (!agreed(asked, doing.command, args, host)) {
    host.stderr.write('gxgen: nothing was changed\n');
    return exits.problems;
  }
  return change(news, plans, tell, args, host);
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
  news: readonly Prepared[],
  plans: readonly RestartPlan[],
  tell: (diagnostics: readonly Diagnostic[]) => number,
  args: Arguments,
  host: Host,
): number {
  const parts = plans.map((plan) => {
    const { before, after } = split(plan.commands);
    return { plan, before, after };
  });
  const lines = (plan: RestartPlan, commands: RestartPlan['commands']) => commandLines({ ...plan, commands });
  if (args.on('run')) {
    for (const { plan, before } of parts) {
      const failed = runCommands(before, lines(plan, before), host);
      if (failed) {
        const code = tell([failed]);
        host.stderr.write('gxgen: no file was changed\n');
        return code;
      }
    }
  }
  const reported: Diagnostic[] = [];
  const { generations } = install(
    host,
    news.map((one) => one.installation),
    (one) => reported.push(one),
  );
  const code = tell(reported);
  if (generations.size === 0) return code === exits.clean ? exits.problems : code;
  for (const { installation, held } of news)
    host.stderr.write(
      `gxgen: ${installed(installation)} in ${held.shown}, generation ${generations.get(held.shown)}\n`,
    );
  if (!args.on('run')) {
    const rest = parts.flatMap(({ plan, before, after }) => lines(plan, [...before, ...after]));
    if (rest.length > 0)
      host.stderr.write(
        `gxgen: give these commands (or use --run next time):\n${rest.map((one) => `  ${one}\n`).join('')}`,
      );
    return code;
  }
  for (const { plan, after } of parts) {
    const failed = runCommands(after, lines(plan, after), host);
    if (failed) return tell([failed]);
  }
  return code;
}

function question(news: readonly Prepared[], plans: readonly RestartPlan[], run: boolean): string {
  const count = changeCount(news);
  const files =
    count === 0 ? 'record what is installed' : `change ${count} ${count === 1 ? 'file' : 'files'}`;
  const commands = plans.flatMap((plan) => {
    const { before, after } = split(plan.commands);
    return [...before, ...after];
  }).length;
  const also = run && commands > 0 ? ` and give ${commands} ${commands === 1 ? 'command' : 'commands'}` : '';
  const text = `${files}${also}?`;
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
