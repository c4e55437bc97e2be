// The strings that must reach a process unchanged, and what makes one impossible in a place. The verdicts of the list
// come from running the programs with hand-written files; this file says in code what they have in common, so that
// paths and names, which the list does not judge, are held to the same standard.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface Hostile {
  /** Its place in the list. */
  readonly index: number;
  readonly value: string;
  readonly why: string;
  /** Whether a file written by hand could carry it, by context: `systemd.argv`. */
  readonly verdicts: Readonly<Record<string, 'ok' | 'impossible'>>;
}

interface Entry {
  readonly value: string;
  readonly repeat?: number;
  readonly why: string;
  readonly note?: string;
}

const list = JSON.parse(readFileSync(join(import.meta.dirname, '../hostile-values.json'), 'utf8')) as Entry[];

export const hostile: readonly Hostile[] = list.map(
  ({ value, repeat = 1, why, note: _, ...verdicts }, index) => ({
    index,
    value: value.repeat(repeat),
    why,
    verdicts: verdicts as unknown as Hostile['verdicts'],
  }),
);

/** Why no process anywhere can be given the string, if so. `room`: bytes that stand before it in the same argument. */
export function impossibleForKernel(value: string, room = 0): string | undefined {
  if (value.includes('\0')) return 'NUL ends every argument and variable';
  if (!value.isWellFormed()) return 'a lone surrogate has no UTF-8 form';
  if (Buffer.byteLength(value) + room > 131_071) return 'longer than the kernel takes';
  return undefined;
}

/** Why a unit file cannot carry the string in a command, an environment or a path, if so. */
export function impossibleForSystemd(value: string, room = 0): string | undefined {
  if (/\p{Noncharacter_Code_Point}/u.test(value)) return 'systemctl refuses units with a noncharacter';
  return impossibleForKernel(value, room);
}

/** Why a supervisord file cannot carry the string, if so. */
export function impossibleForSupervisor(value: string, room = 0): string | undefined {
  if (value.includes('\r')) return 'a carriage return in the file is read as a line feed';
  return impossibleForKernel(value, room);
}
