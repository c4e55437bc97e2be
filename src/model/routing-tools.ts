// The entries of tools by the id that Galaxy compares: rules ask for it several times, and a file may have 100,000.

import type { JobConfig, ToolMapping } from './routing.ts';

export interface ToolTable {
  /** The first entry of each id, in the order of the file. */
  readonly first: ReadonlyMap<string, ToolMapping>;
  /** The ids with more than one entry, with all of them. */
  readonly repeated: ReadonlyMap<string, readonly ToolMapping[]>;
}

const tables = new WeakMap<JobConfig, ToolTable>();

/** Made once for a configuration. */
export function toolTable(jobs: JobConfig): ToolTable {
  let table = tables.get(jobs);
  if (!table) {
    table = makeTable(jobs);
    tables.set(jobs, table);
  }
  return table;
}

/** In small letters and without slashes at the end. Source: Galaxy: lib/galaxy/jobs/__init__.py. */
export function comparedId(id: string): string {
  const small = id.toLowerCase();
  return small.endsWith('/') ? small.replace(/\/{1,100}$/, '') : small;
}

function makeTable(jobs: JobConfig): ToolTable {
  const first = new Map<string, ToolMapping>();
  const repeated = new Map<string, ToolMapping[]>();
  for (const tool of jobs.tools) {
    if (!tool.id) continue;
    const id = comparedId(tool.id.value);
    const earlier = first.get(id);
    if (!earlier) {
      first.set(id, tool);
      continue;
    }
    const others = repeated.get(id);
    if (others) others.push(tool);
    else repeated.set(id, [earlier, tool]);
  }
  return { first, repeated };
}
