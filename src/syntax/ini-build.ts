// Puts an INI tree together while a reader goes through the lines.

import { type Source, type Span, span } from '../text/source.ts';
import type { IniBlock, IniLine, IniLineKind, IniOption, IniPiece, IniRefusal, IniTree } from './ini-tree.ts';
import type { IniReader } from './tree.ts';

/** A line as a reader counts lines. */
export interface RawLine {
  readonly start: number;
  /** Without the line end. */
  readonly end: number;
  readonly ending: IniLine['end'];
}

/** @param ends `lf`: only LF ends a line, as for C and for Python 2; `all`: CR and CRLF too */
export function* rawLines(text: string, ends: 'lf' | 'all'): Generator<RawLine> {
  const breaks = ends === 'lf' ? /\r?\n/g : /\r\n|\r|\n/g;
  let start = 0;
  for (let match = breaks.exec(text); match; match = breaks.exec(text)) {
    yield { start, end: match.index, ending: match[0] as IniLine['end'] };
    start = breaks.lastIndex;
  }
  if (start < text.length) yield { start, end: text.length, ending: '' };
}

interface OpenOption {
  readonly key: string;
  readonly keySpan: Span;
  readonly texts: string[];
  readonly spans: Span[];
  readonly flag: boolean;
}

export class IniBuilder {
  readonly #source: Source;
  readonly #blocks: { name: string; header: Span; options: OpenOption[] }[] = [];
  readonly #lines: IniLine[] = [];
  readonly #refusals: IniRefusal[] = [];

  constructor(source: Source) {
    this.#source = source;
  }

  get started(): boolean {
    return this.#blocks.length > 0;
  }

  header(line: RawLine, name: string, header: Span): void {
    this.#blocks.push({ name, header, options: [] });
    this.line(line, 'header');
  }

  /** @param text the first line of the value, and `key` the key, where they are not what stands there */
  option(
    line: RawLine,
    keySpan: Span,
    value: Span,
    text: string = textOf(value),
    flag = false,
    key: string = textOf(keySpan),
  ): void {
    const block = this.#blocks.at(-1);
    block?.options.push({ key, keySpan, texts: [text], spans: [value], flag });
    this.line(line, 'option', true);
  }

  /** A further line of the last option. */
  more(line: RawLine, value: Span, kind: IniLineKind = 'continuation'): void {
    const open = this.#blocks.at(-1)?.options.at(-1);
    open?.texts.push(textOf(value));
    open?.spans.push(value);
    this.line(line, kind, kind === 'continuation');
  }

  line(line: RawLine, kind: IniLineKind, ofOption = false): void {
    const block = this.#blocks.length - 1;
    const option = (this.#blocks[block]?.options.length ?? 0) - 1;
    this.#lines.push({
      kind,
      span: span(this.#source, line.start, line.end),
      end: line.ending,
      ...(block >= 0 ? { block } : {}),
      ...(ofOption && option >= 0 ? { option } : {}),
    });
  }

  refuse(refusal: IniRefusal): void {
    this.#refusals.push(refusal);
  }

  finish(reader: IniReader): IniTree {
    const blocks = this.#blocks.map(({ name, header, options }): IniBlock => {
      return { name, header, options: options.map(finished) };
    });
    return { source: this.#source, reader, blocks, lines: this.#lines, refusals: this.#refusals };
  }
}

function finished({ key, keySpan, texts, spans, flag }: OpenOption): IniOption {
  // Empty lines behind a value are no part of it.
  let count = texts.length;
  while (count > 1 && texts[count - 1] === '') count--;
  const pieces: IniPiece[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    pieces.push({ at, span: spans[index] as Span });
    at += (texts[index] as string).length + 1;
  }
  return { key, keySpan, value: texts.slice(0, count).join('\n'), pieces, ...(flag ? { flag } : {}) };
}

function textOf({ source, start, end }: Span): string {
  return source.text.slice(start, end);
}

/** The stretch without what `isBlank` says at its ends. */
export function trimSpan(
  source: Source,
  from: number,
  to: number,
  isBlank: (character: string) => boolean,
): Span {
  let start = from;
  let end = to;
  while (start < end && isBlank(source.text[start] as string)) start++;
  while (end > start && isBlank(source.text[end - 1] as string)) end--;
  return span(source, start, end);
}
