// The options of the `galaxy:` section: what each is, and what is wrong with the ones of a file. Galaxy itself
// passes over what it does not know and converts what it does, mostly without a word.

import type { Report } from '../diagnostics/diagnostic.ts';
import { isOlder, isWithin, parseRelease } from '../model/release.ts';
import type { MapNode } from '../syntax/tree.ts';
import { suggest } from '../text/suggest.ts';
import { OptionNames } from './galaxy-options-names.ts';
import { optionInfo, secretNames } from './galaxy-options-table.ts';
import { checkOptionValue } from './galaxy-options-values.ts';

export { newestRelease, type OptionInfo, type OptionType, optionInfo } from './galaxy-options-table.ts';

export interface GalaxyCheckOptions {
  /** Unknown options are only mentioned (`--allow-unknown`). */
  readonly allowUnknown?: boolean;
}

/**
 * Reports unknown, removed, renamed and too new options, and values that Galaxy reads otherwise or does not start
 * with: GX250 to GX260.
 * @param node the value of `galaxy:`
 * @param release Galaxy's release, `24.1`; unknown means the newest, and what a release decides is then only advice
 */
export function checkGalaxyOptions(
  node: MapNode,
  release: string | undefined,
  report: Report,
  { allowUnknown = false }: GalaxyCheckOptions = {},
): void {
  const known = release !== undefined && parseRelease(release) ? release : undefined;
  const names = new OptionNames(node, known, allowUnknown, report);
  for (const entry of node.entries) {
    const info = names.check(entry);
    if (info && info.name !== ownSchema) checkOptionValue(info, entry.value, known, report);
  }
}

// Read and checked as what it is, a job configuration.
const ownSchema = 'job_config';

/** True when the whole value of the option is to be kept secret. What it holds is secret then, too. */
export function isSecretOption(name: string): boolean {
  return optionInfo(name)?.secret === true;
}

/** True for an unknown name that is probably a slip of a secret option: its value is one then, too. */
export function isSecretSlip(name: string): boolean {
  return name.length < longest && suggest(name, secretNames()) !== undefined;
}

const longest = 60;

/** True when Galaxy takes a new value without a restart. @param release unknown means the newest */
export function reloadable(name: string, release?: string): boolean {
  const info = optionInfo(name);
  // Reloading came with 19.09.
  return info?.reloadable === true && !isOlder(release, '19.09') && isWithin(release, info.since, info.until);
}

/**
 * The option whose directory a relative path starts from: `config_dir`, `data_dir`, `tool_dependency_dir`, ...;
 * undefined for options that are no path and for paths that Galaxy resolves otherwise.
 * @param release unknown means the newest
 */
export function pathBase(name: string, release?: string): string | undefined {
  const bases = optionInfo(name)?.pathBases ?? [];
  return bases.findLast(({ since }) => since === '' || !isOlder(release, since))?.base;
}
