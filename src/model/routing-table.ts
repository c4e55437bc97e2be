// The table of handler names, asked many times: where each process of a deployment stands in it, without a copy of
// the table for each. Says the same as `attachProcess`, `tagsOf` and `isListed`.

import type { StaticHandler } from './routing.ts';
import { type HandlerNames, handlerNames, poolTags } from './routing-names.ts';

export interface HandlerTable {
  readonly names: HandlerNames;
  /** The tags of each handler that has any. */
  readonly tags: ReadonlyMap<string, readonly string[]>;
  /** The place of each tag in the table. */
  readonly order: ReadonlyMap<string, number>;
}

/** Where one process stands. */
export interface Standing {
  /** The tags that it is a member of, in the table's order. */
  readonly tags: readonly string[];
  /** True when any name leads to it. */
  readonly listed: boolean;
  /** True when a pool of it makes it a member of at least one tag. */
  readonly attached: boolean;
  /** The tag of a pool that is the id of another handler: Galaxy does not start with it. */
  readonly clash?: string;
}

export function handlerTable(handlers: readonly StaticHandler[], release: string | undefined): HandlerTable {
  const names = handlerNames(handlers, release);
  const tags = new Map<string, string[]>();
  const order = new Map<string, number>();
  for (const [name, entry] of names.entries) {
    if (entry.kind === 'id') continue;
    order.set(name, order.size);
    for (const member of entry.members) {
      const own = tags.get(member);
      if (own) own.push(name);
      else tags.set(member, [name]);
    }
  }
  return { names, tags, order };
}

/** @param base name of the pool whose members take untagged work: `job-handlers` */
export function standing(
  table: HandlerTable,
  serverName: string,
  pools: readonly string[],
  base: string,
): Standing {
  const { names, order } = table;
  const fixed = table.tags.get(serverName) ?? [];
  const own = poolTags(pools, base);
  const clash = names.merges
    ? undefined
    : own.find((tag) => {
        const entry = names.entries.get(tag);
        return entry?.kind === 'id' && entry.handler !== serverName;
      });
  // Where names are merged, a process that joins the tag of its own name is left alone in it, and then it is no tag.
  const same = names.entries.get(serverName);
  const alone = names.merges && !(same?.kind === 'tag' && !same.members.includes(serverName));
  const none = alone && own.includes(serverName) ? serverName : clash;
  const joined = [...new Set([...fixed, ...own])].filter((tag) => tag !== none);
  const last = order.size;
  return {
    tags: joined.sort((a, b) => (order.get(a) ?? last) - (order.get(b) ?? last)),
    listed: own.length > 0 || names.entries.get(serverName)?.kind === 'id' || fixed.length > 0,
    attached: own.length > 0,
    ...(clash === undefined ? {} : { clash }),
  };
}
