// Starts what was written for many strings at once, in the real process manager of a fresh sandbox.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { escapedUnitName, type Place, type Target } from './places.ts';
import { inSandbox, type Sandbox } from './sandbox.ts';
import { mainConfiguration, settledProcesses, startSupervisor } from './supervisor.ts';
import { install, processes, start, unitsIn } from './systemd.ts';
import type { Trial } from './trial.ts';
import type { Seen } from './witness.ts';

/** What the process of an instance saw, or why there is none, as far as anybody said. */
export type Outcomes = ReadonlyMap<string, Seen | string>;

export interface Attempt {
  readonly place: Place;
  readonly target: Target;
  readonly trials: readonly Trial[];
  /** A folder with what was written, or patterns for supervisor's `[include]`. */
  readonly files: readonly string[];
  /** The interpreter to run supervisor with (see `startSupervisor`). */
  readonly python?: string;
  /** Seconds to wait for processes that do not appear. */
  readonly patience: number;
}

/** What the process of each instance saw, by instance. */
export function attempt(what: Attempt): Promise<Outcomes> {
  const { target } = what;
  return inSandbox(target === 'systemd' ? 'systemd' : 'idle', (box) => {
    if (target === 'supervisor') return runSupervisor(box, what);
    return target === 'systemd' ? runSystemd(box, what) : runCommands(box, what);
  });
}

async function runSystemd(
  box: Sandbox,
  { place, trials, files: [out = ''], patience }: Attempt,
): Promise<Outcomes> {
  await install(box, out);
  const unitOf = ({ spot, string }: Trial) =>
    `galaxy-${spot.instance}-${escapedUnitName(place.process(string.value))}.service`;
  const there = new Set(unitsIn(out, '.service'));
  const units = trials.map(unitOf).filter((unit) => there.has(unit));
  const said = await start(box, units);
  const seen = await processes(box, units, patience);
  const log = `${said}${box.log()}`.split('\n');
  const about = (unit: string) => log.filter((line) => line.includes(unit)).slice(-3);
  return new Map(
    trials.map((trial) => [trial.spot.instance, seen.get(unitOf(trial)) ?? about(unitOf(trial)).join(' | ')]),
  );
}

async function runSupervisor(box: Sandbox, { trials, files, python, patience }: Attempt): Promise<Outcomes> {
  const supervisor = await startSupervisor(box, mainConfiguration(...files), python);
  await settledProcesses(box, trials.length, patience);
  const seen = new Map<string, Seen | string>();
  for (const [name, one] of supervisor.processes()) seen.set(name.replace(/:.*/s, ''), one);
  return seen;
}

// Both shells get every string, in turns from place to place.
async function runCommands(
  box: Sandbox,
  { place, trials, files: [out = ''], patience }: Attempt,
): Promise<Outcomes> {
  const commands = trials.flatMap(({ spot, string }) => [
    (string.index + place.key.length) % 2 === 0 ? 'dash' : 'bash',
    join(out, `galaxy-${spot.instance}-commands.sh`),
  ]);
  const all = 'while [ $# -gt 0 ]; do "$1" "$2" || exit; shift 2; done';
  await box.output(['sh', '-c', all, 'sh', ...commands]);
  await settledProcesses(box, trials.length, patience);
  const seen = box.seen();
  const found = new Map<string, Seen | string>();
  for (const { spot, string } of trials) {
    const pidFile = join(
      spot.folder,
      'data/gravity',
      `${spot.instance}_${escapedUnitName(place.process(string.value))}.pid`,
    );
    const one = existsSync(pidFile) ? seen.get(Number(readFileSync(pidFile, 'utf8'))) : undefined;
    if (one) found.set(spot.instance, one);
  }
  return found;
}
