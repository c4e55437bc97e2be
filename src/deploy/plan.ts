// What a change does to the running processes, and the commands that do it: one plan for what systemd and supervisor
// each make of it.

import type { Difference } from '../model/compare.ts';
import type { Deployment } from '../model/deployment.ts';
import type { JobOwner } from '../model/owners.ts';
import type { RunningProcess, RunningSet } from '../model/running.ts';
import { compareRunning, type RunningDifference } from './compare-running.ts';
import { changesFor, isReloaded, kindOf, type RunningKind } from './effects.ts';
import { findOrphans, type Orphan } from './orphans.ts';
import { supervisorPlan } from './plan-supervisor.ts';
import { systemdPlan } from './plan-systemd.ts';

/** `rolling`: restarted after the one before it answers again. `reload`: takes the new configuration on SIGHUP. */
export type PlanAction = 'untouched' | 'reload' | 'rolling' | 'restart' | 'start' | 'stop';

export interface PlanStep {
  /** What systemctl or supervisorctl calls it. */
  readonly id: string;
  /** What Galaxy's administrator calls it. */
  readonly process: string;
  readonly kind: RunningKind;
  /** Its target or group. */
  readonly group: string;
  readonly action: PlanAction;
  /** Why, in words; for an untouched process what changes without a restart. */
  readonly causes: readonly string[];
  /** How long it may take, from its timeouts; infinite where nothing limits it. */
  readonly seconds: number;
}

export interface PlanCommand {
  /** `switch`: the new files take the place of the old ones here; its `argv` is empty. `wait`: until a web server answers. */
  readonly kind:
    | 'stop'
    | 'disable'
    | 'remove'
    | 'switch'
    | 'daemon-reload'
    | 'enable'
    | 'start'
    | 'restart'
    | 'reload'
    | 'wait'
    | 'update';
  readonly argv: readonly string[];
  /** What it does, in words. */
  readonly words: string;
  /** How long it may take. */
  readonly seconds: number;
}

export interface RestartPlan {
  readonly target: string;
  /** In the order in which they happen; those that stay untouched last. */
  readonly steps: readonly PlanStep[];
  readonly commands: readonly PlanCommand[];
  /** Differences that running processes take without a restart. */
  readonly withoutRestart: readonly Difference[];
  /** Names under which jobs would be left behind. */
  readonly orphans: readonly Orphan[];
  readonly seconds: number;
  /** What else is to be known, in whole clauses. */
  readonly notes: readonly string[];
}

export interface PlanInput {
  /** As in `--target`: systemd or supervisor. */
  readonly target: string;
  /** Where the files stand. */
  readonly directory: string;
  /** True for the systemd of a user. */
  readonly user: boolean;
  readonly before: RunningSet;
  readonly after: RunningSet;
  /** What changed in the configuration since; undefined where it is not known. */
  readonly changes: readonly Difference[] | undefined;
  /** Who may own jobs before; undefined where only the units tell. */
  readonly owners: readonly JobOwner[] | undefined;
  /** What is to run. */
  readonly deployment: Deployment;
  /** True when any file is written or removed. */
  readonly files: {
    readonly changed: boolean;
    readonly removed: readonly string[];
  };
}

/** A process, with why it starts again and what it takes without. */
export interface Judged extends RunningDifference {
  readonly process: RunningProcess;
  /** Why it has to start again; empty when it need not. */
  readonly causes: readonly string[];
  /** True when SIGHUP does instead of a restart. */
  readonly byReload: boolean;
}

/** What a manager makes of the judged processes. */
export type ManagerPlan = Pick<RestartPlan, 'steps' | 'commands' | 'notes'>;

export function planRestart(input: PlanInput): RestartPlan {
  const { target, before, after, changes = [], deployment } = input;
  const judged = compareRunning(before, after).map((one) => judge(one, changes, deployment));
  const { steps, commands, notes } = (target === 'supervisor' ? supervisorPlan : systemdPlan)(input, judged);
  return {
    target,
    steps,
    commands,
    withoutRestart: changes.filter((one) => isReloaded(one, deployment)),
    orphans: findOrphans(input),
    seconds: commands.reduce((sum, one) => sum + one.seconds, 0),
    notes: [...notes, ...unknownChanges(input)],
  };
}

function judge(one: RunningDifference, changes: readonly Difference[], deployment: Deployment): Judged {
  const process = one.after ?? one.before;
  if (!process) throw new Error(`${one.id} is in no set`);
  const invisible = one.before && one.after ? changesFor(process, changes, deployment) : [];
  return {
    ...one,
    process,
    causes: [...one.atStart, ...changeCauses(invisible)],
    byReload: one.same && one.before?.reloads === true && process.reloads && kindOf(process) === 'gunicorn',
  };
}

const mostCauses = 3;

/** What changed beyond the unit, at most three by name. */
function changeCauses(changes: readonly Difference[]): string[] {
  const words = changes.map((one) => one.words);
  return words.length <= mostCauses
    ? words
    : [
        ...words.slice(0, mostCauses - 1),
        `${words.length - mostCauses + 1} more changes of the configuration`,
      ];
}

function unknownChanges({ changes, before }: PlanInput): string[] {
  return changes === undefined && before.processes.length > 0
    ? [
        'whether Galaxy options, handlers or tools changed since the processes started is not known: nothing recorded here says what they were started with',
      ]
    : [];
}
