// The plan for supervisor, whose `update` has rules of its own: it knows groups only, and a group in which anything
// changed is stopped, removed and added again as a whole.

import type { RunningProcess, RunningSet } from '../model/running.ts';
import { kindOf } from './effects.ts';
import type { Judged, ManagerPlan, PlanAction, PlanCommand, PlanInput, PlanStep } from './plan.ts';
import { ordered } from './plan-systemd.ts';

/** The main file of a supervisord of Galaxy's own. */
const mainFile = 'supervisord.conf';

export function supervisorPlan(input: PlanInput, judged: readonly Judged[]): ManagerPlan {
  const { before, after, files, directory } = input;
  const own = after.main?.file === mainFile || before.main?.file === mainFile;
  const conf = own ? ['-c', `${directory}/${mainFile}`] : [];
  const control = (...words: string[]) => ['supervisorctl', ...conf, ...words];
  const replaced = replacedGroups(before, after);
  const mainChanged = before.main && after.main && before.main.settings !== after.main.settings;
  const steps = judged.map((one) => stepOf(one, replaced));
  const commands: PlanCommand[] = [];
  const add = (kind: PlanCommand['kind'], argv: readonly string[], words: string, seconds = 0) =>
    commands.push({ kind, argv, words, seconds });

  if (files.removed.length > 0)
    add(
      'remove',
      ['rm', '--', ...files.removed.map((path) => `${directory}/${path}`)],
      'remove the files that go',
    );
  if (files.changed) add('switch', [], 'the new files take the place of the old ones');
  const first = own && before.processes.length === 0 && before.main === undefined;
  if (first) add('start', ['supervisord', ...conf], 'start supervisord with everything');
  else if (replaced.size > 0)
    add(
      'update',
      control('update', ...replaced),
      'let supervisor read its files, and replace the groups that changed',
      updateSeconds(steps, replaced),
    );
  const alone = steps.filter(({ group }) => !replaced.has(group));
  const restarted = alone.filter(({ action }) => action === 'restart');
  if (restarted.length > 0)
    add(
      'restart',
      control('restart', ...restarted.map(({ id }) => id)),
      'restart what changed',
      sum(restarted.map((one) => one.seconds)),
    );
  for (const step of alone.filter(({ action }) => action === 'reload'))
    add('reload', control('signal', 'HUP', step.id), `give ${step.process} its new configuration`);
  return {
    steps: ordered(steps),
    commands,
    notes: [...wholeGroups(steps), ...(mainChanged ? [mainNote(conf)] : [])],
  };
}

/** One group after the other; within one all stop at once, and nobody waits for what starts. */
function updateSeconds(steps: readonly PlanStep[], replaced: ReadonlySet<string>): number {
  const stops = [...replaced].map((group) =>
    Math.max(
      0,
      ...steps.filter((one) => one.group === group && one.action !== 'start').map((one) => one.seconds),
    ),
  );
  return sum(stops);
}

function sum(seconds: readonly number[]): number {
  return seconds.reduce((a, b) => a + b, 0);
}

function stepOf(one: Judged, replaced: ReadonlySet<string>): PlanStep {
  const { process, before, after } = one;
  const whole = replaced.has(process.group);
  const action: PlanAction = !after
    ? 'stop'
    : !before
      ? after.autostart
        ? 'start'
        : 'untouched'
      : whole
        ? after.autostart
          ? 'restart'
          : 'stop'
        : one.causes.length === 0
          ? 'untouched'
          : one.byReload
            ? 'reload'
            : 'restart';
  const causes =
    action === 'start'
      ? ['new']
      : !after
        ? ['no longer part of the server']
        : one.causes.length > 0
          ? one.causes
          : whole && before
            ? [sharedCause(process.group)]
            : [];
  const [stop, start] = [before?.stopSeconds ?? 0, after?.startSeconds ?? 0];
  const seconds = { stop, start, restart: stop + start, rolling: stop + start, reload: 0, untouched: 0 }[
    action
  ];
  return {
    id: one.id,
    process: process.name,
    kind: kindOf(process),
    action,
    causes,
    seconds,
    group: process.group,
  };
}

function sharedCause(group: string): string {
  return `supervisor replaces the group "${group}" as a whole`;
}

/** Groups that `update` adds, removes or replaces. */
function replacedGroups(before: RunningSet, after: RunningSet): Set<string> {
  const [old, fresh] = [byGroup(before), byGroup(after)];
  const same = (group: string) =>
    JSON.stringify(old.get(group)?.map(asSupervisorSees)) ===
    JSON.stringify(fresh.get(group)?.map(asSupervisorSees));
  return new Set([...new Set([...old.keys(), ...fresh.keys()])].filter((group) => !same(group)));
}

function byGroup({ processes }: RunningSet): Map<string, RunningProcess[]> {
  const groups = new Map<string, RunningProcess[]>();
  for (const one of processes) groups.set(one.group, [...(groups.get(one.group) ?? []), one]);
  return groups;
}

/** What supervisor compares, in the order in which the group lists it. */
function asSupervisorSees({ id, atStart }: RunningProcess): unknown {
  return [id, [...atStart].sort(([a], [b]) => (a < b ? -1 : 1))];
}

function wholeGroups(steps: readonly PlanStep[]): string[] {
  const groups = new Set(
    steps.filter(({ causes, group }) => causes[0] === sharedCause(group)).map(({ group }) => group),
  );
  return [...groups].map(
    (group) =>
      `supervisor knows a change by its group only, so all of "${group}" restarts; in the layout self-contained without an instance name each process is a group of its own`,
  );
}

function mainNote(conf: readonly string[]): string {
  return `${mainFile} changed, which supervisord reads only when it starts: supervisorctl ${[...conf, 'reload'].join(' ')} restarts everything`;
}
