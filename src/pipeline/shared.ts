// What YAML aliases and merge keys bring to more than one place: an edit there changes them all.

import type { Node } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';

/** The places of all nodes that are used more than once, each once. Visits every node once. */
export function sharedPlaces(trees: readonly Node[]): Span[] {
  const seen = new Set<Node>();
  const shared = new Set<Node>();
  const waiting = [...trees];
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (seen.has(node)) {
      shared.add(node);
      continue;
    }
    seen.add(node);
    if (node.kind === 'seq') for (const item of node.items) waiting.push(item);
    if (node.kind === 'map') for (const { key, value } of node.entries) waiting.push(key, value);
  }
  return [...shared].map(({ span }) => span);
}
