// What gxgen installed: the only files it may change or remove without being told to.

import { type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host, ReadResult } from '../host/host.ts';
import { within } from '../model/paths.ts';
import type { Plain } from '../syntax/tree.ts';
import { currentGeneration, isName } from './journal.ts';
import { generationPath, keptGenerations, statePath } from './state.ts';

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
  if (generation !== undefined) return readGeneration(host, place, generation, report);
  const lost = lostCurrent(host, place);
  if (lost) report?.(lost);
  return undefined;
}

/**
 * Said where generations are kept and none is marked as installed: a copy without links does that. What a first run
 * leaves when it is interrupted is not meant: one generation, or two where it took something over.
 */
export function lostCurrent(host: Host, directory: string): Diagnostic | undefined {
  const kept = keptGenerations(host, directory);
  const newest = kept.at(-1);
  const [oldest] = kept;
  if (newest === undefined || oldest === undefined || currentGeneration(host, directory) !== undefined)
    return undefined;
  const adopted = readGeneration(host, directory, oldest)?.command === 'adopt';
  if (kept.length <= (adopted ? 2 : 1)) return undefined;
  const path = statePath(directory, 'current');
  const shown = within(host.cwd, path) ?? path;
  return problem('GX841', `"${shown}" does not say which generation is installed`, shown, {
    why: 'without it gxgen does not know which files are its own; nothing was changed',
    help: `remove what stands there, and put the link back; the newest generation is kept: ln -s generations/${newest} ${shown}`,
  });
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
      problem(
        'GX842',
        `cannot read what gxgen installed: ${whyUnread(read)}`,
        within(host.cwd, path) ?? path,
        {
          why: 'without it gxgen does not know which files are its own',
          help: missing
            ? 'restore the folder ".gxgen" from a backup, or remove it and take the files over: gxgen apply --adopt'
            : 'run gxgen as the user who installed the files',
        },
      ),
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

// The words of the system name the file a second time.
function whyUnread({ reason, message }: Extract<ReadResult, { ok: false }>): string {
  if (reason === 'denied') return 'permission denied';
  return reason === 'missing' ? 'there is no such file' : message;
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
