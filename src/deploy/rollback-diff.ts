// What going back to an earlier generation changes. The configuration stays as it is: only what is installed goes back,
// so the files alone tell what has to restart.

import type { Backend } from '../backends/backend.ts';
import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import type { Content } from './content.ts';
import { hashOf } from './digest.ts';
import { compareInstalled, differs } from './drift.ts';
import type { Manifest } from './manifest.ts';
import { drainSteps } from './orphans.ts';
import { planRestart, type RestartPlan } from './plan.ts';
import type { Held } from './session.ts';
import { fromRecord } from './snapshot.ts';
import { runningSummary } from './summary.ts';
import { driftWords, runningSets, type TargetDiff } from './target-diff.ts';

export interface RollbackSides {
  readonly backend: Backend;
  readonly held: Held;
  readonly current: Manifest;
  readonly wanted: Manifest;
  readonly files: ReadonlyMap<string, Content>;
  /** Files of others that go with what is installed. */
  readonly taken: readonly string[];
}

export function rollbackDiff(host: Host, sides: RollbackSides, report: Report): TargetDiff {
  const { backend, held, current, wanted, files, taken } = sides;
  const decoder = new TextDecoder();
  const outputs = [...files].map(([path, { bytes, mode }]) => ({ path, text: decoder.decode(bytes), mode }));
  const secret = new Set(wanted.files.filter((one) => one.secret).map(({ path }) => path));
  const compared = compareInstalled(host, held.directory, outputs, { owned: current, taken, hashOf });
  const comparison = {
    ...compared,
    files: compared.files.map((one) => (secret.has(one.path) ? { ...one, secret: true } : one)),
  };
  for (const { path, why } of comparison.unreadable)
    report(problem('GX014', `cannot read "${join(held.shown, path)}": ${why}`, join(held.shown, path)));
  const sets = runningSets(backend, comparison);
  const orphans = lostOwners(current, wanted);
  const plan: RestartPlan | undefined = sets && {
    ...planRestart({
      target: backend.name,
      directory: held.shown,
      user: wanted.mode === 'user',
      ...sets,
      changes: [],
      owners: [],
      deployment: { elsewhere: [], limits: {}, instances: [], named: false },
      files: {
        changed: comparison.files.some(({ state }) => state !== 'same'),
        removed: comparison.files.filter(({ state }) => state === 'leftover').map(({ path }) => path),
      },
    }),
    orphans,
  };
  return {
    target: backend.name,
    backend,
    directory: held.shown,
    comparison,
    changes: undefined,
    summary: sets ? runningSummary(sets.before, sets.after) : [],
    dropped: [],
    drift: driftWords(comparison),
    ...(plan ? { plan } : {}),
    differs: differs(comparison),
  };
}

/** Who owns jobs now and has no process afterwards. */
function lostOwners(current: Manifest, wanted: Manifest): RestartPlan['orphans'] {
  const [before, after] = [fromRecord(current.model)?.owners ?? [], fromRecord(wanted.model)?.owners];
  // What others wrote says nothing of jobs.
  if (!after) return [];
  const names = new Set(after.map(({ instance, name }) => `${instance}\0${name}`));
  const heir = after.find(({ kind }) => kind === 'process')?.name;
  return before
    .filter(({ instance, name }) => !names.has(`${instance}\0${name}`))
    .map((one) => ({
      ...one,
      ...(heir === undefined ? {} : { heir }),
      drain: drainSteps(one, heir),
    }));
}
