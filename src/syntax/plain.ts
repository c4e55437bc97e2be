// The tree without its places: what schemas and machine formats read.

import type { Node, Plain, ScalarNode } from './tree.ts';

/**
 * The plain value of a tree. Keys become text (`1: x` and `"1": x` fall together, the later wins); an integer that
 * JavaScript cannot hold exactly becomes its decimal text; infinities and NaN stay numbers; a timestamp is its text.
 */
export function toPlain(node: Node): Plain {
  if (node.kind === 'scalar') return plainScalar(node);
  if (node.kind === 'seq') return node.items.map(toPlain);
  const plain: { [key: string]: Plain } = {};
  for (const { key, value } of node.entries) setOwn(plain, String(key.value), toPlain(value));
  return plain;
}

function plainScalar(node: ScalarNode): Plain {
  return typeof node.value === 'bigint' ? node.value.toString() : node.value;
}

// An assignment to `__proto__` would change the object itself instead of adding a key.
function setOwn(object: { [key: string]: Plain }, key: string, value: Plain): void {
  if (key === '__proto__')
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true });
  else object[key] = value;
}
