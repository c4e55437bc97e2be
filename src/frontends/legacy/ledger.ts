// Every line of a file that was read, with its owner: for `migrate`, which has to account for each of them.

import type { LedgerFile, LedgerKind, LedgerLine } from '../../model/ledger.ts';
import { readPythonIni } from '../../syntax/ini-python.ts';
import type { IniTree } from '../../syntax/ini-tree.ts';
import { readUwsgiIni } from '../../syntax/ini-uwsgi.ts';
import type { IniReader } from '../../syntax/tree.ts';
import { type Source, type Span, span } from '../../text/source.ts';

/** @param reader of the sections of Python; `[uwsgi]` is always uWSGI's */
export function ledgerOf(
  source: Source,
  format: LedgerFile['format'],
  reader: IniReader = 'python2',
): LedgerFile {
  const physical = physicalLines(source);
  const described =
    format === 'ini'
      ? iniLines(source, reader)
      : format === 'supervisor'
        ? treeLines(readPythonIni(source, 'python3'))
        : format === 'yaml'
          ? yamlLines(physical)
          : textLines(physical, format);
  const lines: LedgerLine[] = [];
  let next = 0;
  let last: Described | undefined;
  for (const [index, place] of physical.entries()) {
    // A reader that knows LF alone has one line where there are several.
    while (next < described.length && (described[next] as Described).start <= place.start)
      last = described[next++];
    const first = last !== undefined && last.start === place.start;
    const kind = last?.kind ?? 'blank';
    lines.push({
      number: index + 1,
      span: place,
      kind: first || kind !== 'option' ? kind : 'continuation',
      ...(last?.section === undefined ? {} : { section: last.section }),
      ...(last?.key === undefined ? {} : { key: last.key }),
      owner: 0,
      ...commentedOut(kind, place),
    });
  }
  return { path: source.path, format, source, lines: withOwners(lines) };
}

interface Described {
  readonly start: number;
  readonly kind: LedgerKind;
  readonly section?: string;
  readonly key?: string;
}

function physicalLines(source: Source): Span[] {
  const lines: Span[] = [];
  const breaks = /\r\n|\r|\n/g;
  let start = 0;
  for (let match = breaks.exec(source.text); match; match = breaks.exec(source.text)) {
    lines.push(span(source, start, match.index));
    start = breaks.lastIndex;
  }
  if (start < source.text.length) lines.push(span(source, start, source.text.length));
  return lines;
}

function treeLines(tree: IniTree): Described[] {
  return tree.lines.map(({ kind, span: place, block, option }): Described => {
    const one = block === undefined ? undefined : tree.blocks[block];
    const key = option === undefined ? undefined : one?.options[option]?.key;
    return {
      start: place.start,
      kind,
      ...(one ? { section: one.name } : {}),
      ...(key === undefined ? {} : { key }),
    };
  });
}

// Python's reading, and uWSGI's for what lies in its own sections.
function iniLines(source: Source, reader: IniReader): Described[] {
  const python = treeLines(readPythonIni(source, reader === 'python3' ? 'python3' : 'python2'));
  if (!source.text.includes('uwsgi')) return python;
  const uwsgi = new Map(treeLines(readUwsgiIni(source, () => '')).map((one) => [one.start, one]));
  return python.map((one) => {
    const other = uwsgi.get(one.start);
    return other?.section === 'uwsgi' ? other : one;
  });
}

function yamlLines(lines: readonly Span[]): Described[] {
  let section: string | undefined;
  return lines.map(({ source, start, end }): Described => {
    const text = source.text.slice(start, end);
    const own = section === undefined ? {} : { section };
    if (text.trim() === '') return { start, kind: 'blank', ...own };
    if (text.trimStart().startsWith('#')) return { start, kind: 'comment', ...own };
    const top = /^(["']?)([A-Za-z_][\w-]*)\1[ \t]*:/.exec(text);
    if (top) {
      section = top[2] as string;
      return { start, kind: 'header', section };
    }
    const key = /^[ \t]+(?:-[ \t]+)?(["']?)([\w.-]+)\1[ \t]*:(?:[ \t]|$)/.exec(text)?.[2];
    return {
      start,
      kind: key === undefined ? 'continuation' : 'option',
      ...own,
      ...(key === undefined ? {} : { key }),
    };
  });
}

function textLines(lines: readonly Span[], format: LedgerFile['format']): Described[] {
  let open = false;
  return lines.map(({ source, start, end }): Described => {
    const text = source.text.slice(start, end).trim();
    if (text === '' && !open) return { start, kind: 'blank' };
    if (format !== 'xml') return { start, kind: text.startsWith('#') ? 'comment' : 'text' };
    const begins = text.startsWith('<!--');
    const inside = open;
    const opened = text.lastIndexOf('<!--');
    const closed = text.lastIndexOf('-->');
    if (opened >= 0 || closed >= 0) open = opened > closed;
    const whole = inside
      ? closed < 0 || closed + 3 === text.length
      : begins && (closed < 0 || text.indexOf('-->') + 3 === text.length);
    return { start, kind: whole ? 'comment' : 'text' };
  });
}

function withOwners(lines: readonly LedgerLine[]): LedgerLine[] {
  const owners: number[] = new Array(lines.length).fill(0);
  const stands = ({ kind }: LedgerLine) => kind !== 'comment' && kind !== 'blank' && kind !== 'continuation';
  let above = 0;
  for (const [index, line] of lines.entries()) {
    if (stands(line)) above = line.number;
    if (line.kind === 'continuation') owners[index] = above || line.number;
  }
  let below = 0;
  for (let index = lines.length - 1; index >= 0; index--) {
    const line = lines[index] as LedgerLine;
    if (stands(line)) {
      below = line.number;
      owners[index] = line.number;
    } else if (line.kind !== 'continuation') {
      owners[index] = below || above || line.number;
    }
  }
  return lines.map((one, index) => ({ ...one, owner: owners[index] as number }));
}

function commentedOut(kind: LedgerKind, { source, start, end }: Span): Pick<LedgerLine, 'commentedOut'> {
  if (kind !== 'comment') return {};
  const match = /^\s*[#;]+\s?([A-Za-z_][\w.-]*)\s*[=:](?:\s*(.*?))?\s*$/.exec(source.text.slice(start, end));
  return match ? { commentedOut: { key: match[1] as string, value: match[2] ?? '' } } : {};
}
