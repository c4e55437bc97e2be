// The legacy files that were named, opened: each by the readers that read it on the server.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { LegacyFile } from '../../model/legacy.ts';
import { written } from '../../model/located.ts';
import { join, normalize } from '../../model/paths.ts';
import type { FileRef, Files } from '../../syntax/files.ts';
import { optionSpan, valueSpan } from '../../syntax/ini-tree.ts';
import { readUwsgiIni, type UwsgiTree, uwsgiMagic } from '../../syntax/ini-uwsgi.ts';
import { get, type MapNode } from '../../syntax/tree.ts';
import { type Source, type Span, span } from '../../text/source.ts';
import { reportDifferences } from './differences.ts';
import { type IniFile, openIniFile, type PythonReader } from './ini-file.ts';
import { otherApplication } from './other-application.ts';
import { reportTemplate } from './templates.ts';
import type { UwsgiEntry } from './uwsgi-options.ts';
import { reportUwsgiReading } from './uwsgi-reading.ts';
import { readUwsgiBlock } from './uwsgi-yaml.ts';

/** Options of uWSGI in one file. */
export interface UwsgiPart {
  readonly file: FileRef;
  readonly format: 'ini' | 'yaml';
  readonly place: Span;
  readonly entries: readonly UwsgiEntry[];
  /** True when the file says what to run beside uWSGI itself: `[app:main]`, or `galaxy:`. */
  readonly withApp: boolean;
}

/** What the files that were named hold. */
export interface Opened {
  /** INI files that Python reads, in order. */
  readonly inis: readonly IniFile[];
  readonly uwsgi?: UwsgiPart;
  /** `galaxy:` of a YAML file. */
  readonly yaml?: { readonly file: FileRef; readonly galaxy: MapNode | undefined; readonly place: Span };
  /** Supervisor files among those that were named as configurations. */
  readonly supervisor: readonly FileRef[];
  readonly files: readonly LegacyFile[];
  /** Every INI text, for the ledger. */
  readonly sources: readonly { readonly source: Source; readonly format: 'ini' | 'yaml' }[];
}

export interface OpenInput {
  readonly files: Files;
  readonly reader: PythonReader;
  readonly report: Report;
}

/** @returns undefined when a file is refused, which has been reported */
export function openLegacy(given: readonly FileRef[], input: OpenInput): Opened | undefined {
  const { files, reader, report } = input;
  const inis: IniFile[] = [];
  const supervisor: FileRef[] = [];
  const kinds: LegacyFile[] = [];
  const sources: { source: Source; format: 'ini' | 'yaml' }[] = [];
  let uwsgi: UwsgiPart | undefined;
  let yaml: Opened['yaml'];
  let refused = false;
  for (const file of given) {
    if (/\.ya?ml$/.test(file.local)) {
      const read = openYaml(file, input);
      if (!read) {
        refused = true;
        continue;
      }
      sources.push({ source: read.source, format: 'yaml' });
      uwsgi = read.uwsgi ?? uwsgi;
      yaml = { file, galaxy: read.galaxy, place: read.place };
      kinds.push({ path: file.shown, role: 'galaxy', reader: 'yaml', place: read.place });
      continue;
    }
    const text = files.legacyIni(file, report);
    if (!text || reportTemplate(text.source, report)) {
      refused = true;
      continue;
    }
    const { source } = text;
    if (text.mark)
      report(
        problem('GX152', 'the file begins with a byte order mark', span(source, 0, 0), {
          help: 'save the file as UTF-8 without one',
        }),
      );
    const ini = openIniFile(file, text, reader, file.server, report);
    const tree = readUwsgiIni(source, uwsgiMagic(file.server));
    const kind = kindOf(ini);
    if (kind === 'supervisor') {
      supervisor.push(file);
      continue;
    }
    if (kind === undefined) {
      refused = true;
      report(foreign(ini, source));
      continue;
    }
    const other = otherApplication(ini);
    if (other) report(other);
    // Beside those of Galaxy its options would be taken for Galaxy's.
    if (other && given.length > 1) {
      refused = true;
      continue;
    }
    const place = span(source, 0);
    sources.push({ source, format: 'ini' });
    const part = uwsgiPart(file, tree, kind !== 'uwsgi');
    if (part) {
      uwsgi = part;
      reportUwsgiReading(tree, ini.tree, report);
    }
    if (kind === 'uwsgi') {
      kinds.push({ path: file.shown, role: 'uwsgi', reader: 'uwsgi', place });
      continue;
    }
    inis.push(ini);
    reportDifferences(ini, report);
    kinds.push({ path: file.shown, role: 'galaxy', reader, place });
  }
  if (refused && inis.length === 0 && !uwsgi && !yaml) return undefined;
  return {
    inis,
    ...(uwsgi ? { uwsgi } : {}),
    ...(yaml ? { yaml } : {}),
    supervisor,
    files: kinds,
    sources,
  };
}

