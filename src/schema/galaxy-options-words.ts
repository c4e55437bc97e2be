// How values of the `galaxy:` section are named in messages, the secret ones without what they hold.

import type { Fix } from '../diagnostics/diagnostic.ts';
import { looksSecret } from '../model/secrets.ts';
import type { Node, ScalarNode } from '../syntax/tree.ts';
import type { OptionInfo } from './galaxy-options-table.ts';
import { quoted } from './locate.ts';

/** What kind of value it is, in words. */
export function kind(node: Node): string {
  if (node.kind === 'seq') return 'a list';
  if (node.kind === 'map') return 'a mapping';
  return {
    null: 'empty',
    bool: 'a truth value',
    int: 'a number',
    float: 'a number',
    str: 'text',
    timestamp: 'a date',
  }[node.type];
}

/** True when the value must not be shown. */
export function hidden(info: OptionInfo, node: ScalarNode): boolean {
  return info.secret || looksSecret(info.name, node.text);
}

/** The value as it stands in the file, or only its kind where it is secret. */
export function shown(info: OptionInfo, node: ScalarNode, withKind = true): string {
  if (hidden(info, node)) return kind(node);
  if (node.type !== 'str') return node.text.length > 60 ? `${node.text.slice(0, 57)}...` : node.text;
  return withKind ? `the text ${quoted(node.text)}` : quoted(node.text);
}

/** What YAML makes of a scalar: `0x1F is read as a number`. */
export function readAs(info: OptionInfo, node: ScalarNode): string {
  return hidden(info, node) ? `it is read as ${kind(node)}` : `${shown(info, node)} is read as ${kind(node)}`;
}

/** Quotes around a plain scalar; nothing where there is more to it than its characters. */
export function quoteFix(node: ScalarNode, safe: boolean): { fix?: Fix; help?: string } {
  const { source, start, end } = node.span;
  if (node.style !== 'plain' || source.text.slice(start, end) !== node.text) return {};
  const edits = [
    { span: { source, start, end: start }, text: '"' },
    { span: { source, start: end, end }, text: '"' },
  ];
  return { fix: { title: 'write it in quotes', safe, edits } };
}
