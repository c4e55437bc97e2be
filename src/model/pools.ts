// The names of pools that Galaxy's processes can be attached to. Source: Galaxy's webless stack, 19.01 and later.

/** Without tags. */
export const knownPools = ['job-handlers', 'workflow-schedulers'] as const;

/** True for `job-handlers`, `workflow-schedulers`, and either with a tag behind a dot. */
export function isKnownPool(pool: string): boolean {
  return knownPools.some((known) => pool === known || pool.startsWith(`${known}.`));
}

/** True for a pool whose tag is empty or holds a separator: several pools written as one, as a rule. */
export function isOddPool(pool: string): boolean {
  const dot = pool.indexOf('.');
  return dot >= 0 && isKnownPool(pool) && /^$|[,;\s]/.test(pool.slice(dot + 1));
}
