// Files as they stand: bytes, mode and owner.

import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';

export interface Content {
  readonly bytes: Uint8Array;
  /** Permission bits. */
  readonly mode: number;
  readonly user: number;
  readonly group: number;
}

export function sameContent(a: Content, b: Content): boolean {
  return a.mode === b.mode && a.user === b.user && a.group === b.group && sameBytes(a.bytes, b.bytes);
}

export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** The regular file that stands at a name below a directory; undefined for anything else, or where it cannot be read. */
export function standing(host: Host, directory: string, path: string): Content | undefined {
  const place = join(directory, path);
  const entry = host.entry(place);
  const read = entry?.kind === 'file' ? host.read(place) : undefined;
  if (!entry || !read?.ok) return undefined;
  return { bytes: read.bytes, mode: entry.mode, user: entry.user, group: entry.group };
}

/** Creates a file that is exactly that. */
export function createContent(host: Host, path: string, { bytes, mode, user, group }: Content): void {
  host.create(path, bytes, mode, { user, group });
}
