// The YAML that nearly every configuration keeps to, read without the `yaml` package: block mappings and lists,
// values on one line, comments. Starting the package's lexer, parser and composer takes longer than all the rest of a
// compilation. Whatever is not plainly of that kind, faults included, is left to the package; a property test holds
// the two readings to the same tree.

import type { RawMap, RawNode, RawScalar, RawSeq } from './yaml-raw.ts';

/**
 * The tree of a text that has passed `forbiddenCharacters`, exactly as `composeYaml` would give it; undefined when the
 * text needs the whole of YAML.
 */
export function readSimpleYaml(text: string): RawNode | undefined {
  // ASCII only: what other characters are blanks or line ends is the package's to know.
  if (/[^\n -~]/.test(text)) return undefined;
  const reader = new Reader(text);
  const root = reader.next() && reader.indent === 0 ? reader.block(0) : undefined;
  return root && reader.done ? root : undefined;
}

const deepest = 50;
const plainText = { style: 'plain', tag: undefined, anchor: undefined } as const;
const quotedText = { style: 'quoted', tag: undefined, anchor: undefined } as const;
const untagged = { tag: undefined, anchor: undefined } as const;

// What may begin a plain value here: no indicator, and nothing whose meaning depends on what follows.
const plainStart = /[\w./+~($]|-[\w./-]/y;
const keyText = /[A-Za-z_][\w./-]*(?=:(?: |$))/my;
const flowItem = /^[\w./+-]+$/;

class Reader {
  /** Column in which the line at hand begins, and where its text begins and ends. */
  indent = 0;
  done = false;
  readonly #text: string;
  #at = 0;
  #end = 0;
  #lineEnd = -1;

  constructor(text: string) {
    this.#text = text;
  }

  /** Goes to the next line with more than a comment; false, and `done`, when there is none. */
  next(): boolean {
    const text = this.#text;
    for (let start = this.#lineEnd + 1; start < text.length; start = this.#lineEnd + 1) {
      const end = text.indexOf('\n', start);
      this.#lineEnd = end < 0 ? text.length : end;
      let at = start;
      while (text.charCodeAt(at) === space) at++;
      if (at === this.#lineEnd || text.charCodeAt(at) === hash) continue;
      this.indent = at - start;
      this.#at = at;
      this.#end = trimmed(text, at, this.#lineEnd);
      return true;
    }
    this.done = true;
    this.indent = -1;
    return false;
  }

  /** The mapping or list that begins at hand; afterwards the first line that is not part of it is at hand. */
  block(depth: number): RawNode | undefined {
    if (depth > deepest) return undefined;
    return this.#isItem() ? this.#list(depth) : this.#mapping(depth);
  }

  #mapping(depth: number): RawMap | undefined {
    const { indent } = this;
    const start = this.#at;
    const pairs: [RawNode, RawNode][] = [];
    while (this.indent === indent && !this.#isItem()) {
      const key = this.#key();
      const value = key && this.#value(key, indent, depth);
      if (!value) return undefined;
      pairs.push([key, value]);
    }
    if (this.indent > indent) return undefined;
    return { kind: 'map', start, end: pairs.at(-1)?.[1].end ?? start, pairs, ...untagged };
  }

  #key(): RawScalar | undefined {
    const start = this.#at;
    keyText.lastIndex = start;
    const text = keyText.exec(this.#text)?.[0];
    if (text === undefined) return undefined;
    const end = start + text.length;
    this.#at = skipSpaces(this.#text, end + 1, this.#end);
    return { kind: 'scalar', start, end, text, ...plainText };
  }

  #value(key: RawScalar, indent: number, depth: number): RawNode | undefined {
    if (!this.#atRest()) return this.#inline(indent);
    const nothing = skipSpaces(this.#text, key.end + 1, this.#lineEnd);
    this.next();
    if (this.indent > indent) return this.block(depth + 1);
    if (this.indent === indent && this.#isItem()) return this.#list(depth + 1);
    return { kind: 'scalar', start: nothing, end: nothing, text: '', ...plainText };
  }

  #list(depth: number): RawSeq | undefined {
    const { indent } = this;
    const start = this.#at;
    const items: RawNode[] = [];
    while (this.indent === indent && this.#isItem()) {
      const item = this.#item(indent, depth);
      if (!item) return undefined;
      items.push(item);
    }
    if (this.indent > indent) return undefined;
    return { kind: 'seq', start, end: items.at(-1)?.end ?? start, items, ...untagged };
  }

  #item(indent: number, depth: number): RawNode | undefined {
    const dash = this.#at;
    this.#at = skipSpaces(this.#text, dash + 1, this.#end);
    if (this.#atRest()) return this.next() && this.indent > indent ? this.block(depth + 1) : undefined;
    keyText.lastIndex = this.#at;
    if (!keyText.test(this.#text)) return this.#inline(indent);
    // A mapping whose first key stands behind the dash: its other keys stand in the same column.
    this.indent = indent + this.#at - dash;
    return depth > deepest ? undefined : this.#mapping(depth + 1);
  }

  /** A value on the line at hand, which a deeper line would continue. */
  #inline(indent: number): RawNode | undefined {
    const node = this.#scalar();
    if (!node) return undefined;
    this.next();
    return this.indent > indent ? undefined : node;
  }

  #scalar(): RawNode | undefined {
    const text = this.#text;
    const start = this.#at;
    const first = text.charAt(start);
    if (first === '"' || first === "'") return this.#quoted(first);
    if (first === '[') return this.#flow();
    plainStart.lastIndex = start;
    if (!plainStart.test(text)) return undefined;
    // Looked for in the line alone: a search through the rest of the text for each line takes for ever.
    const line = text.slice(start, this.#end);
    const comment = line.indexOf(' #');
    const end = comment >= 0 ? trimmed(text, start, start + comment) : this.#end;
    const value = text.slice(start, end);
    if (value.includes(': ') || value.endsWith(':')) return undefined;
    return { kind: 'scalar', start, end, text: value, ...plainText };
  }

  #quoted(quote: string): RawScalar | undefined {
    const start = this.#at;
    const length = this.#text.slice(start + 1, this.#end).indexOf(quote);
    if (length < 0) return undefined;
    const close = start + 1 + length;
    const value = this.#text.slice(start + 1, close);
    this.#at = close + 1;
    if ((quote === '"' && value.includes('\\')) || !this.#atRest()) return undefined;
    return { kind: 'scalar', start, end: close + 1, text: value, ...quotedText };
  }

  #flow(): RawSeq | undefined {
    const text = this.#text;
    const start = this.#at;
    const length = text.slice(start, this.#end).indexOf(']');
    if (length < 0) return undefined;
    const close = start + length;
    const items: RawScalar[] = [];
    let from = start + 1;
    while (from <= close) {
      let until = from;
      while (until < close && text.charCodeAt(until) !== commaCode) until++;
      const at = skipSpaces(text, from, until);
      const end = trimmed(text, at, until);
      const value = text.slice(at, end);
      // Empty brackets are a list as well; a comma with nothing beside it is for the package to judge.
      if (value === '' && items.length === 0 && until === close) break;
      if (!flowItem.test(value) || value === '-') return undefined;
      items.push({ kind: 'scalar', start: at, end, text: value, ...plainText });
      from = until + 1;
    }
    this.#at = close + 1;
    return this.#atRest() ? { kind: 'seq', start, end: close + 1, items, ...untagged } : undefined;
  }

  #isItem(): boolean {
    if (this.#text.charCodeAt(this.#at) !== dashCode) return false;
    const next = this.#at + 1;
    return next >= this.#end || this.#text.charCodeAt(next) === space;
  }

  /** True when nothing but a comment follows on the line. */
  #atRest(): boolean {
    const at = skipSpaces(this.#text, this.#at, this.#end);
    if (at >= this.#end) return true;
    return this.#text.charCodeAt(at) === hash && this.#text.charCodeAt(at - 1) === space;
  }
}

const space = 0x20;
const hash = 0x23;
const dashCode = 0x2d;
const commaCode = 0x2c;

function skipSpaces(text: string, from: number, end: number): number {
  let at = from;
  while (at < end && text.charCodeAt(at) === space) at++;
  return at;
}

/** The end of the text between two places without the blanks behind it. */
function trimmed(text: string, from: number, end: number): number {
  let at = end;
  while (at > from && text.charCodeAt(at - 1) === space) at--;
  return at;
}
