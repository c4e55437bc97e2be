// The INI files of test/legacy/vectors as gxgen reads them, in the form in which the answers of the real programs are
// recorded: Python's two parsers, PasteDeploy on both, and uWSGI.

import { existsSync, readFileSync, statSync } from 'node:fs';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { openIniFile } from '../../src/frontends/legacy/ini-file.ts';
import { includer, iniEntries } from '../../src/frontends/legacy/open.ts';
import { pasteApp, pasteServers } from '../../src/frontends/legacy/paste.ts';
import { evaluateUwsgi } from '../../src/frontends/legacy/uwsgi-options.ts';
import { memoryHost } from '../../src/host/memory.ts';
import type { LegacyOption, UwsgiOption } from '../../src/model/legacy.ts';
import { decodeIni, type IniText } from '../../src/syntax/decode-ini.ts';
import { type Files, makeFiles } from '../../src/syntax/files.ts';
import { parseIni } from '../../src/syntax/ini.ts';
import { readPythonIni } from '../../src/syntax/ini-python.ts';
import { sectionOptions } from '../../src/syntax/ini-tree.ts';
import { readUwsgiIni, uwsgiMagic } from '../../src/syntax/ini-uwsgi.ts';
import { listFiles } from '../helpers/sources.ts';

export const vectorFolder = 'test/legacy/vectors';
/** Where the files are taken to lie. */
export const home = '/srv/galaxy/config';
/** Of uWSGI; names that no file uses are not set. */
export const environment: Readonly<Record<string, string>> = { GALAXY_HOME: '/srv/galaxy' };

export function vectorNames(): string[] {
  return listFiles(vectorFolder, '.ini').map((path) => path.slice(vectorFolder.length + 1));
}

export function vectorBytes(name: string): Uint8Array {
  return new Uint8Array(readFileSync(`${vectorFolder}/${name}`));
}

export function vectorText(name: string): IniText {
  return decoded(vectorBytes(name));
}

type Pairs = readonly (readonly [key: string, value: string])[];

/** Each option as key, value, and value after expansion, null where that fails; text as the program has it. */
export type PythonAnswer =
  | { readonly refused: string }
  | {
      readonly sections: readonly (readonly [
        string,
        readonly (readonly [string, string, string | null])[],
      ])[];
    };

export interface PasteAnswer {
  /** Why there is no application. */
  readonly refused?: string;
  /** Of each application: the path it is under, its options, and those of the filters around it, outermost first. */
  readonly app?: readonly (readonly [string, Pairs, readonly Pairs[]])[];
  readonly servers: readonly (readonly [string, Pairs | null])[];
}

export type UwsgiAnswer = { readonly refused: string } | { readonly options: Pairs };

export type SupervisorAnswer =
  | { readonly refused: string }
  | { readonly sections: readonly (readonly [string, Pairs])[] };

/** What each program makes of a text. */
export interface Readings {
  readonly name: string;
  readonly python2: PythonAnswer;
  readonly python3: PythonAnswer;
  readonly paste2: PasteAnswer;
  readonly paste3: PasteAnswer;
  readonly uwsgi: UwsgiAnswer;
}

export type Python = 'python2' | 'python3';

// Python 2 and uWSGI have bytes, and their answers one character for each.
function asBytes(text: string, { encoding }: IniText): string {
  return encoding === 'latin-1' ? text : Buffer.from(text).toString('latin1');
}

function decoded(bytes: Uint8Array): IniText {
  const text = decodeIni('galaxy.ini', bytes, () => undefined);
  if (!text) throw new Error('gxgen does not decode the file');
  return text;
}

function refFor(name: string): Parameters<typeof openIniFile>[0] {
  return makeFiles(memoryHost({ cwd: home, files: {}, asset: () => undefined })).at(`${home}/${name}`);
}

export function gxgenPython(bytes: Uint8Array, reader: Python, name = 'galaxy.ini'): PythonAnswer {
  const text = decoded(bytes);
  // Both are problems that are told when the file is opened (GX152, GX153).
  if (text.mark) return { refused: 'a byte order mark' };
  if (text.encoding === 'latin-1' && reader === 'python3') return { refused: 'Latin-1' };
  const tree = readPythonIni(text.source, reader);
  const [refusal] = tree.refusals;
  if (refusal) return { refused: refusal.kind };
  const failed: Diagnostic[] = [];
  const report = (one: Diagnostic) => failed.push(one);
  const file = openIniFile(refFor(name), text, reader, `${home}/${name}`, report, () => false);
  const out = (value: string) => (reader === 'python2' ? asBytes(value, text) : value);
  const sections = ['DEFAULT', ...file.names].map((section) => {
    const read = section === 'DEFAULT' ? file.defaults : file.options(section);
    const options = sectionOptions(tree, section).map((one, at): [string, string, string | null] => {
      const given = read[at];
      const place = given?.value.origin.kind === 'source' ? given.value.origin.span : undefined;
      const broken = failed.some(({ span }) => span?.start === place?.start && span?.end === place?.end);
      return [out(one.key), out(one.value), broken || !given ? null : out(given.value.value)];
    });
    return [out(section), options] as const;
  });
  return { sections: sections.filter(([section, options]) => section !== 'DEFAULT' || options.length > 0) };
}

