// The generations that are kept of a directory, and what each changed.

import type { Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { currentGeneration } from './journal.ts';
import { type Manifest, type ManifestFile, readGeneration } from './manifest.ts';
import { keptGenerations } from './state.ts';

export interface HistoryEntry {
  readonly manifest: Manifest;
  /** True for the one that is installed. */
  readonly isCurrent: boolean;
  /** Against the one before it that is kept; sorted by path. */
  readonly changes: readonly {
    readonly path: string;
    readonly change: 'added' | 'changed' | 'removed';
  }[];
}

/** Newest first. @param directory without links */
export function historyOf(host: Host, directory: string, report: Report): HistoryEntry[] {
  const current = currentGeneration(host, directory);
  const manifests = keptGenerations(host, directory)
    .filter((number) => number <= (current ?? 0))
    .flatMap((number) => readGeneration(host, directory, number, report) ?? []);
  return manifests
    .map((manifest, index) => ({
      manifest,
      isCurrent: manifest.generation === current,
      // What the oldest one changed is not known when others came before it.
      changes:
        index > 0 || manifest.generation === 1
          ? changesBetween(manifests[index - 1]?.files ?? [], manifest.files)
          : [],
    }))
    .toReversed();
}

/** The generation that a rollback goes to when none is named: the one before what is installed now was made. */
export function previousGeneration(host: Host, directory: string, current: Manifest): number | undefined {
  const from = current.origin ?? current.generation;
  return keptGenerations(host, directory)
    .filter((number) => number < from)
    .at(-1);
}

function changesBetween(
  before: readonly ManifestFile[],
  after: readonly ManifestFile[],
): HistoryEntry['changes'] {
  const old = new Map(before.map((one) => [one.path, one]));
  const fresh = new Map(after.map((one) => [one.path, one]));
  return [...new Set([...old.keys(), ...fresh.keys()])].sort().flatMap((path): HistoryEntry['changes'] => {
    const [a, b] = [old.get(path), fresh.get(path)];
    if (!a) return [{ path, change: 'added' }];
    if (!b) return [{ path, change: 'removed' }];
    const same = a.hash === b.hash && a.mode === b.mode && a.user === b.user && a.group === b.group;
    return same ? [] : [{ path, change: 'changed' }];
  });
}
