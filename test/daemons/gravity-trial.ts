// What Gravity does with every hostile string in one place, from the same configurations.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { attempt } from './attempt.ts';
import type { Gravity } from './gravity.ts';
import type { Place, Spot, Target } from './places.ts';
import { folder } from './scratch.ts';
import { emptyTally, judge, type Tally } from './tally.ts';
import type { Trial } from './trial.ts';

/** Gravity in a sandbox of its own, for all places. */
export interface GravityBench {
  readonly python: string;
  readonly workers: readonly Gravity[];
}

/** What Gravity does with the same configurations. `refused` holds whatever it ended with an error for. */
export async function tryGravity(
  place: Place,
  target: Target,
  trials: readonly Trial[],
  { python, workers }: GravityBench,
): Promise<Tally> {
  const tally = emptyTally();
  const units = folder('fidelity', place.key, 'gravity-units');
  const running: Trial[] = [];
  const queue = trials.filter(({ exists }) => exists);
  tally.untried = trials.length - queue.length;
  await Promise.all(
    workers.map(async (gravity) => {
      for (let trial = queue.shift(); trial; trial = queue.shift()) {
        if (await gravityWrites(gravity, trial, target, units, tally)) running.push(trial);
      }
    }),
  );
  const includes = running.flatMap(({ spot }) => supervisorFiles(spot));
  const files = target === 'systemd' ? [units] : includes;
  const seen = await attempt({ place, target, trials: running, files, patience: 2, python });
  judge(place, running, seen, false, tally);
  return tally;
}

async function gravityWrites(
  gravity: Gravity,
  { spot, string }: Trial,
  target: Target,
  units: string,
  tally: Tally,
): Promise<boolean> {
  const error = await gravity.ask({ do: 'update', config: spot.config, target, units });
  if (error !== undefined) {
    tally.refused++;
    return false;
  }
  if (target === 'systemd') return true;
  // One bad file stops supervisord for all, so each is tried alone before they are run together.
  const conf = join(spot.folder, 'alone.conf');
  writeFileSync(conf, `[supervisord]\n[include]\nfiles = ${supervisorFiles(spot).join(' ')}\n`);
  const stops = await gravity.ask({ do: 'parse', conf });
  if (stops !== undefined) tally.wrong.push(`${string.index}: supervisord stops: ${stops}`);
  return stops === undefined;
}

function supervisorFiles(spot: Spot): string[] {
  const state = join(spot.folder, 'data/gravity/supervisor/supervisord.conf.d');
  return [`${state}/*.d/*.conf`, `${state}/*.conf`];
}
