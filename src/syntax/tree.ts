// The positioned YAML tree: values as PyYAML's safe loader gives them, each with its place.

import type { Span } from '../text/source.ts';

export type ScalarType = 'null' | 'bool' | 'int' | 'float' | 'str' | 'timestamp';

export interface ScalarNode {
  readonly kind: 'scalar';
  readonly span: Span;
  /** What PyYAML resolves it to. */
  readonly type: ScalarType;
  /** The value; integers past 2^53 are bigint, a timestamp is its text. */
  readonly value: null | boolean | number | bigint | string;
  /** The characters of the scalar without quotes and escapes, before it was resolved to a type. */
  readonly text: string;
  readonly style: 'plain' | 'quoted' | 'block';
}

export interface Entry {
  readonly key: ScalarNode;
  readonly value: Node;
  /** True when the entry came in through a merge key (`<<`). */
  readonly merged: boolean;
}

/** Entries in PyYAML's order, without shadowed duplicates. */
export interface MapNode {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly Entry[];
}

export interface SeqNode {
  readonly kind: 'seq';
  readonly span: Span;
  readonly items: readonly Node[];
}

export type Node = ScalarNode | MapNode | SeqNode;

/** Whose reading of an INI file: the two Python parsers disagree, and uWSGI and supervisor have their own. */
export type IniReader = 'python2' | 'python3' | 'uwsgi' | 'supervisor';

/** Any JSON-like value, as schemas and machine formats see it. */
export type Plain = null | boolean | number | string | Plain[] | { [key: string]: Plain };

/** The entry of a map with that key, or undefined; also undefined when `node` is no map. */
export function entry(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  return node.entries.find((one) => String(one.key.value) === key);
}

/** The value under a key, or undefined when the key is absent or `node` is no map. */
export function get(node: Node | undefined, key: string): Node | undefined {
  return entry(node, key)?.value;
}

/** True for a scalar null, as in `key:` with nothing behind it. */
export function isNull(node: Node | undefined): boolean {
  return node?.kind === 'scalar' && node.type === 'null';
}
