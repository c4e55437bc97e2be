// XML text to a positioned tree. Our own strict scan decides what is well-formed; fast-xml-parser gives the nesting,
// the offsets and the text of elements. Names and attributes are read from the source itself: the library renames
// or refuses some ("toString", "__proto__"), and knows no places of attributes.

import { XMLParser } from 'fast-xml-parser';
import type { Report } from '../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../text/source.ts';
import { decodeAttribute, decodeReferences, isSpace, nameEnd, skipSpace } from './xml-chars.ts';
import { type Scan, scanXml } from './xml-scan.ts';
import type { XmlAttribute, XmlComment, XmlElement } from './xml-tree.ts';

/** What the parser calls every element, whatever its name. */
const ELEMENT = 'e';

interface ParsedNode {
  readonly [key: string]: unknown;
}

const META = XMLParser.getMetaDataSymbol();

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: false,
  cdataPropName: '#cdata',
  captureMetaData: true,
  processEntities: false,
  jPath: false,
  // A self-closing tag without attributes arrives with its slash, which must stay.
  transformTagName: (name) => (name.endsWith('/') ? `${ELEMENT}/` : ELEMENT),
});

/**
 * The root element, or undefined when the text cannot be understood as XML; what is wrong was then reported.
 * After lesser mistakes (an unescaped "&") the tree is still given, so that later checks find what else is wrong.
 */
export function parseXml(source: Source, report: Report): XmlElement | undefined {
  const scan = scanXml(source, report);
  if (!scan) return undefined;
  const nodes = parser.parse(blankInstructions(source.text, scan)) as ParsedNode[];
  const root = nodes.find((one) => ELEMENT in one);
  return root === undefined ? undefined : new ParsedElement({ source, scan, names: new Map() }, root);
}

/** No XML document can hold this character: it stands where a processing instruction was. */
const INSTRUCTION = '\ufffe';

// The parser looks for quotes inside processing instructions, so that an apostrophe in one would swallow elements.
function blankInstructions(text: string, scan: Scan): string {
  const pieces: string[] = [];
  let from = 0;
  for (const [start, end] of scan.instructions) {
    pieces.push(text.slice(from, start), INSTRUCTION.padEnd(end - start));
    from = end;
  }
  return from === 0 ? text : pieces.join('') + text.slice(from);
}

/** What all elements of one document share. */
interface Document {
  readonly source: Source;
  readonly scan: Scan;
  /** One string for each name, however often it occurs: what survives is what a garbage collector has to copy. */
  readonly names: Map<string, string>;
}

const NONE: readonly never[] = [];

/** Parts are made when they are first asked for: a tool list of 100,000 entries is mostly read once, and without places. */
class ParsedElement implements XmlElement {
  readonly name: string;
  readonly expandedAt: readonly Span[] = NONE;
  private readonly document: Document;
  private readonly node: ParsedNode;
  private readonly start: number;
  private readonly end: number;
  private openEnd = -1;
  private madeAttributes: readonly XmlAttribute[] | undefined;
  private madeChildren: readonly ParsedElement[] | undefined;

  constructor(document: Document, node: ParsedNode) {
    const { startIndex, endIndex } = node[META as unknown as string] as {
      startIndex: number;
      endIndex: number;
    };
    this.document = document;
    this.node = node;
    this.start = startIndex;
    this.end = endIndex;
    const { text } = document.source;
    this.name = shared(document, text.slice(startIndex + 1, nameEnd(text, startIndex + 1)));
  }

  get span(): Span {
    return span(this.document.source, this.start, this.end);
  }

  get nameSpan(): Span {
    return span(this.document.source, this.start + 1, this.start + 1 + this.name.length);
  }

  get openSpan(): Span {
    return span(this.document.source, this.start, this.attributesEnd());
  }

  get attributes(): readonly XmlAttribute[] {
    if (!this.madeAttributes) this.readTag();
    return this.madeAttributes ?? [];
  }

  get children(): readonly XmlElement[] {
    return this.made();
  }

  private made(): readonly ParsedElement[] {
    this.madeChildren ??= this.makeChildren();
    return this.madeChildren;
  }

  private makeChildren(): readonly ParsedElement[] {
    const nodes = this.nodes();
    if (nodes.length === 0) return NONE;
    const made: ParsedElement[] = [];
    for (const one of nodes) if (ELEMENT in one) made.push(new ParsedElement(this.document, one));
    return made;
  }

  get text(): string {
    let text = '';
    for (const one of this.nodes()) {
      if (ELEMENT in one) break;
      if ('#cdata' in one) text += cdataText(one['#cdata']);
      else if ('#text' in one) {
        const raw = String(one['#text']);
        const end = raw.indexOf(INSTRUCTION);
        text += decodeReferences(end < 0 ? raw : raw.slice(0, end));
        if (end >= 0) break;
      }
    }
    return text;
  }

