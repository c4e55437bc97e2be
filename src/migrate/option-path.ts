// Relative paths of options: up to 19.09 all began at Galaxy's root; since then most begin somewhere else. What a path
// meant is what it goes on to mean.

import { isAbsolute, join, normalize } from '../model/paths.ts';
import { isOlder } from '../model/release.ts';
import { pathBase } from '../schema/galaxy-options.ts';
import { joined } from './option-value.ts';

// Options whose base stands in Galaxy's code and in no schema.
const unlisted: Readonly<Record<string, string>> = {
  job_working_directory: 'data_dir',
  integrated_tool_panel_config: 'managed_config_dir',
  sanitize_allowlist_file: 'managed_config_dir',
  builds_file_path: 'tool_data_path',
  len_file_path: 'tool_data_path',
};

// The table says data_dir; a value that is set begins at the root all the same.
const atRoot = new Set(['interactivetools_map', 'interactivetoolsproxy_map']);

/** Options that hold several paths with commas between them. */
const lists = new Set([
  'tool_config_file',
  'tool_data_table_config_path',
  'datatypes_config_file',
  'data_manager_config_file',
]);

export interface PathChange {
  readonly option: string;
  readonly before: string;
  readonly after: string;
  /** Where a relative path of the option begins now. */
  readonly base: string;
}

/** The base of an option in a release: the root where it has none of its own. */
function baseOf(name: string, release: string | undefined): string {
  if (atRoot.has(name)) return 'root';
  const own = unlisted[name];
  if (own !== undefined)
    return isOlder(release, own === 'data_dir' || own === 'tool_data_path' ? '20.01' : '20.09')
      ? 'root'
      : own;
  return pathBase(name, release) ?? 'root';
}

/**
 * The path as it has to be written now, absolute where its base moved.
 * @param from the release the file is of; undefined: old enough for everything to begin at the root
 */
export function movedPath(
  name: string,
  value: string,
  { from, root }: { readonly from: string | undefined; readonly root: string },
): PathChange | undefined {
  const base = baseOf(name, undefined);
  const former = from === undefined ? 'root' : baseOf(name, from);
  if (base === former || value === '' || /^none$/i.test(value)) return undefined;
  // Which directory it was is known for the root alone.
  if (former !== 'root') return undefined;
  if (!lists.has(name) && value.includes('\n')) return undefined;
  const parts = lists.has(name) ? joined(value).split(',') : [value];
  const after = parts
    .map((one) => (one.trim() === '' || isAbsolute(one.trim()) ? one : normalize(join(root, one.trim()))))
    .join(',');
  return after === value ? undefined : { option: name, before: value, after, base };
}
