// A tree that macros may change: elements as they were read, with other attributes, text, children, and the places
// of the <expand> elements they came through.

import type { Span } from '../text/source.ts';
import type { XmlAttribute, XmlComment, XmlElement } from './xml-tree.ts';

/** An element while macros are expanded; a finished one is an XmlElement. */
export class MacroNode implements XmlElement {
  readonly name: string;
  readonly comments: readonly XmlComment[] = [];
  attributes: readonly XmlAttribute[];
  text: string;
  children: MacroNode[];
  expandedAt: readonly Span[];
  /** True for content of an `<expand>` that became a direct child of the macro: Galaxy expands it as if it stood outside. */
  outside = false;
  private readonly written: XmlElement;

  constructor(written: XmlElement, children: MacroNode[], expandedAt: readonly Span[]) {
    this.written = written instanceof MacroNode ? written.written : written;
    this.name = written.name;
    this.attributes = written.attributes;
    this.text = written.text;
    this.children = children;
    this.expandedAt = expandedAt;
  }

  get nameSpan(): Span {
    return this.written.nameSpan;
  }

  get span(): Span {
    return this.written.span;
  }

  get openSpan(): Span {
    return this.written.openSpan;
  }

  get textSpan(): Span {
    return this.written.textSpan;
  }
}

/** What is left of the bounds on what macros may make; `spent` once one of them is passed. */
export interface Budget {
  nodes: number;
  characters: number;
  comparisons: number;
  spent: boolean;
}

/**
 * A copy of a tree for changing.
 * @param through the `<expand>` that puts it where it goes; its places come first
 */
export function copyTree(element: XmlElement, budget: Budget, through: readonly Span[] = []): MacroNode {
  budget.nodes--;
  if (budget.nodes < 0) budget.spent = true;
  const children: MacroNode[] = [];
  for (const child of element.children) {
    if (budget.spent) break;
    children.push(copyTree(child, budget, through));
  }
  return new MacroNode(element, children, [...element.expandedAt, ...through].slice(0, MOST_PLACES));
}

/** Places of expansion that are kept: a diagnostic with more labels would only be longer. */
const MOST_PLACES = 5;

/** Replaces tokens, one after the other as Galaxy does, in text, attribute values and attribute names of a tree. */
export function replaceTokens(node: MacroNode, tokens: ReadonlyMap<string, string>, budget: Budget): void {
  if (tokens.size > 0) replaceBelow(node, tokens, commonStart(tokens), budget);
}

function replaceBelow(
  node: MacroNode,
  tokens: ReadonlyMap<string, string>,
  start: string,
  budget: Budget,
): void {
  if (budget.spent) return;
  const replace = (text: string) => (text.includes(start) ? replaceIn(text, tokens, budget) : text);
  node.text = replace(node.text);
  const attributes = node.attributes.map((one) => {
    const name = replace(one.name);
    const value = replace(one.value);
    if (name === one.name && value === one.value) return one;
    return { name, value, nameSpan: one.nameSpan, valueSpan: one.valueSpan, origin: one.origin };
  });
  if (attributes.some((one, index) => one !== node.attributes[index])) {
    // Two names may have become one; the later one was written later, and stays.
    node.attributes = [...new Map(attributes.map((one) => [one.name, one])).values()];
  }
  for (const child of node.children) replaceBelow(child, tokens, start, budget);
}

/** The character all token names start with, nearly always `@`: text without it needs no look at every token. */
function commonStart(tokens: ReadonlyMap<string, string>): string {
  let common: string | undefined;
  for (const name of tokens.keys()) {
    if (common === undefined) common = name.slice(0, 1);
    else if (name.slice(0, 1) !== common) return '';
  }
  return common ?? '';
}

/** @returns the text with every token replaced; unchanged once the budget is spent */
export function replaceIn(text: string, tokens: ReadonlyMap<string, string>, budget: Budget): string {
  budget.comparisons -= tokens.size * (1 + text.length / 1000);
  if (budget.comparisons < 0) budget.spent = true;
  let result = text;
  for (const [name, value] of tokens) {
    if (budget.spent) return text;
    if (name === '' || !result.includes(name)) continue;
    const grown = replacedLength(result, name, value) - text.length;
    if (grown > budget.characters) {
      budget.spent = true;
      return text;
    }
    result = result.replaceAll(name, () => value);
  }
  budget.characters -= Math.max(0, result.length - text.length);
  return result;
}

function replacedLength(text: string, name: string, value: string): number {
  let count = 0;
  for (let at = text.indexOf(name); at >= 0; at = text.indexOf(name, at + name.length)) count++;
  return text.length + count * (value.length - name.length);
}
