// The table in which Galaxy looks up what a job names: each name is one handler (an id) or a list of them (a tag), and
// ids and tags share it. Built exactly as Galaxy does it, collisions included (observed on 22.05 to 26.1).

import type { Located } from './located.ts';
import { isOlder } from './release.ts';
import { defaultTag, type StaticHandler } from './routing.ts';

export type NameEntry =
  | { readonly kind: 'id'; readonly handler: string }
  | { readonly kind: 'tag'; readonly members: readonly string[] };

export type CollisionKind =
  /** The id was listed before: this entry is ignored, tags and all. */
  | 'duplicate-id'
  /** The id is a tag of an earlier handler: this entry is ignored. */
  | 'id-is-tag'
  /** A tag is the id of an earlier handler: Galaxy does not start; where names are merged, both are its members. */
  | 'tag-is-id'
  /** A tag is the handler's own id, which then is a tag with one member; where names are merged, it has no effect. */
  | 'tag-is-own-id'
  /** A tag stands twice: its members are this handler alone from then on. */
  | 'tag-repeated';

export interface Collision {
  readonly kind: CollisionKind;
  readonly handler: StaticHandler;
  readonly tag?: Located<string>;
  /** The entry it collides with. */
  readonly other?: StaticHandler;
}

export interface HandlerNames {
  /** In the order in which Galaxy knows them. */
  readonly entries: ReadonlyMap<string, NameEntry>;
  readonly collisions: readonly Collision[];
  /** True when Galaxy does not start with these handlers; the table then ends there. */
  readonly fails: boolean;
  /** True from 26.0 on, where an id is a list with one member, to which a tag of the same name adds. */
  readonly merges: boolean;
}

/** The table of the static handlers of a section. */
export function handlerNames(handlers: readonly StaticHandler[], release: string | undefined): HandlerNames {
  const merges = !isOlder(release, '26.0');
  const entries = new Map<string, NameEntry>();
  const collisions: Collision[] = [];
  const owners = new Map<string, StaticHandler>();
  const growing: Growing = new Map();
  for (const handler of handlers) {
    const id = handler.id.value;
    const earlier = entries.get(id);
    if (earlier) {
      const kind = earlier.kind === 'id' ? 'duplicate-id' : 'id-is-tag';
      collisions.push(collision(kind, handler, undefined, owners.get(id)));
      continue;
    }
    owners.set(id, handler);
    entries.set(id, { kind: 'id', handler: id });
    for (const tag of handler.tags ?? [undefined]) {
      const name = tag?.value ?? defaultTag;
      const problem = addToTag(entries, name, id, merges, growing);
      if (problem) collisions.push(collision(problem, handler, tag, owners.get(name)));
      if (problem === 'tag-is-id' && !merges) return { entries, collisions, fails: true, merges };
      if (!owners.has(name)) owners.set(name, handler);
    }
  }
  return { entries, collisions, fails: false, merges };
}

/**
 * The table as a process sees it that is attached to pools: it adds itself to the tag of each.
 * @param base name of the pool whose members take untagged work: `job-handlers`
 */
export function attachProcess(
  names: HandlerNames,
  serverName: string,
  pools: readonly string[],
  base: string,
): HandlerNames {
  const tags = poolTags(pools, base);
  if (tags.length === 0) return names;
  const entries = new Map(names.entries);
  let { fails } = names;
  for (const tag of tags) {
    if (!entries.has(serverName)) entries.set(serverName, { kind: 'id', handler: serverName });
    const problem = addToTag(entries, tag, serverName, names.merges);
    if (problem === 'tag-is-id' && !names.merges) fails = true;
  }
  return { ...names, entries, fails };
}

/** The tags that pools stand for: `_default_` for `base` itself, `a.b` for `base.a.b`; other pools stand for none. */
export function poolTags(pools: readonly string[], base: string): string[] {
  const tags = pools.flatMap((pool) => {
    if (pool === base) return [defaultTag];
    return pool.startsWith(`${base}.`) ? [pool.slice(base.length + 1)] : [];
  });
  return [...new Set(tags)];
}

/** The tags that a process is a member of, in the table's order. */
export function tagsOf(names: HandlerNames, serverName: string): string[] {
  const tags: string[] = [];
  for (const [name, entry] of names.entries) {
    if (entry.kind === 'tag' && entry.members.includes(serverName)) tags.push(name);
  }
  return tags;
}

/** True when any entry leads to the process. */
export function isListed(names: HandlerNames, serverName: string): boolean {
  return names.entries.get(serverName)?.kind === 'id' || tagsOf(names, serverName).length > 0;
}

// Members of tags that are still being filled, so that thousands of handlers in one tag are not copied for each.
type Growing = Map<string, { readonly list: string[]; readonly known: Set<string> }>;

function addToTag(
  entries: Map<string, NameEntry>,
  tag: string,
  id: string,
  merges: boolean,
  growing: Growing = new Map(),
): CollisionKind | undefined {
  const entry = entries.get(tag);
  const isOther = entry?.kind === 'id' && entry.handler !== id;
  if (isOther && !merges) return 'tag-is-id';
  const members = growing.get(tag) ?? grow(entry, merges);
  const isNew = (isOther || entry?.kind === 'tag') && !members.known.has(id);
  if (isNew) {
    members.list.push(id);
    members.known.add(id);
  }
  const now = isNew ? members : { list: [id], known: new Set([id]) };
  growing.set(tag, now);
  const alone = merges && now.list.length === 1 && tag === id;
  entries.set(tag, alone ? { kind: 'id', handler: id } : { kind: 'tag', members: now.list });
  if (isOther) return 'tag-is-id';
  if (isNew || entry === undefined) return undefined;
  return entry.kind === 'id' ? 'tag-is-own-id' : 'tag-repeated';
}

function grow(entry: NameEntry | undefined, merges: boolean): { list: string[]; known: Set<string> } {
  const alone = entry?.kind === 'id' && merges ? [entry.handler] : [];
  const members = entry?.kind === 'tag' ? entry.members : alone;
  return { list: [...members], known: new Set(members) };
}

function collision(
  kind: CollisionKind,
  handler: StaticHandler,
  tag: Located<string> | undefined,
  other: StaticHandler | undefined,
): Collision {
  return {
    kind,
    handler,
    ...(tag ? { tag } : {}),
    ...(other && other !== handler ? { other } : {}),
  };
}
