// A legacy INI file as Python has it: sections merged, `[DEFAULT]` behind them, `%` expanded.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Located, written } from '../../model/located.ts';
import { dirname } from '../../model/paths.ts';
import type { IniText } from '../../syntax/decode-ini.ts';
import type { FileRef } from '../../syntax/files.ts';
import { readPythonIni } from '../../syntax/ini-python.ts';
import {
  type IniBlock,
  type IniOption,
  type IniTree,
  optionSpan,
  sectionOptions,
  valueSpan,
} from '../../syntax/ini-tree.ts';
import type { Span } from '../../text/source.ts';
import { type Interpolated, interpolate2, interpolate3 } from './interpolate.ts';

export type PythonReader = 'python2' | 'python3';

/** An option as Python gives it to the program. */
export interface ReadOption {
  readonly name: string;
  readonly value: Located<string>;
  readonly raw: string;
  readonly section: string;
  readonly place: Span;
  readonly key: Span;
}

export interface IniFile {
  readonly file: FileRef;
  readonly text: IniText;
  readonly reader: PythonReader;
  readonly tree: IniTree;
  /** Of sections, in order, each once, without `DEFAULT`. */
  readonly names: readonly string[];
  /** The header of the first section of that name. */
  header(name: string): Span;
  /** Of a repeated key the last; those of `[DEFAULT]` are not among them. */
  options(name: string): readonly ReadOption[];
  /** Of `[DEFAULT]`. */
  readonly defaults: readonly ReadOption[];
}

/**
 * @param server the path that `%(here)s` is the folder of
 * @param report told of values that cannot be expanded, when they are asked for
 * @param asIs whether the program asks for an option without having it expanded
 */
export function openIniFile(
  file: FileRef,
  text: IniText,
  reader: PythonReader,
  server: string,
  report: Report,
  asIs: typeof isRaw = isRaw,
): IniFile {
  const tree = readPythonIni(text.source, reader);
  const here = new Map([
    ['here', dirname(server)],
    ['__file__', server],
  ]);
  const byName = new Map<string, IniBlock[]>();
  for (const one of tree.blocks) {
    const list = byName.get(one.name);
    if (list) list.push(one);
    else byName.set(one.name, [one]);
  }
  const raw = (name: string) => sectionOptions({ blocks: byName.get(name) ?? [] }, name);
  const defaults = new Map(raw('DEFAULT').map((one) => [one.key, one.value]));
  const read = new Map<string, readonly ReadOption[]>();
  const options = (name: string): readonly ReadOption[] => {
    const known = read.get(name);
    if (known) return known;
    const own = raw(name);
    const values = new Map(own.map((one) => [one.key, one.value]));
    // Python 2 keeps the name of a section among its options.
    const own2 = reader === 'python2' && name !== 'DEFAULT' ? name : undefined;
    const lookup = (key: string) =>
      values.get(key) ?? (key === '__name__' ? own2 : undefined) ?? defaults.get(key) ?? here.get(key);
    const made = own.map((one) => expanded(one, asIs(name, one.key), name, reader, lookup, report));
    read.set(name, made);
    return made;
  };
  return {
    file,
    text,
    reader,
    tree,
    names: [...byName.keys()].filter((one) => one !== 'DEFAULT'),
    header: (name) => byName.get(name)?.[0]?.header ?? { source: text.source, start: 0, end: 0 },
    options,
    get defaults() {
      return options('DEFAULT');
    },
  };
}

function expanded(
  option: IniOption,
  asIs: boolean,
  section: string,
  reader: PythonReader,
  lookup: (name: string) => string | undefined,
  report: Report,
): ReadOption {
  const { value: raw } = option;
  const place = valueSpan(option);
  const result: Interpolated = asIs ? { ok: true, text: raw } : interpolate(raw, reader, lookup);
  if (!result.ok) {
    report(
      problem('GX162', `Python cannot expand the value of "${option.key}": ${result.message}`, place, {
        why: 'the program that asks for the option stops',
        help:
          reader === 'python3'
            ? 'write "%%" for a percent sign'
            : 'write "%%" for a percent sign where the value also has a "%(name)s"',
      }),
    );
  }
  const value = result.ok ? result.text : raw;
  const name = option.key;
  return { name, value: written(value, place), raw, section, place: optionSpan(option), key: option.keySpan };
}

/** What Python's logging reads as it is written: its formats are full of "%(name)s". */
export function isRaw(section: string, key: string): boolean {
  return section.startsWith('formatter_') && /^(?:format|datefmt|style)$/.test(key);
}

function interpolate(
  raw: string,
  reader: PythonReader,
  lookup: (name: string) => string | undefined,
): Interpolated {
  // Nearly every value has none.
  if (!raw.includes('%')) return { ok: true, text: raw };
  return reader === 'python3' ? interpolate3(raw, lookup) : interpolate2(raw, lookup);
}
