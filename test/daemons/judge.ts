// Whether a running process is the one that was wanted, in everything that the operating system gives it.

import * as assert from 'uvu/assert';
import { compare } from './compare.ts';
import type { Wanted } from './site.ts';
import type { Seen } from './witness.ts';

export interface Owner {
  readonly uid: number;
  readonly gid: number;
}

/** Throws what differs. @param owner not looked at when absent */
export function assertProcess(wanted: Wanted, seen: Seen | undefined, owner?: Owner): asserts seen is Seen {
  const difference = compare(wanted.expected, seen, true);
  assert.is(difference, undefined, `${wanted.name}: ${difference}`);
  assert.is(seen?.umask, wanted.umask, `umask of ${wanted.name}`);
  if (!owner) return;
  assert.is(seen?.uid, owner.uid, `user of ${wanted.name}`);
  assert.is(seen?.gid, owner.gid, `group of ${wanted.name}`);
  assert.not.ok(seen?.groups.includes(0), `${wanted.name} keeps the groups of root`);
}