  get textSpan(): Span {
    const { text } = this.document.source;
    const from = this.attributesEnd();
    if (from >= this.end) return span(this.document.source, from);
    const next = this.children[0];
    let to = next ? next.span.start : text.lastIndexOf('<', this.end - 1);
    while (to > from && isSpace(text.charCodeAt(to - 1))) to--;
    const start = Math.min(skipSpace(text, from), to);
    return start === to ? span(this.document.source, from) : span(this.document.source, start, to);
  }

  get comments(): readonly XmlComment[] {
    const { source, scan } = this.document;
    const inner = scan.comments.slice(
      firstFrom(scan.comments, ([start]) => start, this.start),
      firstFrom(scan.comments, ([start]) => start, this.end),
    );
    const children = this.made();
    return inner
      .filter(([at]) => at >= (children[firstFrom(children, (one) => one.start, at) - 1]?.end ?? 0))
      .map((range) => makeComment(source, range));
  }

  /** All comments of the document, those before and behind the root included. */
  allComments(): readonly XmlComment[] {
    const { source, scan } = this.document;
    return scan.comments.map((range) => makeComment(source, range));
  }

  private nodes(): readonly ParsedNode[] {
    return this.node[ELEMENT] as readonly ParsedNode[];
  }

  private attributesEnd(): number {
    if (this.openEnd < 0) this.readTag();
    return this.openEnd;
  }

  /** The scan has already proved the tag right, so this only walks it. */
  private readTag(): void {
    const { source } = this.document;
    const { text } = source;
    const attributes: XmlAttribute[] = [];
    let at = skipSpace(text, this.start + 1 + this.name.length);
    for (let code = text.charCodeAt(at); code !== 62 && code !== 47; code = text.charCodeAt(at)) {
      const nameStop = nameEnd(text, at);
      const quoteAt = skipSpace(text, skipSpace(text, nameStop) + 1);
      const close = text.indexOf(text.charAt(quoteAt), quoteAt + 1);
      const name = shared(this.document, text.slice(at, nameStop));
      attributes.push(new ParsedAttribute(source, name, at, quoteAt + 1, close));
      at = skipSpace(text, close + 1);
    }
    this.openEnd = text.charCodeAt(at) === 47 ? at + 2 : at + 1;
    // A list that grew item by item has room for sixteen.
    this.madeAttributes = this.document.scan.flawed ? unique(attributes) : attributes.slice();
  }
}

class ParsedAttribute implements XmlAttribute {
  readonly name: string;
  readonly value: string;
  private readonly source: Source;
  private readonly nameStart: number;
  private readonly valueStart: number;
  private readonly valueEnd: number;

  constructor(source: Source, name: string, nameStart: number, valueStart: number, valueEnd: number) {
    this.source = source;
    this.nameStart = nameStart;
    this.valueStart = valueStart;
    this.valueEnd = valueEnd;
    this.name = name;
    this.value = decodeAttribute(source.text.slice(valueStart, valueEnd));
  }

  get nameSpan(): Span {
    return span(this.source, this.nameStart, this.nameStart + this.name.length);
  }

  get valueSpan(): Span {
    return span(this.source, this.valueStart, this.valueEnd);
  }

  get origin(): XmlAttribute['origin'] {
    return { kind: 'source', span: this.valueSpan };
  }
}

/** All comments of the document that `root` is the root of, in order; empty for a tree that macros made. */
export function documentComments(root: XmlElement): readonly XmlComment[] {
  return root instanceof ParsedElement ? root.allComments() : [];
}

function shared({ names }: Document, name: string): string {
  const known = names.get(name);
  if (known !== undefined) return known;
  names.set(name, name);
  return name;
}

function cdataText(nodes: unknown): string {
  const first = (nodes as readonly ParsedNode[])[0];
  return String(first?.['#text'] ?? '');
}

// Only a document with the mistake that GX143 reports has two of a name; the first is what its reader sees first.
function unique(attributes: readonly XmlAttribute[]): readonly XmlAttribute[] {
  // A set for each of 100,000 tags is work for the garbage collector; a few names are compared as they are.
  if (
    attributes.length <= 8 &&
    attributes.every((one, index) => firstNamed(attributes, one.name) === index)
  ) {
    return attributes;
  }
  const names = new Set(attributes.map((one) => one.name));
  return attributes.filter((one) => names.delete(one.name));
}

function firstNamed(attributes: readonly XmlAttribute[], name: string): number {
  let index = 0;
  while (attributes[index]?.name !== name) index++;
  return index;
}

function makeComment(source: Source, [start, end]: readonly [number, number]): XmlComment {
  return { text: source.text.slice(start + 4, end - 3), span: span(source, start, end) };
}

/** Index of the first item, in a list sorted by `start`, that starts at or after an offset. */
function firstFrom<T>(sorted: readonly T[], start: (item: T) => number, offset: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (start(sorted[middle] as T) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}
