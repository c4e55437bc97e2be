// Where the secrets of a file stand, so that no frame, diff or report shows them.

import { isSecretArgument, looksSecret } from '../model/secrets.ts';
import type { MapNode, Node, ScalarNode } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import { type Shape, shapeOf } from './shape.ts';

/** True when the schema marks the value under that key as secret (`writeOnly`). @param path keys from the root */
export function isSecretKey(schema: string, ...path: readonly string[]): boolean {
  let shape: Shape | undefined = shapeOf(schema);
  for (const key of path) shape = shape?.property(key) ?? shape?.free;
  return shape?.secret === true;
}

/**
 * The places of all secret values of a tree: what the schema marks (everything below it too), and what looks secret
 * by its key and form. In lists of `name` and `value` pairs the name counts as the key.
 * @param schema name of the schema; undefined when the file has none
 */
export function secretSpans(schema: string | undefined, node: Node | undefined): Span[] {
  const spans: Span[] = [];
  const seen = new Map<Node, Set<Shape | undefined>>();
  const walk = (one: Node, shape: Shape | undefined, name: string): void => {
    if (one.kind === 'scalar') {
      if (isSecret(one, shape, name)) spans.push(one.span);
      return;
    }
    // An anchor that many aliases share is walked once for each way to read it.
    const shapes = seen.get(one) ?? new Set();
    if (shapes.has(shape)) return;
    seen.set(one, shapes.add(shape));
    if (shape?.secret) {
      spans.push(one.span);
      return;
    }
    if (one.kind === 'seq') {
      for (const item of one.items) walk(item, shape?.items, name);
      return;
    }
    const label = pairName(one);
    for (const { key, value } of one.entries) {
      const own = String(key.value);
      walk(value, shape?.property(own) ?? shape?.free, label !== undefined && own === 'value' ? label : own);
    }
  };
  if (node) walk(node, schema === undefined ? undefined : shapeOf(schema), '');
  return spans;
}

function isSecret(node: ScalarNode, shape: Shape | undefined, name: string): boolean {
  if (node.type === 'null') return false;
  if (shape?.secret) return node.text !== '';
  if (node.type === 'bool') return false;
  return looksSecret(name, node.text) || (name === 'extra_args' && hasSecretArgument(node.text));
}

// Quotes make no difference here: where words end is not what matters.
function hasSecretArgument(text: string): boolean {
  const words = text.split(/[\s"']+/);
  return words.some((word, index) => isSecretArgument(words[index - 1] ?? '', word));
}

function pairName(node: MapNode): string | undefined {
  const found = node.entries.find(({ key }) => key.value === 'name')?.value;
  return found?.kind === 'scalar' ? found.text : undefined;
}
