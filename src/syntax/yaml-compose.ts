// Text to YAML as written (yaml-raw.ts), and the faults of its syntax, by the lexer, the parser and the composer of the
// `yaml` package, with every scalar left as text.

import type { CST } from 'yaml';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../text/source.ts';
import { explainErrors, type ParserError } from './yaml-errors.ts';
import { deepestNesting, mostErrors } from './yaml-limits.ts';
import { yamlPackage } from './yaml-package.ts';
import type { RawNode, RawScalar } from './yaml-raw.ts';
import { Scan, scalarMark, tokenLength } from './yaml-scan.ts';
import {
  halfCharacter,
  isDirective,
  isFlowIndicator,
  isKeyless,
  withoutAddedLineEnd,
} from './yaml-strict.ts';
import { normaliseLineEnds } from './yaml-text.ts';

export interface Composed {
  /** In order; when there is one, `root` is not to be trusted. */
  readonly faults: readonly Diagnostic[];
  /** Absent for an empty document. */
  readonly root: RawNode | undefined;
}

/** The one document of a text that has passed `forbiddenCharacters`. */
export function composeYaml(source: Source): Composed {
  const text = normaliseLineEnds(source.text);
  const { Lexer, Parser } = yamlPackage();
  const scan = new Scan(source);
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  let tooDeep = false;
  for (const token of new Lexer().lex(text)) {
    scan.see(token, offset);
    offset += tokenLength(token);
    for (const finished of parser.next(token)) tokens.push(finished);
    if (parser.stack.length > deepestNesting + 2) tooDeep = true;
    if (tooDeep || scan.faults.length > mostErrors) break;
  }
  if (scan.faults.length > mostErrors) return { faults: scan.faults, root: undefined };
  if (!tooDeep) scan.end();
  for (const finished of parser.end()) tokens.push(finished);
  const composed = new Composition(text, tooDeep ? offset : text.length + 1).run(source, tokens, scan);
  if (!tooDeep || composed.faults.length > 0) return composed;
  // Many lines with one mistake can look like nesting; only where there is none is it the nesting itself.
  const place = span(source, offset - 1, offset);
  return {
    faults: [problem('GX110', `more than ${deepestNesting} levels of nesting`, place)],
    root: undefined,
  };
}

/** The comments of a text without faults, each from its "#" to the end of its line. */
export function yamlComments(source: Source): Span[] {
  const comments: Span[] = [];
  let offset = 0;
  let textNext = false;
  const { Lexer } = yamlPackage();
  for (const token of new Lexer().lex(normaliseLineEnds(source.text))) {
    const length = tokenLength(token);
    if (token.startsWith('#') && !textNext) comments.push(span(source, offset, offset + length));
    textNext = token === scalarMark;
    offset += length;
  }
  return comments;
}

type Place = number | readonly number[] | { readonly offset: number; readonly source?: string };

const enough = new Error('enough errors');

class Composition {
  readonly #yaml = yamlPackage();
  readonly #text: string;
  readonly #end: number;
  readonly #errors: ParserError[] = [];
  #root: RawNode | undefined;

  /** @param end where reading stopped; what is missing from there on is no fault of the file */
  constructor(text: string, end: number) {
    this.#text = text;
    this.#end = end;
  }

  run(source: Source, tokens: readonly CST.Token[], scan: Scan): Composed {
    try {
      this.#compose(tokens);
    } catch (error) {
      if (error !== enough) throw error;
    }
    return { faults: explainErrors(source, scan, this.#errors), root: this.#root };
  }

  #error(place: Place, code: string): void {
    const [start, end] = rangeOf(place);
    if (start < this.#end) this.#errors.push({ code, start, end });
    // Nobody reads the rest, and a hostile file has millions.
    if (this.#errors.length > 10 * mostErrors) throw enough;
  }

  #compose(tokens: readonly CST.Token[]): void {
    const composer = new this.#yaml.Composer({
      schema: 'failsafe',
      version: '1.1',
      uniqueKeys: false,
      resolveKnownTags: false,
      logLevel: 'silent',
    });
    // A private field of the package; without this it makes an Error with a stack for every complaint.
    Object.assign(composer, {
      onError: (place: Place, code: string, _message: string, warning?: boolean) => {
        if (!warning) this.#error(place, code);
      },
    });
    let documents = 0;
    const directives: string[] = [];
    let nothingYet = true;
    for (const token of tokens) {
      if (token.type === 'document') {
        if (++documents > 1) {
          this.#error([token.offset, token.offset + 3], 'MULTIPLE_DOCS');
          return;
        }
        nothingYet = token.value === undefined && token.start.length === 0;
        if (directives.length > 0 && !token.start.some((one) => one.type === 'doc-start'))
          this.#error([token.offset, token.offset + 1], 'NO_DOCUMENT_START');
        this.#checkLost(token.value);
      } else if (token.type === 'directive') {
        if (!isDirective(token.source, directives))
          this.#error([token.offset, token.offset + token.source.length], 'BAD_DIRECTIVE');
        directives.push(token.source);
      } else if (token.type === 'error') this.#error(token, 'STRAY_TOKEN');
      // The package takes "..." for the end of an empty document; PyYAML wants a document first.
      else if (token.type === 'doc-end' && nothingYet) this.#error(token, 'NO_DOCUMENT');
      if (token.type === 'error' || (token.type === 'doc-end' && nothingYet)) continue;
      for (const document of composer.next(token)) this.#take(document.contents);
    }
    for (const document of composer.end()) this.#take(document.contents);
    if (documents === 0 && directives.length > 0) this.#error(0, 'BAD_DIRECTIVE');
  }

