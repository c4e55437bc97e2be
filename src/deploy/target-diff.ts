// One target as it is and as it would be: its files, what they run, what changed in the configuration, and the plan. What
// `diff` shows and what `apply` asks about is this.

import type { Backend, OutputFile, TargetOptions } from '../backends/backend.ts';
import { dropInPaths } from '../backends/systemd/drop-ins.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { compareFacts, type Difference } from '../model/compare.ts';
import type { Deployment } from '../model/deployment.ts';
import { join } from '../model/paths.ts';
import type { RunningSet } from '../model/running.ts';
import { compareRunning } from './compare-running.ts';
import { hashOf } from './digest.ts';
import { compareInstalled, differs, type InstalledComparison } from './drift.ts';
import { type Dropped, droppedInstances, reportOtherTarget } from './dropped.ts';
import { interruption, isTransit } from './interrupted.ts';
import { readManifest } from './manifest.ts';
import { planReload, planRestart, type RestartPlan } from './plan.ts';
import { fromRecord, snapshotOf } from './snapshot.ts';
import { changeSummary, fileSummary, runningSummary } from './summary.ts';

export interface TargetDiff {
  readonly target: string;
  readonly backend: Backend;
  /** As it was named; undefined where two sources are compared. */
  readonly directory?: string;
  readonly comparison: InstalledComparison;
  /** What changed in the configuration; undefined where only the installed files tell. */
  readonly changes: readonly Difference[] | undefined;
  /** What changed, in words, one a line: of the configuration where it is known, else of what the files run. */
  readonly summary: readonly string[];
  /** Names of installed things and what became of them: `galaxy-gunicorn.service was edited since gxgen wrote it`. */
  readonly drift: readonly string[];
  /** Instances that are installed and would be removed as a whole. */
  readonly dropped: readonly Dropped[];
  /** Absent for a target whose files start nothing. */
  readonly plan?: RestartPlan;
  /** True when anything differs: files, configuration, or what runs. */
  readonly differs: boolean;
}

export interface InstalledSide {
  readonly backend: Backend;
  readonly deployment: Deployment;
  readonly files: readonly OutputFile[];
  readonly directory: string;
  /** What `gxgen.yml` says about systemd. */
  readonly systemd: TargetOptions['systemd'];
  /** Files of others that are taken over, and go where they are not part of the set. */
  readonly taken?: readonly string[];
}

/** @param report what makes the comparison uncertain, or impossible (GX800) */
export function installedDiff(
  host: Host,
  side: InstalledSide,
  report: (one: Diagnostic) => void,
): TargetDiff {
  const { backend, deployment, files, directory } = side;
  if (host.kind(directory) === undefined)
    report(problem('GX801', `"${directory}" does not exist`, directory, { why: 'every file counts as new' }));
  const interrupted = interruption(host, directory);
  if (interrupted) report(interrupted);
  const manifest = readManifest(host, directory, report);
  if (manifest) reportOtherTarget(manifest, backend.name, directory, report);
  const comparison = compareInstalled(host, directory, files, {
    ...(manifest ? { owned: manifest } : {}),
    ...(side.taken ? { taken: side.taken } : {}),
    hashOf,
    isTransit: (path) => isTransit(host, directory, path),
  });
  for (const { path, why } of comparison.unreadable)
    report(
      problem('GX800', `cannot read "${join(directory, path)}": ${why}`, join(directory, path), {
        help: 'run gxgen as a user who may read what is installed',
      }),
    );
  const record = fromRecord(manifest?.model);
  const now = record && snapshotOf(deployment, hashOf);
  const changes = record && now ? compareFacts(record.facts, now.facts) : undefined;
  const overridden = overrides(backend, comparison);
  const drift = [...driftWords(comparison), ...overridden];
  const dropped = record ? droppedInstances(record, deployment) : [];
  // Those of an instance that goes as a whole are said with it, and nobody can take over its jobs.
  const gone = new Set(dropped.map((one) => one.instance));
  const owners = record?.owners.filter((one) => !gone.has(one.instance));
  return finish({ side, comparison, changes, owners, dropped, drift, report });
}

