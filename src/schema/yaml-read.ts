// Values of the YAML tree with their places, where a file is read by hand and not through a section: Galaxy takes
// nearly anything in its job configuration, so what is of the wrong type is left out here and reported by the schema.

import { type Located, written } from '../model/located.ts';
import type { Param } from '../model/routing.ts';
import { wholeNumber } from '../model/routing-checks.ts';
import { toPlain } from '../syntax/plain.ts';
import { entry, get, type MapNode, type Node, type ScalarNode } from '../syntax/tree.ts';

/** The value under a key as text: a number or truth value as its characters; undefined for null and for no scalar. */
export function textIn(node: Node | undefined, key: string): Located<string> | undefined {
  return textFrom(get(node, key));
}

/** The same for the value itself. */
export function textFrom(node: Node | undefined): Located<string> | undefined {
  if (node?.kind !== 'scalar' || node.type === 'null') return undefined;
  return written(node.type === 'str' ? String(node.value) : node.text, node.span);
}

/** The whole number under a key, in a form that Python's `int()` takes. */
export function integerIn(node: Node | undefined, key: string): Located<number> | undefined {
  const value = get(node, key);
  if (value?.kind !== 'scalar') return undefined;
  if (value.type === 'int') return written(Number(value.value), value.span);
  if (value.type !== 'str' || !wholeNumber.test(value.text)) return undefined;
  return written(Number(value.text.replaceAll('_', '')), value.span);
}

/** The texts of a list; undefined when there is no list. */
export function textsIn(node: Node | undefined, key: string): Located<string>[] | undefined {
  const value = get(node, key);
  if (value?.kind !== 'seq') return undefined;
  return value.items.flatMap((one) => textFrom(one) ?? []);
}

/** A pair of a mapping whose values are mappings. */
export interface NamedNode {
  readonly key: ScalarNode;
  readonly id: Located<string>;
  readonly value: Node;
}

/** The pairs of a free mapping. */
export function pairsOf(node: Node | undefined): NamedNode[] {
  if (node?.kind !== 'map') return [];
  return node.entries.map(({ key, value }) => ({ key, id: written(String(key.value), key.span), value }));
}

/** The mapping under a key, or undefined. */
export function mapIn(node: Node | undefined, key: string): MapNode | undefined {
  const value = get(node, key);
  return value?.kind === 'map' ? value : undefined;
}

/** The items of a list under a key that are mappings. */
export function itemsIn(node: Node | undefined, key: string): MapNode[] {
  const value = get(node, key);
  return value?.kind === 'seq' ? value.items.filter((one): one is MapNode => one.kind === 'map') : [];
}

/** The pairs of a mapping as parameters, those with the given keys left out. */
export function paramsIn(node: Node | undefined, without: readonly string[]): Param[] {
  if (node?.kind !== 'map') return [];
  return node.entries
    .filter(({ key }) => !without.includes(String(key.value)))
    .map(({ key, value }) => ({
      name: written(String(key.value), key.span),
      value: written(toPlain(value), value.span),
    }));
}

/** The truth value under a key. */
export function flagIn(node: Node | undefined, key: string): Located<boolean> | undefined {
  const value = entry(node, key)?.value;
  return value?.kind === 'scalar' && value.type === 'bool'
    ? written(value.value === true, value.span)
    : undefined;
}
