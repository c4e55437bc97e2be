// What gxgen installed: the only files it may change or remove without being told to.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { within } from '../model/paths.ts';
import type { Plain } from '../syntax/tree.ts';
import { currentGeneration, isName } from './journal.ts';
import { generationPath } from './state.ts';

export interface Manifest {
  readonly version: 1;
  readonly generation: number;
  /** The back end, as in `--target NAME`. */
  readonly target: string;
  readonly layout?: string;
  /** systemd only: whose manager it is. */
  readonly mode?: 'system' | 'user';
  /** When it was made, as ISO 8601 in UTC. */
  readonly when: string;
  /** `adopt`: files that others had written, as they stood. */
  readonly command: 'apply' | 'adopt' | 'rollback';
  /** What it was made from: `galaxy.yml`, `generation 3`. */
  readonly from: string;
  /** The generation that a rollback went back to. */
  readonly origin?: number;
  readonly sources: readonly { readonly path: string; readonly hash: string }[];
  /** Sorted by path. */
  readonly files: readonly ManifestFile[];
  /** The deployment, for comparison: `snapshot.ts`. */
  readonly model?: Plain;
}

export interface ManifestFile {
  /** Below the directory, with `/`. */
  readonly path: string;
  /** `hashOf` its bytes. */
  readonly hash: string;
  readonly mode: number;
  readonly user: number;
  readonly group: number;
  /** Holds a value that may not be shown. */
  readonly secret: boolean;
}

/** The manifest of what is installed; undefined when gxgen installed nothing there, or it cannot be read (reported). */
export function readManifest(host: Host, directory: string, report?: Report): Manifest | undefined {
  const place = host.realpath(directory);
  const generation = currentGeneration(host, place);
  return generation === undefined ? undefined : readGeneration(host, place, generation, report);
}

/** The manifest of a generation that is kept. */
export function readGeneration(
  host: Host,
  directory: string,
  generation: number,
  report: Report = () => undefined,
): Manifest | undefined {
  const path = generationPath(directory, generation, 'manifest.json');
  const read = host.read(path);
  if (!read.ok) {
    const missing = read.reason === 'missing';
    report(
      problem('GX842', `cannot read what gxgen installed: ${read.message}`, within(host.cwd, path) ?? path, {
        why: 'without it gxgen does not know which files are its own',
        help: missing
          ? 'restore the folder ".gxgen" from a backup, or remove it and take the files over: gxgen apply --adopt'
          : 'run gxgen as the user who installed the files',
      }),
    );
    return undefined;
  }
  const manifest = parse(new TextDecoder().decode(read.bytes));
  if (manifest?.generation === generation) return manifest;
  report(
    problem('GX841', 'the list of what gxgen installed is damaged', within(host.cwd, path) ?? path, {
      why: 'without it gxgen does not know which files are its own',
      help: 'restore the folder ".gxgen" from a backup, or remove it and take the files over: gxgen apply --adopt',
    }),
  );
  return undefined;
}

export function manifestText(manifest: Manifest): string {
  return `${JSON.stringify(manifest, null, 1)}\n`;
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    const sound =
      manifest.version === 1 &&
      [manifest.target, manifest.when, manifest.from, manifest.command].every(
        (one) => typeof one === 'string',
      ) &&
      manifest.sources.every(({ path, hash }) => typeof path === 'string' && typeof hash === 'string') &&
      manifest.files.every(
        ({ path, hash, mode, user, group }) =>
          isName(path) &&
          /^[0-9a-f]{64}$/.test(hash) &&
          [mode, user, group].every((one) => Number.isSafeInteger(one) && one >= 0),
      );
    return sound ? manifest : undefined;
  } catch {
    return undefined;
  }
}
