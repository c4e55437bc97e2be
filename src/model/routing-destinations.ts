// The table in which Galaxy looks up what a tool names as its destination: ids and tags of the destinations it loads.
// Source: lib/galaxy/jobs/__init__.py, `JobConfiguration._configure_from_dict`, 19.09 and later.

import type { Destination, JobConfig } from './routing.ts';
import { isEnabled } from './routing-params.ts';

export interface DestinationTable {
  /** By id, the last of equal ones; those that may be disabled when Galaxy starts are among them. */
  readonly ids: ReadonlyMap<string, Destination>;
  /** By tag, in the order in which they stand. */
  readonly tags: ReadonlyMap<string, readonly Destination[]>;
  /** Ids and tags of destinations that are disabled for certain, and that no other destination has. */
  readonly disabled: ReadonlyMap<string, Destination>;
}

/** The destinations of a job configuration, by the names that tools, limits and resubmissions use. */
export function destinationTable({ destinations }: Pick<JobConfig, 'destinations'>): DestinationTable {
  const ids = new Map<string, Destination>();
  const tags = new Map<string, Destination[]>();
  const off = destinations.filter((one) => isEnabled(one) === false);
  for (const one of destinations) {
    if (isEnabled(one) === false) continue;
    ids.set(one.id.value, one);
    for (const { value } of one.tags) {
      const members = tags.get(value);
      if (!members) tags.set(value, [one]);
      else if (members.at(-1) !== one) members.push(one);
    }
  }
  const disabled = new Map<string, Destination>();
  for (const one of off) {
    for (const { value } of [one.id, ...one.tags]) {
      if (!ids.has(value) && !tags.has(value)) disabled.set(value, one);
    }
  }
  return { ids, tags, disabled };
}

/** True when Galaxy finds a destination under the name. */
export function isDestination({ ids, tags }: DestinationTable, name: string): boolean {
  return ids.has(name) || tags.has(name);
}

/** The destinations a name may lead to. */
export function destinationsOf({ ids, tags }: DestinationTable, name: string): readonly Destination[] {
  const one = ids.get(name);
  return one ? [one] : (tags.get(name) ?? []);
}

/** The rules that Galaxy brings along, with the parameters each needs, and those of them that name destinations. */
export const stockRules: ReadonlyMap<
  string,
  { readonly needs: readonly string[]; readonly names: readonly string[] }
> = new Map([
  ['choose_one', { needs: ['destination_ids'], names: ['destination_ids'] }],
  [
    'burst',
    {
      needs: ['from_destination_ids', 'to_destination_id', 'num_jobs'],
      names: ['from_destination_ids', 'to_destination_id'],
    },
  ],
  [
    'docker_dispatch',
    {
      needs: ['docker_destination_id', 'default_destination_id'],
      names: ['docker_destination_id', 'default_destination_id'],
    },
  ],
  ['dtd', { needs: [], names: [] }],
]);

/** True for `dynamic` and `dynamic_tpv`, which stand for no runner: a rule chooses the destination of each job. */
export function isDynamic({ runner }: Destination): boolean {
  return runner?.value === 'dynamic' || runner?.value === 'dynamic_tpv';
}

/** True when rules of the site choose destinations: they may make ones of their own, with any name. */
export function hasOwnRules({ destinations }: Pick<JobConfig, 'destinations'>): boolean {
  return destinations.some((one) => {
    if (!isDynamic(one) || isEnabled(one) === false) return false;
    const type = paramText(one, 'type');
    return type === undefined || !stockRules.has(type);
  });
}

/** The text of a parameter; undefined when it is absent, no text, or known only to the running Galaxy. */
export function paramText({ params }: Pick<Destination, 'params'>, name: string): string | undefined {
  const found = params.findLast((one) => one.name.value === name);
  const value = found?.value.value;
  return found?.from || value === null || value === undefined || typeof value === 'object'
    ? undefined
    : String(value);
}
