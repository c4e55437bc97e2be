// The plan for supervisor, whose `update` has rules of its own: it knows groups only, and a group in which anything
// changed is stopped, removed and added again as a whole.

import type { Deployment } from '../model/deployment.ts';
import type { RunningProcess, RunningSet } from '../model/running.ts';
import { instanceOf, kindOf } from './effects.ts';
import type { Judged, ManagerPlan, PlanAction, PlanCommand, PlanInput, PlanStep } from './plan.ts';
import { ordered } from './plan-systemd.ts';
import { probeOf, restartSeconds } from './probe.ts';

/** The main file of a supervisord of Galaxy's own. */
const mainFile = 'supervisord.conf';

export function supervisorPlan(input: PlanInput, judged: readonly Judged[]): ManagerPlan {
  const { before, after, files, directory, deployment } = input;
  const own = after.main?.file === mainFile || before.main?.file === mainFile;
  const conf = own ? ['-c', `${directory}/${mainFile}`] : [];
  const control = (...words: string[]) => ['supervisorctl', ...conf, ...words];
  const replaced = replacedGroups(before, after);
  const mainChanged = before.main && after.main && before.main.settings !== after.main.settings;
  const rolling = rollingServers(judged, after, replaced, deployment);
  const steps = judged.map((one) => stepOf(one, replaced, rolling));
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
  const rolled = steps.filter(({ action }) => action === 'rolling');
  const together = [...replaced].filter((group) => !rolled.some((one) => one.group === group));
  const first = own && before.processes.length === 0 && before.main === undefined;
  if (first) add('start', ['supervisord', ...conf], 'start supervisord with everything');
  else if (together.length > 0)
    add(
      'update',
      control('update', ...together),
      'let supervisor read its files, and replace the groups that changed',
      updateSeconds(steps, together),
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
  for (const step of rolled) {
    const argv = replaced.has(step.group) ? control('update', step.group) : control('restart', step.id);
    add(replaced.has(step.group) ? 'update' : 'restart', argv, `restart ${step.process}`, step.seconds);
    const process = after.processes.find((one) => one.id === step.id);
    const probe = process && probeOf(process, deployment);
    if (process && probe)
      add('wait', probe, `wait until ${step.process} answers`, restartSeconds(process, deployment));
  }
  return {
    steps: ordered(steps),
    commands,
    notes: [...wholeGroups(steps), ...(mainChanged ? [mainNote(conf)] : [])],
  };
}

/** Web servers of which another one serves while they restart, and which supervisor can restart one by one. */
function rollingServers(
  judged: readonly Judged[],
  after: RunningSet,
  replaced: ReadonlySet<string>,
  deployment: Deployment,
): Set<string> {
  const place = (one: RunningProcess) => instanceOf(one, deployment)?.name.value ?? '';
  const servers = after.processes.filter((one) => kindOf(one) === 'gunicorn');
  return new Set(
    judged
      .filter(({ before, after: one, process }) => before && one && kindOf(process) === 'gunicorn')
      .filter(({ process }) => servers.filter((one) => place(one) === place(process)).length > 1)
      .filter(({ process }) => {
        const members = after.processes.filter((one) => one.group === process.group);
        return !replaced.has(process.group) || members.length === 1;
      })
      .map(({ id }) => id),
  );
}

/** One group after the other; within one all stop at once, and nobody waits for what starts. */
function updateSeconds(steps: readonly PlanStep[], groups: readonly string[]): number {
  const stops = groups.map((group) =>
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

function stepOf(one: Judged, replaced: ReadonlySet<string>, rolling: ReadonlySet<string>): PlanStep {
  const { process, before, after } = one;
  const whole = replaced.has(process.group);
  const plain = actionOf(one, whole);
  const action = plain === 'restart' && rolling.has(one.id) ? 'rolling' : plain;
  const [stop, start] = [before?.stopSeconds ?? 0, after?.startSeconds ?? 0];
  const seconds = { stop, start, restart: stop + start, rolling: stop + start, reload: 0, untouched: 0 };
  return {
    id: one.id,
    process: process.name,
    kind: kindOf(process),
    group: process.group,
    action,
    causes: causesOf(one, whole),
    seconds: seconds[action],
  };
}

/** @param whole true when the group is replaced: then everything in it stops, and starts as the new file says */
function actionOf({ before, after, causes, byReload }: Judged, whole: boolean): PlanAction {
  if (!after) return 'stop';
  if (!before) return after.autostart ? 'start' : 'untouched';
  if (whole) return after.autostart ? 'restart' : 'stop';
  if (causes.length === 0) return 'untouched';
  return byReload ? 'reload' : 'restart';
}

function causesOf({ before, after, causes, process }: Judged, whole: boolean): readonly string[] {
  if (!after) return ['no longer part of the server'];
  if (!before) return after.autostart ? ['new'] : [];
  return causes.length === 0 && whole ? [sharedCause(process.group)] : causes;
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
