// From a JSON pointer into checked data back to the place in the file.

import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Entry, MapNode, Node, ScalarNode } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import type { Shape } from './shape.ts';

/** A value with the way to it. */
export interface Place {
  readonly node: Node;
  readonly shape: Shape | undefined;
  /** The key it stands under; undefined for an item and for the root. */
  readonly key?: ScalarNode;
  /** Its position in a list, from 0. */
  readonly index?: number;
  readonly parent?: Place;
  /** What the root is called. */
  readonly name: string;
}

/** Finds places below one root; maps are indexed once. */
export class Locator {
  readonly #root: Place;
  readonly #indexes = new Map<MapNode, Map<string, Entry>>();

  constructor(root: Place) {
    this.#root = root;
  }

  /** The place at a JSON pointer; the nearest enclosing one where the pointer leads nowhere. */
  find(pointer: string): Place {
    let place = this.#root;
    for (const part of pointer.split('/').slice(1)) {
      const next = this.child(place, part.replaceAll('~1', '/').replaceAll('~0', '~'));
      if (!next) return place;
      place = next;
    }
    return place;
  }

  /** The place under a key, or of the item with that number. */
  child(parent: Place, key: string): Place | undefined {
    const { node, shape, name } = parent;
    if (node.kind === 'seq') {
      const item = node.items[Number(key)];
      return item && { node: item, shape: shape?.items, index: Number(key), parent, name };
    }
    if (node.kind !== 'map') return undefined;
    const found = this.#index(node).get(key);
    return (
      found && { node: found.value, shape: shape?.property(key) ?? shape?.free, key: found.key, parent, name }
    );
  }

  #index(node: MapNode): Map<string, Entry> {
    let index = this.#indexes.get(node);
    if (!index) {
      index = new Map();
      for (const one of node.entries) {
        const key = String(one.key.value);
        if (!index.has(key)) index.set(key, one);
      }
      this.#indexes.set(node, index);
    }
    return index;
  }
}

/** Where to point for a value: the key where nothing is written behind it. */
export function valueSpan({ node, key }: Place): Span {
  return key && node.span.end <= node.span.start ? key.span : node.span;
}

/** Where to point for something that is not there: the key, or the item itself. */
export function keySpan({ node, key, parent }: Place): Span {
  if (key) return key.span;
  if (parent === undefined || node.span.end > node.span.start) return firstLine(node.span);
  return keySpan(parent);
}

/** How a place is called in a message: `"workers"`, `item 2 of "pools"`. */
export function nameOf(place: Place): string {
  if (place.key) return quoted(String(place.key.text));
  if (place.index !== undefined && place.parent) return `item ${place.index + 1} of ${nameOf(place.parent)}`;
  return quoted(place.name);
}

/** Severity of an unknown key in a mapping: what the nearest schema around it says. */
export function unknownSeverity(place: Place): Severity {
  for (let one: Place | undefined = place; one; one = one.parent)
    if (one.shape?.unknown) return one.shape.unknown;
  return 'error';
}

/** A name or text in double quotes, on one line, cut when it is long. */
export function quoted(text: string): string {
  const short = text.length > 60 ? `${text.slice(0, 57)}...` : text;
  return JSON.stringify(short);
}

// A whole section would be marked from its first key to its last line.
function firstLine(span: Span): Span {
  const text = span.source.text.slice(span.start, span.end);
  const end = text.search(/[\r\n]/);
  return end < 0 ? span : { ...span, end: span.start + end };
}
