// Which filters of PasteDeploy really stood around Galaxy: nearly every file defines some that nothing uses.

import type { LegacyFacts } from '../model/legacy.ts';

export function usedFilters({ options, sections }: LegacyFacts): ReadonlySet<string> {
  const used = new Set<string>();
  const add = (name: string) => {
    if (used.has(name)) return;
    used.add(name);
    for (const one of sections)
      if (one.name.startsWith('filter:') && one.name.slice('filter:'.length).trim() === name)
        for (const { name: key, value } of one.options) if (key === 'filter-with') add(value.value);
  };
  for (const { name, value } of options) {
    if (name === 'filter-with') add(value.value);
    // Its last word is the application.
    if (name === 'pipeline') for (const one of value.value.split(/\s+/).slice(0, -1)) add(one);
  }
  return used;
}
