// What is installed against what would be written: file by file, with what happened to the installed ones since gxgen
// wrote them.

import type { OutputFile } from '../backends/backend.ts';
import type { Host } from '../host/host.ts';
import { basename, dirname, join } from '../model/paths.ts';

/** `edited`: not as gxgen wrote it. `masked`: systemctl mask. `blocked`: something that is no file stands there. */
export type DriftKind =
  | 'edited'
  | 'missing'
  | 'masked'
  | 'link'
  | 'blocked'
  | 'mode'
  | 'owner'
  | 'overridden';

export interface Drift {
  readonly kind: DriftKind;
  /** A clause without a subject: `was edited since gxgen wrote it`. */
  readonly words: string;
}

/** `leftover`: gxgen wrote it, and it is no longer part of the set. */
export type FileState = 'same' | 'new' | 'changed' | 'mode' | 'leftover' | 'blocked';

export interface FileComparison {
  /** Relative to the directory, with `/`. */
  readonly path: string;
  readonly state: FileState;
  /** What stands there, where it is a file that can be read. */
  readonly before?: { readonly bytes: Uint8Array; readonly mode: number };
  readonly after?: OutputFile;
  /** Whether the manifest has it. */
  readonly owned: boolean;
  /** Whether the installed text holds a secret, as far as is recorded. */
  readonly secret: boolean;
  readonly drift: readonly Drift[];
}

/** What is known of the files that gxgen installed: the part of the manifest that a comparison needs. */
export interface Owned {
  readonly files: readonly {
    readonly path: string;
    readonly hash: string;
    readonly mode: number;
    readonly user?: number;
    readonly group?: number;
    readonly secret?: boolean;
  }[];
}

export interface InstalledComparison {
  /** Sorted by path. */
  readonly files: readonly FileComparison[];
  /** Files with which a unit is changed: `galaxy-gunicorn.service.d/limits.conf`, with their texts. */
  readonly dropIns: ReadonlyMap<string, string>;
  /** Files beside ours that look like Galaxy's and are not gxgen's, sorted. */
  readonly foreign: readonly string[];
  /** Files that cannot be read although the comparison needs them. */
  readonly unreadable: readonly { readonly path: string; readonly why: string }[];
}

export interface InstalledOptions {
  readonly owned?: Owned;
  /** Files of others that count as if gxgen had written them. */
  readonly taken?: readonly string[];
  readonly hashOf: (bytes: Uint8Array) => string;
  /** True for what is in the way of an interrupted apply: it is read through. */
  readonly isTransit?: (path: string) => boolean;
}

