// The table of Galaxy's options, read when it is first asked for: a line is cut into fields only when its option is
// looked up.

import { lines, prefixes, releases } from './galaxy-options.gen.js';

export type OptionType = 'str' | 'int' | 'float' | 'bool' | 'seq' | 'map' | 'any';

/** What is known about one option of the `galaxy:` section. */
export interface OptionInfo {
  readonly name: string;
  /** First release that lists it; absent where none does. */
  readonly since?: string;
  /** Last release that lists it; absent where the newest does, or none. */
  readonly until?: string;
  /** Absent for options that were gone before options had types, and for free ones. */
  readonly type?: OptionType;
  /** The forms of value taken where `type` does not say it. */
  readonly accepts: readonly ('str' | 'seq' | 'map')[];
  /** The words it takes; empty when any is fine. */
  readonly choices: readonly string[];
  /** The option whose directory a relative path starts from, by first release (empty: since ever). */
  readonly pathBases: readonly { readonly since: string; readonly base: string | undefined }[];
  /** Option to use instead. */
  readonly replacedBy?: string;
  /** Galaxy still takes the old name for `replacedBy`. */
  readonly alias: boolean;
  /** Where old and new name are both set, the later one in the file counts, and otherwise the new one. */
  readonly laterWins: boolean;
  readonly secret: boolean;
  readonly reloadable: boolean;
  /** Galaxy reads it in releases that do not list it, too. */
  readonly undocumented: boolean;
  /** `NAME_by_host` is a mapping from host names to values. */
  readonly perHost: boolean;
  /** What does not start when the key stands in a file. */
  readonly reserved?: string;
  /** The database library of current releases refuses it. */
  readonly refused: boolean;
  /** Text for which true and false are as good as the words. */
  readonly truthWords: boolean;
  /** Galaxy does not start with a value of another type than text. */
  readonly unconverted: boolean;
  /** Galaxy does not start with a list. */
  readonly listStops: boolean;
  /** Galaxy does not start with a word that is none of `choices`. */
  readonly choicesEnforced: boolean;
  /** What stands for the default where it decides what null means. */
  readonly default?: true | 'number';
  /** Releases in which Galaxy does not start with null. */
  readonly nullStops?: { readonly since?: string; readonly until?: string };
  /** Another program than Galaxy's own start that null breaks. */
  readonly nullBreaks?: string;
  /** What Gravity makes of null: `stops`, or the word it passes on. */
  readonly gravityNull?: string;
}

/** The newest release the table covers. */
export const newestRelease: string = releases.at(-1) ?? '';
/** The oldest one. */
export const oldestRelease: string = releases[0] ?? '';

/** The release after a given one of the table; undefined after the newest. */
export function releaseAfter(release: string): string | undefined {
  return releases[releases.indexOf(release) + 1];
}

/** The line of an option. The lines are sorted by name, and halving them is quicker than cutting all of them apart. */
function lineOf(name: string): string | undefined {
  let low = 0;
  let high = lines.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const start = lines.lastIndexOf('\n', middle - 1) + 1;
    const next = lines.indexOf('\n', middle);
    const line = lines.slice(start, next < 0 ? lines.length : next);
    const found = nameIn(line);
    if (found === name) return line;
    if (found < name) low = start + line.length + 1;
    else high = start;
  }
  return undefined;
}

function nameIn(line: string): string {
  const end = line.indexOf('\t');
  return end < 0 ? line : line.slice(0, end);
}

let names: readonly string[] | undefined;

/** Names of all options of all releases, sorted. */
export function optionNames(): readonly string[] {
  names ??= lines.split('\n').map(nameIn);
  return names;
}

let secrets: readonly string[] | undefined;

/** Those of them whose whole value is secret. */
export function secretNames(): readonly string[] {
  secrets ??= optionNames().filter((name) => optionInfo(name)?.secret);
  return secrets;
}

const known = new Map<string, OptionInfo>();
const byHost = '_by_host';

/** What is known about an option, `NAME_by_host` and options that Galaxy passes on included; undefined for others. */
export function optionInfo(name: string): OptionInfo | undefined {
  const found = known.get(name);
  if (found) return found;
  const line = lineOf(name);
  const info = line === undefined ? derivedInfo(name) : parse(line);
  // Names outside of the table are not kept: a hostile file has any number of them.
  if (info && line !== undefined) known.set(name, info);
  return info;
}

function derivedInfo(name: string): OptionInfo | undefined {
  if (prefixes.some((prefix) => name.startsWith(prefix) && name.length > prefix.length))
    return { ...parse(name), undocumented: true };
  if (!name.endsWith(byHost)) return undefined;
  // The file of themes can be given for each host, and so can the themes read from it.
  const stem = name.slice(0, -byHost.length);
  const base = optionInfo(stem === 'themes' ? 'themes_config_file' : stem);
  if (!base?.perHost) return undefined;
  const { since, until } = base;
  return { ...parse(name), ...(since ? { since } : {}), ...(until ? { until } : {}), type: 'map' };
}

function parse(line: string): OptionInfo {
  const fields = line.split('\t');
  const field = (at: number): string => fields[at] ?? '';
  const list = (at: number): string[] => (field(at) === '' ? [] : field(at).split(','));
  const flag = (letter: string): boolean => field(4).includes(letter);
  const nulls = field(9).split('-');
  return {
    name: field(0),
    ...(field(1) && { since: field(1) }),
    ...(field(2) && { until: field(2) }),
    ...(field(3) && { type: field(3) as OptionType }),
    pathBases: list(5).map((one) => {
      const [since = '', base] = one.includes(':') ? one.split(':') : ['', one];
      return { since, base: base || undefined };
    }),
    choices: list(6),
    ...(field(7) && { replacedBy: field(7) }),
    accepts: list(8) as ('str' | 'seq' | 'map')[],
    ...(field(9) && {
      nullStops:
        field(9) === '*'
          ? {}
          : { ...(nulls[0] && { since: nulls[0] }), ...(nulls[1] && { until: nulls[1] }) },
    }),
    ...(field(10) && { nullBreaks: field(10) }),
    ...(field(11) && { gravityNull: field(11) }),
    ...(field(12) && { reserved: field(12) }),
    ...(flag('t') ? { default: true } : flag('n') ? { default: 'number' } : {}),
    alias: flag('a'),
    laterWins: flag('d'),
    secret: flag('s'),
    reloadable: flag('r'),
    undocumented: flag('u'),
    perHost: flag('h'),
    refused: flag('x'),
    truthWords: flag('w'),
    unconverted: flag('c'),
    listStops: flag('l'),
    choicesEnforced: flag('e'),
  };
}
