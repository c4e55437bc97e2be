// The plain data a compiled schema checks: scalars as their settings take them, and nothing below what no schema
// speaks about, so that depth and size of the rest of a file cost nothing. (Hence no schema may ask for `uniqueItems`
// of mappings it does not describe: they all look alike here.)

import type { Node, Plain, ScalarNode } from '../syntax/tree.ts';
import { coerce } from './coerce.ts';
import type { Place } from './locate.ts';
import type { Shape } from './shape.ts';

/** Told of each key of a free mapping that YAML does not read as text. */
export type OnKey = (key: ScalarNode, place: Place) => void;

/** The data at a place. Recursion follows the schema and the tree, which the reader limits to 200 levels. */
export function buildData(place: Place, onKey: OnKey): Plain {
  const { node, shape } = place;
  if (shape === undefined) return stub(node);
  if (node.kind === 'scalar') {
    return coerce(node, shape);
  }
  if (node.kind === 'seq') {
    const { items } = shape;
    return node.items.map((item, index) => buildData(below(place, item, items, { index }), onKey));
  }
  const data: { [key: string]: Plain } = {};
  const { free } = shape;
  for (const { key, value } of node.entries) {
    const name = String(key.value);
    if (Object.hasOwn(data, name)) continue;
    const own = shape.property(name) ?? free;
    if (key.type !== 'str' && free !== undefined && own === free) onKey(key, place);
    setOwn(data, name, buildData(below(place, value, own, { key }), onKey));
  }
  return data;
}

function below(
  parent: Place,
  node: Node,
  shape: Shape | undefined,
  at: { key: ScalarNode } | { index: number },
): Place {
  return { node, shape, parent, name: parent.name, ...at };
}

function stub(node: Node): Plain {
  if (node.kind === 'map') return {};
  if (node.kind === 'seq') return [];
  return typeof node.value === 'bigint' ? Number(node.value) : node.value;
}

// An assignment to `__proto__` would change the object itself instead of adding a key.
function setOwn(data: { [key: string]: Plain }, key: string, value: Plain): void {
  if (key === '__proto__')
    Object.defineProperty(data, key, { value, writable: true, enumerable: true, configurable: true });
  else data[key] = value;
}
