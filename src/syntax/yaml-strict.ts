// Where the `yaml` package is laxer than PyYAML, or ends a text differently: small checks on text.

import type { RawNode } from './yaml-raw.ts';

/** Inside brackets PyYAML takes a leading ":" and any "?" for an indicator; the package takes them for text. */
export function isFlowIndicator(plain: string): boolean {
  return plain.startsWith(':') || plain.includes('?');
}

/** True for an empty key that PyYAML refuses: it knows one only after "?", or with a tag or an anchor. */
export function isKeyless(key: RawNode, text: string): boolean {
  if (key.kind !== 'scalar' || key.start !== key.end || key.tag !== undefined || key.anchor !== undefined)
    return false;
  let before = key.start - 1;
  while (before >= 0 && /\s/.test(text.charAt(before))) before--;
  return text.charAt(before) !== '?';
}

/**
 * Where a double-quoted text, quotes included, escapes a surrogate: `\ud83d\ude00` is one character to JavaScript and
 * two broken ones to Python.
 */
export function halfCharacter(quoted: string): number | undefined {
  if (!/\\[uU]/.test(quoted)) return undefined;
  // Every escape is taken in turn, so that the second half of `\\` is not taken for the start of one.
  for (const match of quoted.matchAll(/\\(?:u[dD][89a-fA-F]|U0000[dD][89a-fA-F]|.)/gs))
    if (match[0].length > 2) return match.index;
  return undefined;
}

/** PyYAML reads every 1.x as 1.1, refuses other versions and a second %YAML, and ignores names it does not know. */
export function isDirective(line: string, before: readonly string[]): boolean {
  if (!/^%[\w-]+(?: |$)/.test(line)) return false;
  const version = /^%YAML\s+(\S+)/.exec(line)?.[1];
  if (version === undefined) return true;
  return /^1\.\d+$/.test(version) && !before.some((other) => other.startsWith('%YAML'));
}

/** A block text that ends with the file: the package adds a line end that the file does not have, PyYAML does not. */
export function withoutAddedLineEnd(value: string, file: string): string {
  const lastLine = file.slice(file.lastIndexOf('\n') + 1);
  const added = lastLine.trim() !== '' || (lastLine !== '' && /(?:^|\n) +\n$/.test(value));
  return added && value.endsWith('\n') ? value.slice(0, -1) : value;
}
