// schemas/galaxy-options.json -> src/schema/galaxy-options.gen.js: one line for each option, as every command that
// reads a configuration looks options up, and cutting lines is three times as fast as parsing JSON.

import { readFileSync, writeFileSync } from 'node:fs';

/** An option as schemas/galaxy-options.json has it; its "about" says what each attribute means. */
export interface TableOption {
  readonly since?: string;
  readonly until?: string;
  readonly type?: 'str' | 'int' | 'float' | 'bool' | 'seq' | 'map' | 'any' | 'include';
  readonly choices?: readonly string[];
  readonly default?: unknown;
  readonly path_base?: string;
  readonly path_base_changes?: readonly (readonly [string, string | null])[];
  readonly reloadable?: true;
  readonly per_host?: true;
  readonly deprecated_alias?: string;
  readonly replaced_by?: string;
  readonly alias?: true;
  readonly secret?: true;
  readonly secret_keys?: readonly string[];
  readonly undocumented?: true;
  readonly reserved?: string;
  readonly refused?: true;
  readonly accepts?: readonly ('str' | 'seq' | 'map')[];
  readonly truth_words?: true;
  readonly null_stops?: true | { readonly since?: string; readonly until?: string };
  readonly null_breaks?: string;
  readonly gravity_null?: string;
  readonly unconverted?: true;
  readonly list_stops?: true;
  readonly choices_enforced?: true;
}

export interface GalaxyTable {
  readonly releases: readonly string[];
  readonly options: Readonly<Record<string, TableOption>>;
  /** Options that are passed on to another program by the start of their name. */
  readonly prefixes: Readonly<
    Record<
      string,
      { readonly known: Readonly<Record<string, 'int' | 'bool'>>; readonly refused: readonly string[] }
    >
  >;
}

/** Every option by name, those behind a prefix included. */
export function readTable(path: string): GalaxyTable {
  const table = JSON.parse(readFileSync(path, 'utf8')) as GalaxyTable;
  const options: Record<string, TableOption> = { ...table.options };
  for (const [prefix, { known, refused }] of Object.entries(table.prefixes)) {
    for (const [name, type] of Object.entries(known))
      options[prefix + name] ??= {
        type,
        undocumented: true,
        ...(type === 'int' ? { null_stops: true } : {}),
      };
    for (const name of refused) options[prefix + name] = { ...options[prefix + name], refused: true };
  }
  return { ...table, options };
}

/** Writes the module `target`. */
export function compileGalaxyTable(path: string, target: string): void {
  const { releases, options, prefixes } = readTable(path);
  const formerNames = new Set(Object.values(options).flatMap((one) => one.deprecated_alias ?? []));
  const lines = Object.keys(options)
    .sort()
    .map((name) => line(name, options[name] ?? {}, formerNames.has(name)));
  const values = { releases, prefixes: Object.keys(prefixes), lines: lines.join('\n') };
  writeFileSync(
    target,
    Object.entries(values)
      .map(([name, value]) => `export const ${name} = ${JSON.stringify(value)};\n`)
      .join(''),
  );
}

/** Fields in the order in which `src/schema/galaxy-options-table.ts` reads them. */
function line(name: string, option: TableOption, laterWins: boolean): string {
  const { null_stops: stops } = option;
  const flags = [
    [option.secret, 's'],
    [option.reloadable, 'r'],
    [option.undocumented, 'u'],
    [option.alias, 'a'],
    [laterWins, 'd'],
    [option.per_host, 'h'],
    [option.refused, 'x'],
    [option.truth_words, 'w'],
    [option.unconverted, 'c'],
    [option.list_stops, 'l'],
    [option.choices_enforced, 'e'],
    [option.default === true, 't'],
    [typeof option.default === 'number', 'n'],
  ]
    .flatMap(([set, letter]) => (set ? letter : []))
    .join('');
  const bases = option.path_base_changes?.map(([release, base]) => `${release}:${base ?? ''}`) ?? [
    option.path_base ?? '',
  ];
  const fields = [
    name,
    option.since ?? '',
    option.until ?? '',
    option.type === 'include' ? 'map' : (option.type ?? ''),
    flags,
    bases.join(','),
    option.choices?.join(',') ?? '',
    option.replaced_by ?? '',
    option.accepts?.join(',') ?? '',
    stops === undefined ? '' : stops === true ? '*' : `${stops.since ?? ''}-${stops.until ?? ''}`,
    option.null_breaks ?? '',
    option.gravity_null ?? '',
    option.reserved ?? '',
  ];
  return fields.join('\t').trimEnd();
}
