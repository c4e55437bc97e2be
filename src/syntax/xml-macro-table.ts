// The macros and tokens of a file and of what it imports, collected in Galaxy's order: imports first, and of two with
// one name the last. Source: lib/galaxy/util/xml_macros.py, 19.09 and later.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Span } from '../text/source.ts';
import { type Budget, replaceIn } from './xml-macro-node.ts';
import { attribute, childrenNamed, type XmlElement } from './xml-tree.ts';

/** Reads an imported file, by its path relative to the file with the macros; it reports what is wrong, and then gives undefined. */
export type ReadImport = (path: string, from: Span) => XmlElement | undefined;

export interface Macro {
  readonly element: XmlElement;
  /** `@NAME@` -> name of the attribute of `<expand>` and its default; undefined default: must be given. */
  readonly parameters: ReadonlyMap<
    string,
    { readonly attribute: string; readonly default: string | undefined }
  >;
}

export interface MacroTable {
  readonly macros: ReadonlyMap<string, Macro>;
  readonly tokens: ReadonlyMap<string, string>;
  /** False when an import could not be read, so that what is missing may be in it. */
  readonly complete: boolean;
}

const REFUSED = 'Galaxy does not start';
const MOST_IMPORTS = 1000;
const MOST_TOKENS = 2000;

interface Collected {
  readonly macros: Map<string, Macro>;
  readonly tokens: Map<string, { text: string; span: Span }>;
  imports: number;
  complete: boolean;
}

/** Collects what `<macros>` defines and imports. */
export function readMacroTable(
  macros: XmlElement,
  budget: Budget,
  read: ReadImport,
  report: Report,
): MacroTable {
  const found: Collected = { macros: new Map(), tokens: new Map(), imports: 0, complete: true };
  collect(macros, [], found, read, report);
  if (found.tokens.size > MOST_TOKENS) {
    budget.spent = true;
    return { macros: found.macros, tokens: new Map(), complete: found.complete };
  }
  return { macros: found.macros, tokens: nestTokens(found.tokens, budget, report), complete: found.complete };
}

function collect(
  from: XmlElement,
  chain: readonly XmlElement[],
  found: Collected,
  read: ReadImport,
  report: Report,
): void {
  for (const one of childrenNamed(from, 'import')) {
    if (++found.imports > MOST_IMPORTS) {
      if (found.imports === MOST_IMPORTS + 1) report(tooManyImports(one));
      found.complete = false;
      return;
    }
    if (one.text.trim() === '') {
      report(malformed('an import without a path', one, 'write <import>macros.xml</import>'));
      continue;
    }
    const root = read(one.text, one.textSpan);
    if (!root) found.complete = false;
    else if (chain.includes(root) || chain.length >= 100) {
      report(
        problem('GX432', `"${one.text}" imports itself`, one.textSpan, {
          why: REFUSED,
          help: 'remove one of the imports',
        }),
      );
    } else collect(root, [...chain, root], found, read, report);
  }
  for (const one of childrenNamed(from, 'macro'))
    define(one, attribute(one, 'type')?.value ?? 'xml', found, report);
  for (const one of childrenNamed(from, 'xml')) define(one, 'xml', found, report);
  for (const one of childrenNamed(from, 'token')) define(one, 'token', found, report);
}

function define(element: XmlElement, type: string, found: Collected, report: Report): void {
  // Templates are text for tools; job configurations have no use for them.
  if (type !== 'xml' && type !== 'token') return;
  const name = attribute(element, 'name')?.value;
  if (name === undefined || (type === 'token' && name === '')) {
    report(malformed(`a ${type === 'token' ? 'token' : 'macro'} without a name`, element, 'add name="..."'));
  } else if (type === 'token') {
    found.tokens.set(name, { text: element.text, span: element.nameSpan });
  } else found.macros.set(name, { element, parameters: parametersOf(element) });
}

function parametersOf(element: XmlElement): Macro['parameters'] {
  const quote = attribute(element, 'token_quote')?.value ?? '@';
  const parameters = new Map<string, { attribute: string; default: string | undefined }>();
  const add = (name: string, value: string | undefined) =>
    parameters.set(`${quote}${name.toUpperCase()}${quote}`, { attribute: name, default: value });
  for (const { name, value } of element.attributes) {
    if (name === 'tokens') for (const one of value.split(',')) add(one, undefined);
    else if (name.startsWith('token_')) add(name.slice('token_'.length), value);
  }
  return parameters;
}

function nestTokens(
  tokens: ReadonlyMap<string, { readonly text: string; readonly span: Span }>,
  budget: Budget,
  report: Report,
): Map<string, string> {
  const nested = new Map([...tokens].map(([name, { text }]) => [name, text]));
  for (const name of tokens.keys()) {
    for (const [other, text] of nested) {
      budget.comparisons -= 1 + text.length / 1000;
      if (budget.comparisons < 0) budget.spent = true;
      if (budget.spent) return nested;
      if (!text.includes(name)) continue;
      if (name === other) {
        report(
          problem('GX433', `token "${name}" contains itself`, tokens.get(name)?.span, {
            why: REFUSED,
            help: 'give it another name, or another text',
          }),
        );
        nested.delete(name);
      } else nested.set(other, replaceIn(text, new Map([[name, nested.get(name) ?? '']]), budget));
    }
  }
  return nested;
}

/** A finding about an element of the macro language that lacks something. */
export function malformed(message: string, element: XmlElement, help: string) {
  return problem('GX433', message, element.nameSpan, { why: REFUSED, help });
}

function tooManyImports(element: XmlElement) {
  return problem('GX434', `more than ${MOST_IMPORTS} imports`, element.nameSpan, {
    why: 'a configuration never has that many, and reading them could take unbounded time',
    help: 'import each file once',
  });
}
