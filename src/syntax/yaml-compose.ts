// Text to YAML as written (yaml-raw.ts), and the faults of its syntax. The only file that imports `yaml`, of which it
// uses the lexer, the parser and the composer, with every scalar left as text.

import { Composer, type CST, isAlias, isMap, isScalar, isSeq, Lexer, Parser } from 'yaml';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { type Source, span } from '../text/source.ts';
import { explainErrors, type ParserError } from './yaml-errors.ts';
import { deepestNesting, mostErrors } from './yaml-limits.ts';
import type { RawNode, RawScalar } from './yaml-raw.ts';
import { Scan, tokenLength } from './yaml-scan.ts';
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
  const scan = new Scan(source);
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let offset = 0;
  for (const token of new Lexer().lex(text)) {
    scan.see(token, offset);
    offset += tokenLength(token);
    for (const finished of parser.next(token)) tokens.push(finished);
    if (parser.stack.length > deepestNesting + 1) {
      const place = span(source, offset - 1, offset);
      return {
        faults: [...scan.faults, problem('GX110', `more than ${deepestNesting} levels of nesting`, place)],
        root: undefined,
      };
    }
    if (scan.faults.length > mostErrors) return { faults: scan.faults, root: undefined };
  }
  scan.end();
  for (const finished of parser.end()) tokens.push(finished);
  return new Composition(text).run(source, tokens, scan.faults);
}

type Place = number | readonly number[] | { readonly offset: number; readonly source?: string };

const enough = new Error('enough errors');

class Composition {
  readonly #text: string;
  readonly #errors: ParserError[] = [];
  #root: RawNode | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  run(source: Source, tokens: readonly CST.Token[], faults: readonly Diagnostic[]): Composed {
    try {
      this.#compose(tokens);
    } catch (error) {
      if (error !== enough) throw error;
    }
    return { faults: explainErrors(source, faults, this.#errors), root: this.#root };
  }

  #error(place: Place, code: string, message = ''): void {
    const [start, end] = rangeOf(place);
    this.#errors.push({ code, message, start, end });
    // Nobody reads the rest, and a hostile file has millions.
    if (this.#errors.length > 10 * mostErrors) throw enough;
  }

  #compose(tokens: readonly CST.Token[]): void {
    const composer = new Composer({
      schema: 'failsafe',
      version: '1.1',
      uniqueKeys: false,
      resolveKnownTags: false,
      logLevel: 'silent',
    });
    // A private field of the package; without this it makes an Error with a stack for every complaint.
    Object.assign(composer, {
      onError: (place: Place, code: string, message: string, warning?: boolean) => {
        if (!warning) this.#error(place, code, message);
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
      } else if (token.type === 'directive') this.#directive(token.source, token.offset, directives);
      else if (token.type === 'error') this.#error(token, 'UNEXPECTED_TOKEN', token.message);
      // The package takes "..." for the end of an empty document; PyYAML wants a document first.
      else if (token.type === 'doc-end' && nothingYet) this.#error(token, 'UNEXPECTED_TOKEN');
      if (token.type === 'error' || (token.type === 'doc-end' && nothingYet)) continue;
      for (const document of composer.next(token)) this.#take(document.contents);
    }
    for (const document of composer.end()) this.#take(document.contents);
    if (documents === 0 && directives.length > 0) this.#error(0, 'BAD_DIRECTIVE');
  }

  // PyYAML reads every 1.x as 1.1, refuses other versions and a second %YAML, and ignores directives it does not know.
  #directive(line: string, offset: number, before: string[]): void {
    const version = /^%YAML\s+(\S+)/.exec(line)?.[1];
    const twice = version !== undefined && before.some((other) => other.startsWith('%YAML'));
    before.push(line);
    if (twice || (version !== undefined && !/^1\.\d+$/.test(version)))
      this.#error([offset, offset + line.length], 'BAD_DIRECTIVE');
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
    if (isScalar(node)) {
      const [start, end] = node.range ?? [0, 0];
      const style = node.type === 'PLAIN' ? 'plain' : node.type?.startsWith('QUOTE') ? 'quoted' : 'block';
      const { tag, anchor } = node;
      const text = String(node.value ?? '');
      // Inside brackets PyYAML takes a leading ":" and any "?" for an indicator, the package for text.
      if (flow && style === 'plain' && (text.startsWith(':') || text.includes('?')))
        this.#error([start, end], 'FLOW_INDICATOR');
      if (style !== 'block') return { kind: 'scalar', start, end, text, style, tag, anchor };
      const written = end >= this.#text.length ? withoutAddedLineEnd(text, this.#text) : text;
      return { kind: 'scalar', start, end: this.#trim(start, end), text: written, style, tag, anchor };
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
        this.#checkKey(written);
        return [written, value == null ? missing(written.end) : this.#convert(value, inside)] as const;
      });
      return { kind: 'map', start, end: this.#trim(start, end), pairs, tag: node.tag, anchor: node.anchor };
    }
    if (isSeq(node)) {
      const [start, end] = node.range ?? [0, 0];
      const items = node.items.map((item) => this.#convert(item, node.flow ?? false));
      return { kind: 'seq', start, end: this.#trim(start, end), items, tag: node.tag, anchor: node.anchor };
    }
    return missing(0);
  }

  // PyYAML knows an empty key only behind "?", or with a tag or an anchor.
  #checkKey(key: RawNode): void {
    if (key.kind !== 'scalar' || key.start !== key.end || key.tag !== undefined || key.anchor !== undefined)
      return;
    let before = key.start - 1;
    while (before >= 0 && /\s/.test(this.#text.charAt(before))) before--;
    if (this.#text.charAt(before) !== '?') this.#error([key.start, key.start + 1], 'NO_KEY');
  }

  // Ranges of blocks run to the next token; people mean the text.
  #trim(start: number, end: number): number {
    let at = end;
    while (at > start && /\s/.test(this.#text.charAt(at - 1))) at--;
    return at;
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

// The package ends a block scalar with a line end even where the file ends without one; PyYAML does not.
function withoutAddedLineEnd(value: string, text: string): string {
  const lastLine = text.slice(text.lastIndexOf('\n') + 1);
  const added = lastLine.trim() !== '' || (lastLine !== '' && /(?:^|\n) +\n$/.test(value));
  return added && value.endsWith('\n') ? value.slice(0, -1) : value;
}
