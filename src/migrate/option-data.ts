// Defaults of Galaxy's options, release by release: read from the table as a whole, which only a migration needs.

import type { Plain } from '../syntax/tree.ts';

interface Row {
  readonly since?: string;
  readonly until?: string;
  readonly type?: string;
  readonly default?: Plain;
  readonly sample_default?: string;
  readonly default_changes?: readonly (readonly [string, Plain])[];
}

export interface OptionDefaults {
  /** Every value that was ever the default of a release, or stood in a sample. */
  former(name: string): readonly Plain[];
  /** The newest default; undefined where the option has none, or is not in the table. */
  current(name: string): Plain | undefined;
  /** Defaults that changed, by option: those of the first and of the newest release that are known. */
  changed(): readonly {
    readonly name: string;
    readonly before: Plain;
    readonly after: Plain;
    readonly in: string;
  }[];
}

/** @param text schemas/galaxy-options.json */
export function readDefaults(text: string | undefined): OptionDefaults {
  const rows = text === undefined ? {} : (JSON.parse(text) as { options: Record<string, Row> }).options;
  const row = (name: string) => (Object.hasOwn(rows, name) ? rows[name] : undefined);
  return {
    former(name) {
      const found = row(name);
      if (!found) return [];
      const changes = found.default_changes?.map(([, value]) => value) ?? [];
      return [
        ...changes,
        ...(found.default === undefined ? [] : [found.default]),
        ...(found.sample_default === undefined ? [] : [found.sample_default]),
      ];
    },
    current(name) {
      const found = row(name);
      const last = found?.default_changes?.at(-1);
      // What has no default in the table is unset, which Galaxy holds as None.
      return found && (last ? last[1] : (found.default ?? null));
    },
    changed: () =>
      Object.entries(rows).flatMap(([name, { default_changes: changes, until }]) => {
        const [first, last] = [changes?.[0], changes?.at(-1)];
        if (!first || !last || until !== undefined || first === last) return [];
        return [{ name, before: first[1], after: last[1], in: last[0] }];
      }),
  };
}
