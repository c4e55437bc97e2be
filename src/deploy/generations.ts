// The sets of files that were installed, kept to go back to.

import type { Host } from '../host/host.ts';
import { dirname, join } from '../model/paths.ts';
import { type Content, createContent, standing } from './content.ts';
import { hashOf } from './digest.ts';
import { type Manifest, type ManifestFile, manifestText } from './manifest.ts';
import { generationPath, keptGenerations, numbersIn, statePath } from './state.ts';
import { foldersOf, removeTree } from './tree.ts';

/** How many are kept, the current one included. */
export const mostKept = 20;

/** A set of files to be kept, with its manifest. */
export interface Generation {
  readonly manifest: Manifest;
  /** By path. */
  readonly files: ReadonlyMap<string, Content>;
}

/** What a manifest says of files. @param secret paths whose text may not be shown */
export function manifestFiles(
  files: ReadonlyMap<string, Content>,
  secret: ReadonlySet<string>,
): ManifestFile[] {
  return [...files]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { bytes, mode, user, group }]) => ({
      path,
      hash: hashOf(bytes),
      mode,
      user,
      group,
      secret: secret.has(path),
    }));
}

/** The number of the next generation. */
export function nextGeneration(host: Host, directory: string): number {
  return (numbersIn(host, directory).at(-1) ?? 0) + 1;
}

/** Keeps a generation. It counts from when its manifest is there, which is written last. */
export function writeGeneration(host: Host, directory: string, { manifest, files }: Generation): void {
  const number = manifest.generation;
  // Others may not look in: an old set may hold in the open what the new one hides.
  host.mkdir(statePath(directory, 'generations'), 0o700);
  const folder = generationPath(directory, number, 'files');
  const folders = foldersOf([...files.keys()]).map((one) => (one === '' ? folder : join(folder, one)));
  for (const one of folders) host.mkdir(one);
  for (const [path, content] of files) createContent(host, join(folder, path), content);
  for (const one of folders.toReversed()) host.syncDirectory(one);
  const text = new TextEncoder().encode(manifestText(manifest));
  const place = generationPath(directory, number, 'manifest.json');
  host.create(`${place}.new`, text, 0o600);
  host.rename(`${place}.new`, place);
  host.syncDirectory(generationPath(directory, number));
  host.syncDirectory(statePath(directory, 'generations'));
  host.syncDirectory(dirname(statePath(directory, 'generations')));
}

/**
 * The files of a generation that is kept.
 * @returns the path of a file that is not as it was written, where there is one
 */
export function readFiles(
  host: Host,
  directory: string,
  { generation, files }: Manifest,
): ReadonlyMap<string, Content> | { readonly damaged: string } {
  const found = new Map<string, Content>();
  for (const { path, hash, mode, user, group } of files) {
    const content = standing(host, generationPath(directory, generation, 'files'), path);
    if (!content || hashOf(content.bytes) !== hash) return { damaged: path };
    found.set(path, { bytes: content.bytes, mode, user, group });
  }
  return found;
}

/** Removes generations that came after the current one: of a switch that never took place. */
export function removeUncommitted(host: Host, directory: string, current: number | undefined): void {
  for (const number of numbersIn(host, directory))
    if (number > (current ?? 0)) removeTree(host, generationPath(directory, number));
}

/** Removes the oldest generations. */
export function pruneGenerations(host: Host, directory: string): void {
  const kept = keptGenerations(host, directory);
  for (const number of kept.slice(0, Math.max(0, kept.length - mostKept))) {
    // Without its manifest it no longer counts, whatever happens to the rest.
    host.remove(generationPath(directory, number, 'manifest.json'));
    removeTree(host, generationPath(directory, number));
  }
}
