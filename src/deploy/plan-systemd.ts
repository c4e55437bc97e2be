// The plan for systemd: stop what goes, read the units again, start what is new, restart what changed; web servers last
// and, where there are several, one after the other.

import type { Deployment } from '../model/deployment.ts';
import { kindOf } from './effects.ts';
import type { Judged, ManagerPlan, PlanAction, PlanCommand, PlanInput, PlanStep } from './plan.ts';
import { probeOf, restartSeconds } from './probe.ts';

export function systemdPlan(input: PlanInput, judged: readonly Judged[]): ManagerPlan {
  const { before, after, files } = input;
  const systemctl = input.user ? ['systemctl', '--user'] : ['systemctl'];
  const acted = decide(judged);
  const of = (...actions: PlanAction[]) => acted.filter(({ step }) => actions.includes(step.action));
  const groupsBefore = new Set(before.groups.map((one) => one.id));
  const groupsAfter = new Set(after.groups.map((one) => one.id));
  const goneGroups = [...groupsBefore].filter((id) => !groupsAfter.has(id));
  const newGroups = after.groups.filter((one) => !groupsBefore.has(one.id));
  const commands: PlanCommand[] = [];
  const add = (
    kind: PlanCommand['kind'],
    argv: readonly string[],
    words: string,
    steps: readonly PlanStep[] = [],
  ) => commands.push({ kind, argv, words, seconds: Math.max(0, ...steps.map((one) => one.seconds)) });

  const stopped = of('stop');
  if (stopped.length + goneGroups.length > 0)
    add(
      'stop',
      [...systemctl, 'stop', ...goneGroups, ...stopped.map(({ step }) => step.id)],
      'stop what is no longer part of the server',
      stopped.map(({ step }) => step),
    );
  if (goneGroups.length > 0)
    add('disable', [...systemctl, 'disable', ...goneGroups], 'no longer start it with the machine');
  if (files.removed.length > 0)
    add(
      'remove',
      ['rm', '--', ...files.removed.map((path) => `${input.directory}/${path}`)],
      'remove its files',
    );
  if (files.changed) {
    add('switch', [], 'the new files take the place of the old ones');
    add('daemon-reload', [...systemctl, 'daemon-reload'], 'let systemd read the units');
  }
  const enabled = newGroups.filter((one) => one.wantedBy !== '').map((one) => one.id);
  if (enabled.length > 0) add('enable', [...systemctl, 'enable', ...enabled], 'start it with the machine');
  const started = of('start');
  const within = new Set(newGroups.map((one) => one.id));
  const startIds = [
    ...within,
    ...started.filter(({ one }) => !within.has(one.process.group)).map(({ step }) => step.id),
  ];
  if (startIds.length > 0)
    add(
      'start',
      [...systemctl, 'start', ...startIds],
      'start what is new',
      started.map(({ step }) => step),
    );
  // The web server last: what it hands out is then served.
  const restarted = of('restart').map(({ step }) => step);
  const [web, others] = [true, false].map((isWeb) =>
    restarted.filter((one) => (one.kind === 'gunicorn') === isWeb),
  );
  for (const [steps, words] of [
    [others ?? [], 'restart what changed'],
    [web ?? [], 'restart the web server'],
  ] as const)
    if (steps.length > 0)
      add('restart', [...systemctl, 'restart', ...steps.map(({ id }) => id)], words, steps);
  for (const { step } of of('reload'))
    add(
      'reload',
      [...systemctl, 'reload-or-restart', step.id],
      `give ${step.process} its new configuration`,
      [step],
    );
  for (const { step, one } of of('rolling')) {
    add('restart', [...systemctl, 'restart', step.id], `restart ${step.process}`, [step]);
    const probe = probeOf(one.process, input.deployment);
    if (probe) {
      const seconds = restartSeconds(one.process, input.deployment);
      commands.push({ kind: 'wait', argv: probe, words: `wait until ${step.process} answers`, seconds });
    }
  }
  return { steps: ordered(acted.map(({ step }) => step)), commands, notes: notes(acted, input.deployment) };
}

interface Acted {
  readonly one: Judged;
  readonly step: PlanStep;
}

function decide(judged: readonly Judged[]): Acted[] {
  const actions = judged.map(actionOf);
  return judged.map((one, index) => {
    const action = rolls(judged, actions, index) ? 'rolling' : (actions[index] ?? 'untouched');
    const causes =
      action === 'start'
        ? ['new']
        : action === 'stop'
          ? ['no longer part of the server']
          : one.causes.length > 0
            ? one.causes
            : one.atOnce.map((words) => `${words}, which systemd takes over as it is`);
    return {
      one,
      step: {
        id: one.id,
        process: one.process.name,
        kind: kindOf(one.process),
        group: one.process.group,
        action,
        causes,
        seconds: secondsOf(action, one),
      },
    };
  });
}

function actionOf({ before, after, causes, byReload }: Judged): PlanAction {
  if (!after) return 'stop';
  if (!before) return after.autostart ? 'start' : 'untouched';
  if (causes.length === 0) return 'untouched';
  return byReload ? 'reload' : 'restart';
}

/** One of several web servers of a group that restart: while it does, the others serve. */
function rolls(judged: readonly Judged[], actions: readonly PlanAction[], index: number): boolean {
  const one = judged[index];
  if (!one || actions[index] !== 'restart' || kindOf(one.process) !== 'gunicorn') return false;
  const others = judged.filter(
    (other) =>
      other.after && other.process.group === one.process.group && kindOf(other.process) === 'gunicorn',
  );
  return others.length > 1;
}

function secondsOf(action: PlanAction, { before, after }: Judged): number {
  const [stop, start] = [before?.stopSeconds ?? 0, after?.startSeconds ?? 0];
  if (action === 'stop') return stop;
  if (action === 'start') return start;
  return action === 'restart' || action === 'rolling' ? stop + start : 0;
}

const order: readonly PlanAction[] = ['stop', 'start', 'restart', 'reload', 'rolling', 'untouched'];

/** In the order in which the commands do it; within one, as the processes are listed. */
export function ordered(steps: readonly PlanStep[]): PlanStep[] {
  const web = (one: PlanStep) => (one.kind === 'gunicorn' ? 1 : 0);
  return order.flatMap((action) =>
    steps.filter((one) => one.action === action).sort((a, b) => (action === 'restart' ? web(a) - web(b) : 0)),
  );
}

function notes(acted: readonly Acted[], deployment: Deployment): string[] {
  return acted.flatMap(({ one, step }) => [
    ...(step.action === 'untouched' && one.after && !one.before
      ? [`${step.process} is new and does not start by itself`]
      : []),
    ...(step.action === 'rolling' && !probeOf(one.process, deployment)
      ? [`gxgen does not know how to ask whether ${step.process} answers: wait for it before the next one`]
      : []),
  ]);
}
