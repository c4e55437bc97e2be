// Faults that are told better from the stream of lexical tokens than from the parser's complaints about them:
// quotes and brackets that are never closed (the parser notices long after the place), and tabs (which the parser
// allows between tokens and PyYAML does not).

import type { Code } from '../diagnostics/codes.ts';
import { type Details, type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { type Source, span } from '../text/source.ts';

/** The lexer's marks between the tokens: the next document begins, brackets are given up, the next token is text. */
const documentMark = '\x02';
const bracketsLost = '\x18';
export const scalarMark = '\x1f';

/** How many characters of the source a lexical token covers. */
export function tokenLength(token: string): number {
  return token === documentMark || token === bracketsLost || token === scalarMark ? 0 : token.length;
}

export class Scan {
  readonly faults: Diagnostic[] = [];
  readonly #source: Source;
  #open: number[] = [];
  /** Where outermost brackets open and close, in turn. */
  readonly #bounds: number[] = [];
  #lost = false;
  /** The kind of quote that was opened and not closed, and whose other end may follow. */
  #openQuote = '';
  #lineStart = true;
  #textNext = false;
  #blockNext = false;

  constructor(source: Source) {
    this.#source = source;
  }

  /** Looks at one token, in order, that begins at `offset`. */
  see(token: string, offset: number): void {
    if (this.#textNext) {
      this.#textNext = false;
      if (!this.#blockNext) this.#seeTab(token, offset);
      this.#blockNext = false;
      this.#lineStart = false;
      return;
    }
    const lineStart = this.#lineStart;
    switch (token[0]) {
      case scalarMark:
        this.#textNext = true;
        return;
      case bracketsLost:
        this.#loseBrackets(offset);
        return;
      case documentMark:
        return;
      case '\n':
      case '\r':
        this.#lineStart = true;
        return;
      case ' ':
      case '\t':
        this.#seeTab(token, offset, lineStart);
        return;
      case '[':
      case '{':
        if (this.#open.length === 0) this.#bounds.push(offset);
        this.#open.push(offset);
        this.#lost = false;
        break;
      case ']':
      case '}':
        this.#close(token, offset);
        break;
      case '"':
      case "'":
        this.#seeQuote(token, offset);
        break;
      case '!':
        this.#seeTag(token, offset);
        break;
      case '|':
      case '>':
        this.#blockNext = true;
        break;
    }
    this.#lineStart = false;
  }

  /** To be called after the last token. */
  end(): void {
    if (this.#openQuote !== '') return;
    const last = this.#open.at(-1);
    if (last !== undefined) this.#reportBracket(last);
  }

  /** True for a place inside brackets. */
  inBrackets(offset: number): boolean {
    let low = 0;
    let high = this.#bounds.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#bounds[middle] ?? 0) < offset) low = middle + 1;
      else high = middle;
    }
    return low % 2 === 1;
  }

  #fault(code: Code, message: string, start: number, end: number, details: Details): void {
    this.faults.push(problem(code, message, span(this.#source, start, end), details));
  }

  #seeTab(token: string, offset: number, lineStart = false): void {
    const index = token.indexOf('\t');
    if (index < 0 || this.#openQuote !== '') return;
    const { text } = this.#source;
    const start = offset + index;
    let end = start;
    while (text[end] === '\t' || text[end] === ' ') end++;
    const trailing = end >= text.length || text[end] === '\n' || text[end] === '\r';
    const place = span(this.#source, start, end);
    const why = "PyYAML, which reads Galaxy's files, refuses a tab outside quotes and comments";
    if (lineStart && !trailing) {
      this.#fault('GX103', 'a tab in the indentation', start, end, { why, help: 'indent with spaces' });
      return;
    }
    this.#fault('GX103', trailing ? 'a tab at the end of the line' : 'a tab between words', start, end, {
      why,
      help: trailing ? 'delete it' : 'put a space instead',
      fix: {
        title: trailing ? 'delete the tab' : 'replace the tab by a space',
        edits: [{ span: place, text: trailing ? '' : ' ' }],
        safe: true,
      },
    });
  }

  #seeQuote(token: string, offset: number): void {
    const quote = token.charAt(0);
    const closing = this.#openQuote === quote;
    if (closing) this.#openQuote = '';
    if (closing || isClosed(token)) return;
    this.#openQuote = quote;
    const lineEnd = token.search(/[\r\n]/);
    const end = offset + (lineEnd < 0 ? token.length : lineEnd);
    this.#fault('GX101', `the quote ${quote} that is opened here is not closed`, offset, end, {
      mark: 'opened here',
      help: `close it with ${quote}, and indent every line it goes on to deeper than its key`,
    });
  }

  // PyYAML takes brackets and commas for a part of the tag.
  #seeTag(token: string, offset: number): void {
    const end = offset + token.length;
    const next = this.#source.text.charAt(end);
    if (next !== '' && !/\s/.test(next))
      this.#fault('GX114', 'a space is missing after the tag', end, end + 1, {
        help: 'put a space before it; if the text is meant, put the value in quotes',
      });
  }

  #close(token: string, offset: number): void {
    const opener = this.#open.pop();
    const opened = this.#source.text.charAt(opener ?? offset);
    // In `[a, {b]` one bracket is forgotten, not two confused.
    const outer = this.#open.at(-1);
    if (
      closers[opened] !== token &&
      outer !== undefined &&
      closers[this.#source.text.charAt(outer)] === token
    )
      this.#open.pop();
    if (opener !== undefined && this.#open.length === 0) this.#bounds.push(offset);
    if (opener === undefined) {
      if (!this.#lost)
        this.#fault('GX104', `"${token}" closes nothing`, offset, offset + 1, {
          help: 'remove it, or put the text in quotes',
        });
      this.#lost = true;
      return;
    }
    if (closers[opened] === token) return;
    this.#fault('GX104', `"${opened}" is closed by "${token}"`, offset, offset + 1, {
      labels: [{ span: span(this.#source, opener, opener + 1), text: 'opened here' }],
      help: `close it with "${closers[opened]}"`,
    });
  }

  // The lexer gives brackets up at a line that is not indented deeper than the key before them.
  #loseBrackets(offset: number): void {
    const opener = this.#open.at(-1);
    if (opener !== undefined) this.#bounds.push(offset);
    this.#open = [];
    this.#lost = true;
    if (opener === undefined || this.#openQuote !== '') return;
    const { text } = this.#source;
    const closer = closers[text.charAt(opener)];
    if (closer !== undefined && text.startsWith(closer, offset)) {
      this.#fault('GX104', `the closing "${closer}" is not indented far enough`, offset, offset + 1, {
        labels: [{ span: span(this.#source, opener, opener + 1), text: 'opened here' }],
        help: `indent the "${closer}" at least as far as the key of the line that opens it`,
      });
    } else this.#reportBracket(opener, offset);
  }

  #reportBracket(opener: number, noticed?: number): void {
    const opened = this.#source.text.charAt(opener);
    const closer = closers[opened];
    this.#fault('GX104', `"${opened}" is not closed`, opener, opener + 1, {
      mark: 'opened here',
      ...(noticed === undefined || this.#source.text.slice(noticed).trimStart() === ''
        ? {}
        : { labels: [{ span: span(this.#source, noticed, noticed + 1), text: 'still open here' }] }),
      help: `close it with "${closer}"; inside, every line is indented deeper than the key before "${opened}"`,
    });
  }
}

const closers: Readonly<Record<string, string>> = { '[': ']', '{': '}' };

// The lexer cuts a quoted text off at a line that stands too far left; the cut may end in an escaped quote.
function isClosed(token: string): boolean {
  const quote = token.charAt(0);
  if (token.length < 2 || !token.endsWith(quote)) return false;
  if (quote === '"') {
    let backslashes = 0;
    while (token.charAt(token.length - 2 - backslashes) === '\\') backslashes++;
    return backslashes % 2 === 0;
  }
  let quotes = 0;
  for (let at = token.indexOf("'"); at >= 0; at = token.indexOf("'", at + 1)) quotes++;
  return quotes % 2 === 0;
}
