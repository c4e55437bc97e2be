// The INI files of test/legacy/vectors as gxgen reads them, in the form in which the answers of the real programs are
// recorded: Python's two parsers, and uWSGI.

import { readdirSync, readFileSync } from 'node:fs';
import { interpolate2, interpolate3 } from '../../src/frontends/legacy/interpolate.ts';
import { includer, iniEntries } from '../../src/frontends/legacy/open.ts';
import { evaluateUwsgi } from '../../src/frontends/legacy/uwsgi-options.ts';
import { memoryHost } from '../../src/host/memory.ts';
import { decodeIni, type IniText } from '../../src/syntax/decode-ini.ts';
import { makeFiles } from '../../src/syntax/files.ts';
import { readPythonIni } from '../../src/syntax/ini-python.ts';
import { type IniTree, sectionOptions } from '../../src/syntax/ini-tree.ts';
import { readUwsgiIni, uwsgiMagic } from '../../src/syntax/ini-uwsgi.ts';

export const vectorFolder = 'test/legacy/vectors';
/** Where the files are taken to lie. */
export const home = '/srv/galaxy/config';

/** Of one option: as written, and as the program gets it. */
export interface Value {
  readonly raw: string;
  readonly value?: string;
  readonly error?: true;
}

export type PythonReading =
  | { readonly refused: string }
  | { readonly sections: Readonly<Record<string, Readonly<Record<string, Value>>>> };

/** What uWSGI has in the end: keys and values in order; or its word for why it stops. */
export type UwsgiReading = readonly (readonly [string, string])[] | { readonly refused: true };

export interface Readings {
  readonly python2: PythonReading;
  readonly python3: PythonReading;
  readonly uwsgi: UwsgiReading;
}

export function vectorNames(): string[] {
  return readdirSync(vectorFolder)
    .filter((name) => name.endsWith('.ini'))
    .sort();
}

export function vectorBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`${vectorFolder}/${name}`));
}

export function vectorText(name: string, bytes = vectorBytes(name)): IniText {
  const text = decodeIni(name, bytes, () => {});
  if (!text) throw new Error(`${name} is no text`);
  return text;
}

/** What gxgen says the three programs read. */
export function ownReadings(name: string): Readings {
  const text = vectorText(name);
  return {
    python2: ownPython(text, 'python2'),
    python3: ownPython(text, 'python3'),
    uwsgi: ownUwsgi(name, text),
  };
}

export function ownPython(text: IniText, reader: 'python2' | 'python3'): PythonReading {
  const tree = readPythonIni(text.source, reader);
  const refused = text.mark ? 'MissingSectionHeaderError' : refusal(tree);
  if (refused !== undefined) return { refused };
  const here = new Map([
    ['here', home],
    ['__file__', `${home}/galaxy.ini`],
  ]);
  const of = (section: string) => new Map(sectionOptions(tree, section).map((one) => [one.key, one.value]));
  const defaults = of('DEFAULT');
  const sections: Record<string, Record<string, Value>> = {};
  for (const section of ['DEFAULT', ...tree.blocks.map((one) => one.name)]) {
    const own = of(section);
    const lookup = (key: string) =>
      own.get(key) ??
      defaults.get(key) ??
      here.get(key) ??
      (reader === 'python2' && key === '__name__' ? section : undefined);
    sections[section] = Object.fromEntries(
      [...own].map(([key, raw]): [string, Value] => {
        const result = reader === 'python2' ? interpolate2(raw, lookup) : interpolate3(raw, lookup);
        return [key, result.ok ? { raw, value: result.text } : { raw, error: true }];
      }),
    );
  }
  return { sections };
}

// Python stops at once, but for lines that are nothing: those it collects.
function refusal({ refusals }: IniTree): string | undefined {
  const names: Readonly<Record<string, string>> = {
    'no-section': 'MissingSectionHeaderError',
    duplicate: 'DuplicateOptionError',
    'duplicate-section': 'DuplicateSectionError',
  };
  const first = refusals.find((one) => one.kind !== 'no-delimiter');
  if (first) return names[first.kind];
  return refusals.length > 0 ? 'ParsingError' : undefined;
}

export function ownUwsgi(name: string, text: IniText): UwsgiReading {
  const source = text.mark ? { ...text.source, text: `\ufeff${text.source.text}` } : text.source;
  const tree = readUwsgiIni(source, uwsgiMagic(`${home}/${name}`));
  const host = memoryHost({
    cwd: home,
    files: Object.fromEntries(
      vectorNames().map((one) => [`${home}/${one}`, { kind: 'file', bytes: vectorBytes(one), mode: 0o644 }]),
    ),
    asset: () => undefined,
  });
  const files = makeFiles(host);
  let refused = false;
  const report = ({ code }: { code: string }) => {
    refused ||= code === 'GX175';
  };
  const options = evaluateUwsgi(iniEntries(tree, 'uwsgi'), {
    environment: new Map(),
    include: includer(files.at(`${home}/${name}`), home, { files, report }),
    report,
  });
  if (refused) return { refused: true };
  // The vectors ask for `/`, which is there, and for /nonexistent.
  const holds = (when: string) => /\bnot\b/.test(when) === when.includes('/nonexistent');
  return options.flatMap(({ key, value, when, effective }): [string, string][] => {
    if (when && !when.every(holds)) return [];
    // A name that uWSGI does not know is kept all the same; under a condition on options that fails it is not.
    if (!effective && !/:/.test(key)) return [];
    const pair: [string, string] = [key, value.value];
    const set = /^(?:set|set-placeholder|set-ph)$/.test(key)
      ? /^([^=]+)=(.*)$/s.exec(value.value)
      : undefined;
    return set ? [pair, [set[1] as string, set[2] as string]] : [pair];
  });
}