/** As supervisord's parser reads it. */
export function gxgenSupervisor(bytes: Uint8Array): SupervisorAnswer {
  const text = decoded(bytes);
  if (text.mark || text.encoding === 'latin-1') return { refused: 'no plain UTF-8' };
  const { sections, broken } = parseIni(text.source, () => undefined);
  if (broken) return { refused: 'a line' };
  return {
    sections: sections.map(({ name, values }) => [
      name,
      [...values].map(([key, value]) => [key, value.text] as const).sort(bySpelling),
    ]),
  };
}

const bySpelling = ([a]: readonly [string, string], [b]: readonly [string, string]) => (a < b ? -1 : 1);
// Names that mean something to PasteDeploy and that it keeps for itself.
const ofPaste = /^(?:use|filter-with|require|paste\.\w+_factory)$/;

function local(options: readonly LegacyOption[], out: (text: string) => string): Pairs {
  return options
    .filter((one) => one.effective && !ofPaste.test(one.name))
    .map(({ name, value }) => [out(name), out(value.value)] as const)
    .sort(bySpelling);
}

/** Of one of the vectors; undefined when the whole file is refused. */
export function gxgenPaste(name: string, reader: Python): PasteAnswer | undefined {
  const failed: Diagnostic[] = [];
  const open = (one: string) =>
    openIniFile(refFor(one), vectorText(one), reader, `${home}/${one}`, (found) => failed.push(found));
  const file = open(name);
  if (file.text.mark || file.tree.refusals.length > 0) return undefined;
  if (file.text.encoding === 'latin-1' && reader === 'python3') return undefined;
  const answer = (value: string) => (reader === 'python2' ? asBytes(value, file.text) : value);
  const beside = (path: string) => {
    const other = path.slice(home.length + 1);
    return vectorNames().includes(other) ? open(other) : undefined;
  };
  const app = pasteApp(file, beside, () => undefined);
  // Without a factory there is nothing that Paste could call.
  const whole = app?.factory !== undefined && failed.length === 0;
  return {
    ...(whole
      ? {
          app: [
            [
              app.mount?.value ?? '/',
              local(app.options, answer),
              app.filters.map((one) => local(one.options, answer)),
            ],
          ] as const,
        }
      : { refused: 'no application' }),
    servers: pasteServers(file).map(({ written, options }) => {
      const whole = options.some((one) => one.effective && (one.name === 'use' || ofPaste.test(one.name)));
      return [answer(written), whole ? local(options, answer) : null] as const;
    }),
  };
}

/** The vectors as files that can be included. */
export function vectorFiles(): Files {
  const files = vectorNames().map((one) => [
    `${home}/${one}`,
    { kind: 'file', bytes: vectorBytes(one), mode: 0o644 } as const,
  ]);
  return makeFiles(memoryHost({ cwd: home, files: Object.fromEntries(files), asset: () => undefined }));
}

/** The options of uWSGI as it reads them; conditions that look at the machine look at this one. */
export function gxgenUwsgi(bytes: Uint8Array, name = 'galaxy.ini', files = vectorFiles()): UwsgiAnswer {
  const text = decoded(bytes);
  const source = text.mark ? { ...text.source, text: `\ufeff${text.source.text}` } : text.source;
  let refused: string | undefined;
  const report = ({ severity, message }: Diagnostic) => {
    if (severity === 'error') refused ??= message;
  };
  const options = evaluateUwsgi(iniEntries(readUwsgiIni(source, uwsgiMagic(`${home}/${name}`)), 'uwsgi'), {
    environment: new Map(Object.entries(environment)),
    include: includer(files.at(`${home}/${name}`), home, { files, report }),
    report,
  });
  if (refused !== undefined) return { refused };
  const out = (value: string) => asBytes(value, text);
  return { options: options.filter(isRead).map(({ key, value }) => [out(key), out(value.value)]) };
}

// A name that uWSGI does not know is kept all the same; only what a condition leaves out is not.
function isRead({ key, when = [], effective }: UwsgiOption): boolean {
  return (effective || /:$|: /.test(key)) && when.every(holds);
}

function holds(condition: string): boolean {
  const [, not, kind = '', value = ''] = /^if-(not-)?(\w+) = (.*)$/s.exec(condition) ?? [];
  const stat = existsSync(value) ? statSync(value) : undefined;
  const found = {
    env: environment[value.split('=')[0] ?? ''] !== undefined,
    file: stat?.isFile() === true,
    dir: stat?.isDirectory() === true,
    exists: stat !== undefined,
  }[kind];
  return found !== (not !== undefined);
}
