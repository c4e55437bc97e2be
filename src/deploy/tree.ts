// Whole folders of gxgen's own: making, flushing, removing.

import type { Host } from '../host/host.ts';
import { dirname, join } from '../model/paths.ts';

/** Removes a folder with everything in it; links are removed, not followed. Nothing happens where there is none. */
export function removeTree(host: Host, path: string): void {
  const kind = host.entry(path)?.kind;
  if (kind === undefined) return;
  if (kind !== 'directory') {
    host.remove(path);
    return;
  }
  for (const name of host.list(path)) removeTree(host, join(path, name));
  host.removeDirectory(path);
}

/** The folders that files lie in, parents first: `''`, `a`, `a/b` for `a/b/c`. */
export function foldersOf(paths: readonly string[]): string[] {
  const found = new Set<string>(['']);
  for (const path of paths) {
    const parts = path.split('/').slice(0, -1);
    parts.forEach((_, index) => {
      found.add(parts.slice(0, index + 1).join('/'));
    });
  }
  return [...found].sort();
}

/** Replaces a link at once: at any time the old one or the new one stands there. */
export function replaceLink(host: Host, to: string, path: string): void {
  const fresh = `${path}.new`;
  if (host.entry(fresh)) host.remove(fresh);
  host.symlink(to, fresh);
  host.rename(fresh, path);
  host.syncDirectory(dirname(path));
}
