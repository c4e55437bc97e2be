// The INI tree of the legacy readers: every line of the file, and what the reader made of it.

import type { Source, Span } from '../text/source.ts';
import type { IniReader } from './tree.ts';

/** One line of a value: where it begins in the joined text, and where it stands. */
export interface IniPiece {
  readonly at: number;
  readonly span: Span;
}

export interface IniOption {
  /** As written, its case kept. */
  readonly key: string;
  readonly keySpan: Span;
  /** As the reader has it before anything is expanded; the lines of a longer value are joined by LF. */
  readonly value: string;
  /** In order, at least one. */
  readonly pieces: readonly IniPiece[];
  /** uWSGI: a key alone, which is a flag that is set. */
  readonly flag?: boolean;
}

/** One header and what follows it. The same name may stand several times. */
export interface IniBlock {
  readonly name: string;
  readonly header: Span;
  /** In order, repeated keys included. */
  readonly options: readonly IniOption[];
}

/** `ignored`: passed over by the reader without a word, though it is no comment; `refused`: the reader stops there. */
export type IniLineKind = 'blank' | 'comment' | 'header' | 'option' | 'continuation' | 'ignored' | 'refused';

/** A line as the reader counts lines. */
export interface IniLine {
  readonly kind: IniLineKind;
  /** Without the line end. */
  readonly span: Span;
  readonly end: '\n' | '\r\n' | '\r' | '';
  /** Number of the block it stands in; absent before the first header. */
  readonly block?: number;
  /** Number of the option in that block, for `option` and `continuation`. */
  readonly option?: number;
}

export type IniRefusalKind = 'no-section' | 'no-delimiter' | 'duplicate' | 'duplicate-section' | 'mark';

/** Why the reader refuses the whole file. */
export interface IniRefusal {
  readonly kind: IniRefusalKind;
  readonly span: Span;
  /** For a duplicate: the first one. */
  readonly other?: Span;
}

export interface IniTree {
  readonly source: Source;
  readonly reader: IniReader;
  readonly blocks: readonly IniBlock[];
  readonly lines: readonly IniLine[];
  /** Empty when the reader accepts the file. What could be read is in the blocks all the same. */
  readonly refusals: readonly IniRefusal[];
}

/** The options of all sections of a name as the reader has them: of a repeated key the last value, at its first place. */
export function sectionOptions({ blocks }: Pick<IniTree, 'blocks'>, name: string): IniOption[] {
  const merged = new Map<string, IniOption>();
  for (const block of blocks)
    if (block.name === name) for (const one of block.options) merged.set(one.key, one);
  return [...merged.values()];
}

/** The place of a whole option: from its key to the end of its value. */
export function optionSpan({ keySpan, pieces }: IniOption): Span {
  const last = pieces.at(-1)?.span ?? keySpan;
  return { source: keySpan.source, start: keySpan.start, end: Math.max(keySpan.end, last.end) };
}

/** The place of a value, from its first character to its last. */
export function valueSpan({ pieces, keySpan }: IniOption): Span {
  const first = pieces[0]?.span ?? keySpan;
  return { source: first.source, start: first.start, end: Math.max(first.end, pieces.at(-1)?.span.end ?? 0) };
}