  // The package drops the value of an explicit key that has no ":", as in "? key" followed by "- item".
  #checkLost(token: CST.Token | null | undefined): void {
    if (token?.type !== 'block-map' && token?.type !== 'block-seq' && token?.type !== 'flow-collection')
      return;
    for (const item of token.items) {
      const { sep, value } = item;
      if (token.type === 'block-map' && value && !sep?.some((one) => one.type === 'map-value-ind'))
        this.#error(value.offset, 'BAD_INDENT');
      this.#checkLost(item.key);
      this.#checkLost(value);
    }
  }

  #take(contents: unknown): void {
    if (contents === null) return;
    const root = this.#convert(contents, false);
    if (root.kind === 'scalar' && root.start === root.end && root.tag === undefined) return;
    // The package lets the text of a whole document stand in the first column; PyYAML takes it for a new token.
    if (
      root.kind === 'scalar' &&
      root.style === 'block' &&
      /\n[^\s]/.test(this.#text.slice(root.start, root.end))
    )
      this.#error([root.start, root.end], 'BAD_INDENT');
    this.#root ??= root;
  }

  // Recursive, which the limit on nesting makes safe.
  #convert(node: unknown, flow: boolean): RawNode {
    const { isScalar, isAlias, isMap, isSeq } = this.#yaml;
    if (isScalar(node)) {
      const [start, end] = node.range ?? [0, 0];
      const style = node.type === 'PLAIN' ? 'plain' : node.type?.startsWith('QUOTE') ? 'quoted' : 'block';
      const { tag, anchor } = node;
      const text = String(node.value ?? '');
      if (flow && style === 'plain' && isFlowIndicator(text)) this.#error([start, end], 'FLOW_INDICATOR');
      const half = node.type === 'QUOTE_DOUBLE' ? halfCharacter(this.#text.slice(start, end)) : undefined;
      if (half !== undefined) this.#error([start + half, start + half + 6], 'SURROGATE');
      if (style !== 'block') return { kind: 'scalar', start, end, text, style, tag, anchor };
      const written = end >= this.#text.length ? withoutAddedLineEnd(text, this.#text) : text;
      return {
        kind: 'scalar',
        start,
        end: start + this.#text.slice(start, end).trimEnd().length,
        text: written,
        style,
        tag,
        anchor,
      };
    }
    if (isAlias(node)) {
      const [start, end] = node.range ?? [0, 0];
      return { kind: 'alias', start, end, name: node.source };
    }
    if (isMap(node)) {
      const [start, end] = node.range ?? [0, 0];
      const inside = node.flow ?? false;
      const pairs = node.items.map(({ key, value }) => {
        const written = this.#convert(key, inside);
        if (isKeyless(written, this.#text)) this.#error([written.start, written.start + 1], 'NO_KEY');
        return [written, value == null ? missing(written.end) : this.#convert(value, inside)] as const;
      });
      // The range of a block runs on to the next token; people mean the text.
      const last = inside ? end : (pairs.at(-1)?.[1].end ?? end);
      return { kind: 'map', start, end: last, pairs, tag: node.tag, anchor: node.anchor };
    }
    if (isSeq(node)) {
      const [start, end] = node.range ?? [0, 0];
      const inside = node.flow ?? false;
      const items = node.items.map((item) => this.#convert(item, inside));
      const last = inside ? end : (items.at(-1)?.end ?? end);
      return { kind: 'seq', start, end: last, items, tag: node.tag, anchor: node.anchor };
    }
    return missing(0);
  }
}

function rangeOf(place: Place): [start: number, end: number] {
  if (typeof place === 'number') return [place, place + 1];
  if ('offset' in place) return [place.offset, place.offset + (place.source?.length ?? 1)];
  return [place[0] ?? 0, place[1] ?? 0];
}

function missing(at: number): RawScalar {
  return { kind: 'scalar', start: at, end: at, text: '', style: 'plain', tag: undefined, anchor: undefined };
}
