// The files of one compilation: each is read, decoded and parsed once, and known by three names.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join, normalize, within } from '../model/paths.ts';
import type { Source, Span } from '../text/source.ts';
import { decode } from './decode.ts';
import { decodeIni, type IniText } from './decode-ini.ts';
import { type Ini, parseIni } from './ini.ts';
import type { Node } from './tree.ts';
import { parseXml } from './xml.ts';
import type { XmlElement } from './xml-tree.ts';
import { parseYaml } from './yaml.ts';

export interface FileRef {
  /** As people see it: relative to the working directory where it lies in it. */
  readonly shown: string;
  /** Its path on the server. */
  readonly server: string;
  /** Its path on this machine. */
  readonly local: string;
}

/** A folder of this machine that stands for a folder of the server (`deployed_as` in gxgen.yml). */
export interface Mapping {
  readonly local: string;
  readonly server: string;
}

export interface Files {
  /** Every text read so far, in the order of reading. */
  readonly sources: readonly Source[];
  /** Every YAML tree read so far. */
  readonly trees: readonly Node[];
  /** A path as it was given on the command line. */
  given(path: string): FileRef;
  /** A path of the server, absolute. */
  at(server: string): FileRef;
  kind(file: FileRef): 'file' | 'directory' | 'other' | undefined;
  /** Text that no parser of ours reads, such as `requirements.txt`; undefined in silence where it cannot be read. */
  text(file: FileRef): string | undefined;
  /** @param from where another file names this one: the place of a "cannot be read" */
  yaml(
    file: FileRef,
    report: Report,
    from?: Span,
  ): { readonly source: Source; readonly root: Node | undefined } | undefined;
  xml(
    file: FileRef,
    report: Report,
    from?: Span,
  ): { readonly source: Source; readonly root: XmlElement | undefined } | undefined;
  /** A supervisor file. */
  ini(file: FileRef, report: Report): Ini | undefined;
  /** A legacy INI file, for whichever reader. */
  legacyIni(file: FileRef, report: Report, from?: Span): IniText | undefined;
}

export function makeFiles(host: Host, mapping?: Mapping): Files {
  const sources: Source[] = [];
  const trees: Node[] = [];
  const yamls = new Map<string, { source: Source; root: Node | undefined } | undefined>();
  const inis = new Map<string, Ini | undefined>();
  const xmls = new Map<string, { source: Source; root: XmlElement | undefined } | undefined>();
  const texts = new Map<string, IniText | undefined>();

  function read(
    file: FileRef,
    kind: 'yaml' | 'xml' | 'ini',
    report: Report,
    from?: Span,
  ): Source | undefined {
    const result = host.read(file.local);
    if (!result.ok) {
      report(unreadable(file, result, from));
      return undefined;
    }
    const source = decode(file.shown, result.bytes, kind, report);
    if (source) sources.push(source);
    return source;
  }

  return {
    sources,
    trees,
    given(path) {
      const local = join(host.cwd, path);
      return { shown: path, local, server: toServer(local, mapping) };
    },
    at(server) {
      const local = toLocal(server, mapping);
      return { shown: within(host.cwd, local) ?? local, local, server };
    },
    kind: (file) => host.kind(file.local),
    text(file) {
      // Asked first: most often it is not there, and a failed reading takes longer than looking.
      const result = host.kind(file.local) === 'file' ? host.read(file.local) : undefined;
      return result?.ok ? new TextDecoder().decode(result.bytes) : undefined;
    },
    yaml(file, report, from) {
      if (!yamls.has(file.local)) {
        const source = read(file, 'yaml', report, from);
        const root = source && parseYaml(source, report);
        if (root) trees.push(root);
        yamls.set(file.local, source && { source, root });
      }
      return yamls.get(file.local);
    },
    xml(file, report, from) {
      if (!xmls.has(file.local)) {
        const source = read(file, 'xml', report, from);
        xmls.set(file.local, source && { source, root: parseXml(source, report) });
      }
      return xmls.get(file.local);
    },
    ini(file, report) {
      if (!inis.has(file.local)) {
        const source = read(file, 'ini', report);
        inis.set(file.local, source && parseIni(source, report));
      }
      return inis.get(file.local);
    },
    legacyIni(file, report, from) {
      if (!texts.has(file.local)) {
        const result = host.read(file.local);
        if (!result.ok) report(unreadable(file, result, from));
        const text = result.ok ? decodeIni(file.shown, result.bytes, report) : undefined;
        if (text) sources.push(text.source);
        texts.set(file.local, text);
      }
      return texts.get(file.local);
    },
  };
}

function toServer(local: string, mapping: Mapping | undefined): string {
  const inside = mapping && within(mapping.local, local);
  return inside === undefined ? local : join((mapping as Mapping).server, inside);
}

function toLocal(server: string, mapping: Mapping | undefined): string {
  const inside = mapping && within(normalize(mapping.server), normalize(server));
  return inside === undefined ? server : join((mapping as Mapping).local, inside);
}

function unreadable(file: FileRef, result: { reason: string; message: string }, from?: Span) {
  const reasons: Record<string, string> = {
    missing: 'there is no such file',
    denied: 'permission denied',
    directory: 'it is a directory',
  };
  const reason = reasons[result.reason] ?? result.message;
  return problem('GX001', `cannot read "${file.shown}": ${reason}`, from ?? file.shown);
}