/** Two sources for one target; either may have nothing there. */
export function sourcesDiff(
  side: InstalledSide,
  before: { readonly deployment: Deployment; readonly files: readonly OutputFile[] },
  report: (one: Diagnostic) => void,
): TargetDiff {
  const [old, fresh] = [before.files, side.files].map(
    (files) => new Map(files.map((one) => [one.path, one])),
  );
  const paths = [...new Set([...(old?.keys() ?? []), ...(fresh?.keys() ?? [])])].sort();
  const bytes = (text: string) => new TextEncoder().encode(text);
  const comparison: InstalledComparison = {
    files: paths.map((path) => {
      const [a, b] = [old?.get(path), fresh?.get(path)];
      const state = !a
        ? 'new'
        : !b
          ? 'leftover'
          : a.text !== b.text
            ? 'changed'
            : a.mode !== b.mode
              ? 'mode'
              : 'same';
      return {
        path,
        state,
        ...(a ? { before: { bytes: bytes(a.text), mode: a.mode } } : {}),
        ...(b ? { after: b } : {}),
        owned: false,
        secret: a?.masked !== undefined,
        drift: [],
      };
    }),
    dropIns: new Map(),
    foreign: [],
    unreadable: [],
  };
  const [was, is] = [snapshotOf(before.deployment, hashOf), snapshotOf(side.deployment, hashOf)];
  const changes = compareFacts(was.facts, is.facts);
  return finish({ side, comparison, changes, owners: was.owners, dropped: [], drift: [], report });
}

interface Parts {
  readonly side: InstalledSide;
  readonly comparison: InstalledComparison;
  readonly changes: readonly Difference[] | undefined;
  readonly owners: Parameters<typeof planRestart>[0]['owners'];
  readonly dropped: readonly Dropped[];
  readonly drift: readonly string[];
  readonly report: (one: Diagnostic) => void;
}

function finish({ side, comparison, changes: all, owners, dropped, drift, report }: Parts): TargetDiff {
  // What stands in front of Galaxy is concerned by what shows in its files.
  const changes = side.backend.reload ? undefined : all;
  const { backend, deployment, directory } = side;
  const sets = runningSets(backend, comparison);
  for (const { file, why } of sets?.before.unread ?? [])
    report(problem('GX802', `cannot tell what "${file}" runs: ${why}`, join(directory, file)));
  const place = {
    directory: directory === '' ? (backend.name === 'systemd' ? side.systemd.directory : '.') : directory,
    files: {
      changed: comparison.files.some(({ state }) => state !== 'same'),
      removed: comparison.files.filter(({ state }) => state === 'leftover').map(({ path }) => path),
    },
  };
  const user = side.systemd.mode === 'user';
  const plan = sets
    ? planRestart({ target: backend.name, user, ...place, ...sets, changes, owners, deployment })
    : backend.reload && planReload(backend.name, place, backend.reload);
  return {
    target: backend.name,
    backend,
    ...(directory === '' ? {} : { directory }),
    comparison,
    changes,
    summary: summarise(changes, sets, comparison, deployment.instances.length),
    dropped,
    drift,
    ...(plan ? { plan } : {}),
    differs: differs(comparison) || (changes ?? []).length > 0 || drift.length > 0,
  };
}

/** Of the configuration where it is known; of what the files run where only they tell, as of a file that was edited. */
function summarise(
  changes: readonly Difference[] | undefined,
  sets: Sets | undefined,
  { files }: InstalledComparison,
  instances: number,
): string[] {
  if (!sets) return changes ? changeSummary(changes, instances) : fileSummary(files);
  if (!changes) return runningSummary(sets.before, sets.after);
  const drifted = new Set(files.filter((one) => one.drift.length > 0).map((one) => one.path));
  const only = ({ processes, ...rest }: RunningSet) => ({
    ...rest,
    processes: processes.filter((one) => drifted.has(one.file)),
  });
  return [...changeSummary(changes, instances), ...runningSummary(only(sets.before), only(sets.after))];
}

interface Sets {
  readonly before: RunningSet;
  readonly after: RunningSet;
}

/** What runs and what is to run, each with the drop-ins that stay. */
export function runningSets(backend: Backend, { files, dropIns }: InstalledComparison): Sets | undefined {
  if (!backend.read) return undefined;
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  const before = files.flatMap(({ path, before }) => (before ? [[path, decode(before.bytes)] as const] : []));
  const after = files.flatMap(({ path, after }) => (after ? [[path, after.text] as const] : []));
  return {
    before: backend.read(new Map([...before, ...dropIns])),
    after: backend.read(new Map([...after, ...dropIns])),
  };
}

export function driftWords({ files }: InstalledComparison): string[] {
  return files.flatMap(({ path, drift }) => drift.map(({ words }) => `${path} ${words}`));
}

/** Where drop-ins change what gxgen writes. What they add is the administrator's own affair. */
function overrides(backend: Backend, { files, dropIns }: InstalledComparison): string[] {
  if (!backend.read || dropIns.size === 0) return [];
  const after = files.flatMap(({ path, after }) => (after ? [[path, after.text] as const] : []));
  const [plain, changed] = [backend.read(new Map(after)), backend.read(new Map([...after, ...dropIns]))];
  return compareRunning(plain, changed).flatMap(({ id, replaced, after: one }) => {
    const names = dropInPaths(dropIns.keys(), one?.file ?? id, id);
    return replaced.length > 0 ? [`${id} is overridden by ${names.join(', ')}: ${replaced.join('; ')}`] : [];
  });
}