/** The options of uWSGI in an INI file; undefined where it reads none. */
function uwsgiPart(file: FileRef, tree: UwsgiTree, withApp: boolean): UwsgiPart | undefined {
  const blocks = tree.blocks.filter((one) => one.name === 'uwsgi');
  const place = blocks[0]?.header;
  if (!place) return undefined;
  return { file, format: 'ini', place, entries: iniEntries(tree, 'uwsgi'), withApp };
}

export function iniEntries(tree: UwsgiTree, section: string): UwsgiEntry[] {
  const { text } = tree.source;
  return tree.blocks
    .filter((one) => one.name === section)
    .flatMap((block) =>
      block.options.map((one): UwsgiEntry => {
        const place = valueSpan(one);
        return {
          key: one.key,
          value: one.value,
          raw: text.slice(place.start, place.end),
          keySpan: one.keySpan,
          valueSpan: place.start === place.end ? one.keySpan : place,
          place: optionSpan(one),
          from: 'file',
        };
      }),
    );
}

/**
 * Opens what options of uWSGI include: `other.ini`, `other.ini:section`, and `:section` of the file that was read last.
 * @param cwd the folder that uWSGI runs in, which relative paths begin at
 */
export function includer(
  first: FileRef,
  cwd: string,
  { files, report }: Pick<OpenInput, 'files' | 'report'>,
): (target: string, from: Span) => readonly UwsgiEntry[] | undefined {
  let last = first;
  // Files that include each other in many ways are read once.
  const known = new Map<string, readonly UwsgiEntry[]>();
  return (target, from) => {
    const [, path = '', section] = /^(.*?)(?::([^/:]*))?$/s.exec(target) ?? [];
    if (path !== '') last = files.at(normalize(join(cwd, path)));
    const wanted = section || 'uwsgi';
    const name = `${last.server}:${wanted}`;
    const before = known.get(name);
    if (before) return before;
    const text = files.legacyIni(last, report, from);
    if (!text) return undefined;
    const entries = iniEntries(readUwsgiIni(text.source, uwsgiMagic(last.server, first.server)), wanted);
    known.set(name, entries);
    return entries;
  };
}

function openYaml(file: FileRef, { files, report }: OpenInput) {
  const found: Parameters<Report>[0][] = [];
  const read = files.yaml(file, (one) => found.push(one));
  const block = read && readUwsgiBlock(read.source, report);
  // Of what YAML says about the block nothing holds for uWSGI.
  for (const one of found) {
    const inside =
      block && one.span && one.span.start >= block.whole.start && one.span.start <= block.whole.end;
    if (!inside || one.severity === 'error') report(one);
  }
  if (!read || reportTemplate(read.source, report)) return undefined;
  const galaxy = get(read.root, 'galaxy');
  const place = block?.key ?? span(read.source, 0);
  return {
    source: read.source,
    galaxy: galaxy?.kind === 'map' ? galaxy : undefined,
    place: span(read.source, 0),
    ...(block
      ? { uwsgi: { file, format: 'yaml' as const, place, entries: block.entries, withApp: true } }
      : {}),
  };
}

type Kind = 'galaxy' | 'uwsgi' | 'supervisor' | undefined;

function kindOf({ names, tree }: IniFile): Kind {
  const has = (pattern: RegExp) => names.some((one) => pattern.test(one));
  if (has(/^(?:app|application|composite|composit|pipeline|filter-app|server)(?::|$)/) || has(/^galaxy[:_]/))
    return 'galaxy';
  if (has(/^\s*uwsgi\s*$/) || tree.blocks.some((one) => one.name === 'uwsgi')) return 'uwsgi';
  return has(/^(?:program|group|supervisord|unix_http_server|include)(?::|$)/) ? 'supervisor' : undefined;
}

function foreign({ names, file }: IniFile, source: Source) {
  const [first] = names;
  return problem('GX172', `"${file.shown}" configures nothing of Galaxy`, span(source, 0), {
    values:
      first === undefined ? ['it has no section'] : [`its sections are ${names.slice(0, 6).join(', ')}`],
    why: 'it has no [app:*], [server:*], [uwsgi] or [galaxy:*]',
    help: 'name the galaxy.ini or universe_wsgi.ini of the server',
  });
}

/** The options of `galaxy:` as they are written, for a legacy YAML file. */
export function yamlEntries(galaxy: MapNode | undefined) {
  return (galaxy?.entries ?? []).map(({ key, value }) => ({
    name: String(key.value),
    node: value,
    key: written(String(key.value), key.span),
  }));
}
