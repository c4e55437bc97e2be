// The machine as it was at a revision of git: files of the repository come from there, all others from the disk. The one
// place where gxgen runs git, always with its arguments as a list and never with a shell.

import type { Host, ReadResult } from './host.ts';

export interface Revision {
  readonly host: Host;
  /** Files outside of the repository that were read as they are today, as they were asked for. */
  readonly outside: () => readonly string[];
}

export type RevisionResult =
  | { readonly ok: true; readonly revision: Revision }
  | {
      readonly ok: false;
      /** `git`: it is not there, or refuses; `revision`: it does not know the name; `repository`: there is none. */
      readonly reason: 'git' | 'repository' | 'revision';
      readonly message: string;
    };

/** An entry of the tree of a revision. */
interface TreeEntry {
  readonly mode: string;
  readonly blob: string;
}

/**
 * The machine at a revision of the repository that a folder is in.
 * @param folder absolute
 * @param name as git understands it: `HEAD~1`, `v2`, a hash
 */
export function atRevision(host: Host, folder: string, name: string): RevisionResult {
  const git = (...args: string[]) => host.run(['git', '-C', folder, ...args], { seconds: 60 });
  const top = git('rev-parse', '--show-toplevel');
  if (!top.ok)
    return {
      ok: false,
      reason: 'git',
      message: top.reason === 'missing' ? 'git is not installed' : `git does not run: ${top.message}`,
    };
  if (top.status !== 0) return { ok: false, reason: 'repository', message: firstLine(top.stderr) };
  const root = decode(top.stdout).replace(/\n$/, '');
  const commit = git('rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`);
  if (!commit.ok || commit.status !== 0)
    return { ok: false, reason: 'revision', message: `git knows no revision "${name}"` };
  const id = decode(commit.stdout).trim();
  const listing = git('ls-tree', '-r', '-z', '--full-tree', id);
  if (!listing.ok || listing.status !== 0)
    return { ok: false, reason: 'git', message: listing.ok ? firstLine(listing.stderr) : listing.message };
  const outside = new Set<string>();
  const tree = new Map<string, TreeEntry>();
  const folders = new Set(['']);
  for (const row of decode(listing.stdout).split('\0')) {
    const [, mode = '', blob = '', path = ''] = /^(\d+) \w+ ([0-9a-f]+)\t(.*)$/s.exec(row) ?? [];
    if (path === '') continue;
    tree.set(path, { mode, blob });
    for (let at = path.lastIndexOf('/'); at > 0; at = path.lastIndexOf('/', at - 1))
      folders.add(path.slice(0, at));
  }
  const blobs = new Map<string, Uint8Array>();
  return { ok: true, revision: { host: view(), outside: () => [...outside].sort() } };

  function view(): Host {
    return {
      ...host,
      read(path) {
        const place = resolve(path);
        if (place === undefined) {
          const result = host.read(path);
          if (result.ok) outside.add(path);
          return result;
        }
        return readTree(place);
      },
      kind(path) {
        const place = resolve(path);
        if (place === undefined) return host.kind(path);
        return tree.has(place) ? 'file' : folders.has(place) ? 'directory' : undefined;
      },
      mode(path) {
        const place = resolve(path);
        if (place === undefined) return host.mode(path);
        const mode = tree.get(place)?.mode;
        return mode === undefined ? undefined : mode === '100755' ? 0o755 : 0o644;
      },
      list(path) {
        const place = resolve(path);
        if (place === undefined) return host.list(path);
        const prefix = place === '' ? '' : `${place}/`;
        const names = [...tree.keys(), ...folders]
          .filter((one) => one.startsWith(prefix) && one !== place && one !== '')
          .map((one) => one.slice(prefix.length).split('/')[0] ?? '');
        return [...new Set(names)].sort();
      },
      realpath(path) {
        const place = resolve(path);
        return place === undefined ? host.realpath(path) : place === '' ? root : `${root}/${place}`;
      },
    };
  }

  /** The path in the repository, links followed; undefined for what lies outside. */
  function resolve(path: string): string | undefined {
    const [real, shown] = [host.realpath(host.cwd), host.cwd];
    let absolute = clean(path.startsWith('/') ? path : `${shown}/${path}`);
    if (shown !== real && (absolute === shown || absolute.startsWith(`${shown}/`)))
      absolute = `${real}${absolute.slice(shown.length)}`;
    let inner = inside(absolute);
    for (let links = 0; inner !== undefined && links < 40; links++) {
      const link = firstLink(inner);
      if (link === undefined) return inner;
      const target = readBlob(tree.get(link)?.blob ?? '');
      const to = target.ok ? decode(target.bytes) : '';
      const base = link.includes('/') ? link.slice(0, link.lastIndexOf('/')) : '';
      inner = inside(
        clean(`${to.startsWith('/') ? to : `${root}/${base}/${to}`}${inner.slice(link.length)}`),
      );
    }
    return inner;
  }

  function firstLink(path: string): string | undefined {
    for (let at = path.indexOf('/'); ; at = path.indexOf('/', at + 1)) {
      const part = at < 0 ? path : path.slice(0, at);
      if (tree.get(part)?.mode === '120000') return part;
      if (at < 0) return undefined;
    }
  }

  function inside(absolute: string): string | undefined {
    if (absolute === root) return '';
    return absolute.startsWith(`${root}/`) ? absolute.slice(root.length + 1) : undefined;
  }

  function readTree(place: string): ReadResult {
    const entry = tree.get(place);
    if (entry) return readBlob(entry.blob);
    return folders.has(place)
      ? { ok: false, reason: 'directory', message: 'it is a directory' }
      : { ok: false, reason: 'missing', message: `it is not in revision ${name}` };
  }

  function readBlob(blob: string): ReadResult {
    const known = blobs.get(blob);
    if (known) return { ok: true, bytes: known };
    const read = git('cat-file', 'blob', blob);
    if (!read.ok || read.status !== 0)
      return {
        ok: false,
        reason: 'other',
        message: `git does not give it: ${read.ok ? firstLine(read.stderr) : read.message}`,
      };
    blobs.set(blob, read.stdout);
    return { ok: true, bytes: read.stdout };
  }
}

/** Without `.`, `..` and doubled slashes. */
function clean(path: string): string {
  const kept: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') kept.pop();
    else if (part !== '' && part !== '.') kept.push(part);
  }
  return `/${kept.join('/')}`;
}

function decode(bytes: Uint8Array): string {
  return new TextDecoder().decode(bytes);
}

function firstLine(text: string): string {
  return (text.split('\n')[0] ?? '').replace(/^fatal: /, '');
}
