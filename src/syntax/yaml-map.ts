// The entries of a mapping as a Python dictionary holds them: merged ones first, one entry for one key, keys equal as
// Python has it (1, 1.0 and true are one key), the last value at the place of the first.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Entry, Node, ScalarNode } from './tree.ts';
import { readTimestamp } from './yaml-scalar.ts';

export interface OwnEntry {
  readonly key: ScalarNode;
  readonly value: Node;
}

/**
 * @param merged what merge keys bring, in order, later ones winning
 * @param own what the mapping itself holds, in order; a key that comes twice is reported
 */
export function mergeEntries(merged: readonly Entry[], own: readonly OwnEntry[], report: Report): Entry[] {
  const entries = new Map<string, Entry>();
  for (const entry of merged) put(entries, identity(entry.key), entry);
  const written = new Map<string, ScalarNode>();
  for (const { key, value } of own) {
    const id = identity(key);
    const before = written.get(id);
    if (before) reportTwice(before, key, report);
    written.set(id, key);
    put(entries, id, { key, value, merged: false });
  }
  return [...entries.values()];
}

// A dictionary keeps the first key object: with `1: a` and `true: b` the key stays 1.
function put(entries: Map<string, Entry>, id: string, entry: Entry): void {
  const before = entries.get(id);
  const kept = before !== undefined && before.key.type !== entry.key.type;
  entries.set(id, kept ? { ...entry, key: { ...before.key, span: entry.key.span } } : entry);
}

function reportTwice(before: ScalarNode, key: ScalarNode, report: Report): void {
  const name = key.text.length > 60 ? `${key.text.slice(0, 57)}...` : key.text;
  report(
    problem('GX120', `the key "${name}" stands twice in this mapping`, key.span, {
      mark: 'this one counts',
      labels: [{ span: before.span, text: 'this one is ignored' }],
      why: 'of two equal keys only the last one counts, and what the first one holds is lost',
      help: 'remove one, or bring their contents together under one key',
    }),
  );
}

/** Equal for keys that Python takes for equal; PyYAML has one NaN object, which is the same key every time. */
function identity(key: ScalarNode): string {
  const { type, value } = key;
  if (type === 'str') return `s${value}`;
  if (type === 'null') return 'null';
  if (type === 'timestamp') return `t${readTimestamp(key.text)}`;
  if (typeof value === 'boolean') return value ? 'n1' : 'n0';
  if (typeof value === 'bigint') return `n${value}`;
  if (typeof value !== 'number') return `s${value}`;
  if (Number.isNaN(value)) return 'nan';
  return Number.isInteger(value) ? `n${BigInt(value)}` : `n${value}`;
}
