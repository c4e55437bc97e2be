// What stands on the machine in memory.

import type { Ownership } from './host.ts';

export type Owner = Pick<Ownership, 'user' | 'group'>;

export interface MemoryFile {
  readonly kind: 'file';
  readonly bytes: Uint8Array;
  readonly mode: number;
  /** Whoever runs gxgen when absent. */
  readonly owner?: Owner;
  /** Names of the file; 1 when absent. */
  readonly links?: number;
}

export type MemoryEntry =
  | MemoryFile
  | { readonly kind: 'directory'; readonly mode?: number; readonly owner?: Owner }
  /** `to` is absolute, or relative to the directory of the link. */
  | { readonly kind: 'link'; readonly to: string; readonly owner?: Owner }
  /** A socket, a device, a pipe. */
  | { readonly kind: 'other'; readonly owner?: Owner };

/** A file by its text, or anything in full. */
export type MemorySeed = string | MemoryEntry;

/** A file with that text, as most are: readable by everyone. */
export function textFile(text: string, mode = 0o644): MemoryFile {
  return { kind: 'file', bytes: new TextEncoder().encode(text), mode };
}