/** Compares what would be written to a directory with what stands in it. The directory may be missing: it is empty then. */
export function compareInstalled(
  host: Host,
  directory: string,
  files: readonly OutputFile[],
  { owned, taken = [], hashOf, isTransit = () => false }: InstalledOptions,
): InstalledComparison {
  const root = host.realpath(directory);
  const wanted = new Map(files.map((file) => [file.path, file]));
  const recorded = new Map((owned?.files ?? []).map((file) => [file.path, file]));
  const unreadable: { path: string; why: string }[] = [];
  const made = owned ? [] : unrecorded(host, directory, files);
  const candidates = new Set([...wanted.keys(), ...recorded.keys(), ...taken, ...made]);
  const compared = [...candidates].sort().flatMap((path) => compareFile(path) ?? []);
  const ours = new Set(compared.map(({ path }) => path));
  const dropIns = findDropIns();
  return { files: compared, dropIns, foreign: findForeign(), unreadable };

  function compareFile(path: string): FileComparison | undefined {
    const after = wanted.get(path);
    const record = recorded.get(path);
    const place = join(root, path);
    const entry = host.entry(place);
    const base = {
      path,
      ...(after ? { after } : {}),
      owned: record !== undefined,
      secret: record?.secret === true,
    };
    if (entry === undefined) {
      const drift: Drift[] = record ? [{ kind: 'missing', words: 'is gone since gxgen wrote it' }] : [];
      return after ? { ...base, state: 'new', drift } : undefined;
    }
    if (entry.kind === 'link' && !isTransit(path))
      return { ...base, state: 'blocked', drift: [linkDrift(place)] };
    if (host.kind(place) !== 'file') {
      const what = entry.kind === 'directory' ? 'a directory' : 'no regular file';
      return { ...base, state: 'blocked', drift: [{ kind: 'blocked', words: `is ${what}` }] };
    }
    const read = host.read(place);
    if (!read.ok) {
      unreadable.push({ path, why: read.reason === 'denied' ? 'permission denied' : read.message });
      return undefined;
    }
    const mode = host.mode(place) ?? 0;
    const drift = record ? driftOf(record, read.bytes, mode, place) : [];
    const before = { bytes: read.bytes, mode };
    if (!after) return { ...base, state: 'leftover', before, drift };
    const same = sameBytes(read.bytes, new TextEncoder().encode(after.text));
    return { ...base, state: !same ? 'changed' : mode === after.mode ? 'same' : 'mode', before, drift };
  }

  function driftOf(record: Owned['files'][number], bytes: Uint8Array, mode: number, place: string): Drift[] {
    const drift: Drift[] = [];
    if (hashOf(bytes) !== record.hash)
      drift.push({ kind: 'edited', words: 'was edited since gxgen wrote it' });
    if (mode !== record.mode)
      drift.push({ kind: 'mode', words: `has mode ${octal(mode)} instead of ${octal(record.mode)}` });
    const owner = host.ownership(place);
    if (owner && record.user !== undefined && (owner.user !== record.user || owner.group !== record.group))
      drift.push({
        kind: 'owner',
        words: `belongs to ${owner.user}:${owner.group} instead of ${record.user}:${record.group}`,
      });
    return drift;
  }

  function linkDrift(place: string): Drift {
    const to = host.entry(place)?.to ?? '';
    return to === '/dev/null'
      ? { kind: 'masked', words: 'is masked (a link to /dev/null), so it cannot start' }
      : { kind: 'link', words: `is a symbolic link to ${to}` };
  }

  function folders(): string[] {
    return foldersOfFiles([...wanted.keys(), ...recorded.keys()]);
  }

  function namesIn(folder: string): string[] {
    return namesBelow(host, root, folder);
  }

  function findDropIns(): Map<string, string> {
    const found = new Map<string, string>();
    for (const folder of namesIn('.').filter((name) => isDropInFolder(name)))
      for (const path of namesIn(folder).filter((one) => one.endsWith('.conf'))) {
        const read = host.read(join(root, path));
        if (read.ok) found.set(path, new TextDecoder().decode(read.bytes));
        else unreadable.push({ path, why: read.message });
      }
    return found;
  }

  /** `galaxy-gunicorn.service.d`, `galaxy-.service.d`, `service.d`: of a unit of ours, or of an instance of a template. */
  function isDropInFolder(name: string): boolean {
    const [, stem = '', type = ''] = /^(.*?)\.?(service|target)\.d$/.exec(name) ?? [];
    if (type === '') return false;
    const unit = `${stem}.${type}`;
    if (stem === '' || ours.has(unit) || ours.has(unit.replace(/@[^@]+\.service$/, '@.service'))) return true;
    return stem.endsWith('-') && [...ours].some((path) => path.startsWith(stem) && path.endsWith(`.${type}`));
  }

  function findForeign(): string[] {
    return folders()
      .flatMap((folder) =>
        namesIn(folder).filter((path) => folder !== '.' || basename(path).startsWith('galaxy')),
      )
      .filter((path) => !ours.has(path) && !isDropInFolder(path) && !folders().includes(path))
      .filter((path) => !path.endsWith('.wants') && !unreadable.some((one) => one.path === path))
      .sort();
  }
}

/**
 * Files that say that gxgen made them from the same configuration and that are no part of the set: all that tells of them
 * where there is no manifest, as after `render --out`.
 */
export function unrecorded(host: Host, directory: string, files: readonly OutputFile[]): string[] {
  const root = host.realpath(directory);
  const paths = files.map(({ path }) => path);
  const own = new Set(paths);
  const makers = new Set(files.map(({ text }) => madeBy(text)));
  const isOurs = (place: string) => {
    const read = host.entry(place)?.kind === 'file' ? host.read(place) : undefined;
    const by = read?.ok ? madeBy(new TextDecoder().decode(read.bytes.subarray(0, 5000))) : undefined;
    return by !== undefined && makers.has(by);
  };
  return foldersOfFiles(paths).flatMap((folder) =>
    namesBelow(host, root, folder).filter((path) => !own.has(path) && isOurs(join(root, path))),
  );
}

/** What the first line says the file was made from. */
function madeBy(text: string): string | undefined {
  return /^[#;] (Made by gxgen from .*)/.exec(text)?.[1];
}

/** The folders that files stand in, relative to the directory. */
function foldersOfFiles(paths: readonly string[]): string[] {
  return [...new Set(['.', ...paths.map(dirname)])].sort();
}

function namesBelow(host: Host, root: string, folder: string): string[] {
  return host
    .list(join(root, folder))
    .filter((name) => name !== '.gxgen')
    .map((name) => (folder === '.' ? name : `${folder}/${name}`));
}

/** True when what is installed is not what would be written, or not what gxgen wrote. */
export function differs({ files }: InstalledComparison): boolean {
  return files.some(({ state, drift }) => state !== 'same' || drift.length > 0);
}

export function octal(mode: number): string {
  return mode.toString(8).padStart(4, '0');
}

function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}
