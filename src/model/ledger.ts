// The ledger: every line of every file that was read, whose it is, and what became of it. Only `migrate` asks for it.

import type { Source, Span } from '../text/source.ts';

export type LedgerKind =
  | 'blank'
  | 'comment'
  | 'header'
  | 'option'
  | 'continuation'
  // Passed over by its reader, though it is no comment.
  | 'ignored'
  // Its reader stops there.
  | 'refused'
  // A line of a file without sections and keys, such as XML.
  | 'text';

export interface LedgerLine {
  /** 1-based. */
  readonly number: number;
  /** Without the line end. */
  readonly span: Span;
  readonly kind: LedgerKind;
  /** The name in brackets; in YAML the key at the top. */
  readonly section?: string;
  /** The option that it sets or continues, or, for a comment, belongs to. */
  readonly key?: string;
  /**
   * The number of the line it belongs to: itself for a header, an option and text, the first line of the option for a
   * continuation, for a comment and a blank line the next option or header below, at the end of the file the last one above.
   */
  readonly owner: number;
  /** A comment that is an option somebody took out: `#port = 8080`. */
  readonly commentedOut?: { readonly key: string; readonly value: string };
}

export type LedgerFormat = 'ini' | 'supervisor' | 'yaml' | 'xml' | 'text';

export interface LedgerFile {
  /** As people see it. */
  readonly path: string;
  readonly format: LedgerFormat;
  readonly source: Source;
  /** Every physical line, in order. */
  readonly lines: readonly LedgerLine[];
}

export interface Ledger {
  readonly files: readonly LedgerFile[];
}

export type FateKind =
  | 'kept'
  | 'renamed'
  | 'converted'
  | 'moved'
  | 'replaced'
  | 'dropped'
  // It had no effect before, and has none now.
  | 'inert'
  | 'undecided';

/** What became of a line. */
export interface Fate {
  readonly kind: FateKind;
  /** Where it went: `gravity.gunicorn.workers`. */
  readonly to?: string;
  readonly reason?: string;
  /** For `undecided`: what there is to choose from. */
  readonly choices?: readonly string[];
}

export type Fates = ReadonlyMap<LedgerLine, Fate>;

/** The comments that belong to a line, in order. */
export function commentsOf(file: LedgerFile, number: number): LedgerLine[] {
  return file.lines.filter((one) => one.kind === 'comment' && one.owner === number);
}
