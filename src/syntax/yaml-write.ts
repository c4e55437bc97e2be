// YAML with comments, written so that PyYAML (YAML 1.1) and gxgen read back exactly the values that went in.

import type { Plain } from './tree.ts';
import { resolvePlain } from './yaml-scalar.ts';

/** A mapping to write. */
export interface YamlMap {
  readonly kind: 'map';
  readonly entries: readonly YamlEntry[];
  /** Comments behind the last entry. */
  readonly after?: readonly (string | undefined)[];
}

/** A list to write. */
export interface YamlList {
  readonly kind: 'list';
  readonly items: readonly YamlItem[];
  readonly after?: readonly (string | undefined)[];
}

/** A value without comments of its own, or a collection that has some. */
export type YamlValue = YamlMap | YamlList | { readonly kind: 'plain'; readonly value: Plain };

export interface YamlItem {
  readonly value: YamlValue;
  /** Lines above it, each without its `#`; an empty line is `undefined`. */
  readonly before?: readonly (string | undefined)[];
  /** Behind it on the same line. */
  readonly beside?: string;
}

export interface YamlEntry extends YamlItem {
  readonly key: string;
}

/** A value that carries no comments. */
export function plain(value: Plain): YamlValue {
  return { kind: 'plain', value };
}

/** The text of a document whose root is a mapping. */
export function writeYaml(root: YamlMap): string {
  const lines: string[] = [];
  writeMap(root, '', lines);
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** One scalar as it stands in a block of YAML. */
export function scalarText(value: null | boolean | number | string): string {
  if (value === null) return 'null';
  if (typeof value === 'boolean') return String(value);
  return typeof value === 'number' ? numberText(value) : textOf(value);
}

/** A comment line without its indentation: text that could end the line early is made harmless. */
export function commentText(text: string): string {
  return `#${text.replace(lineEnds, ' ').replace(unprintable, '\ufffd')}`.trimEnd();
}

// In comments too, PyYAML takes these for line ends, and refuses the others.
const lineEnds = /[\n\r\u0085\u2028\u2029]+/g;
const unprintable =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: those are the ones that PyYAML refuses
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\ufeff\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

// Whatever is not as simple as this goes in quotes: the rule was tried against PyYAML on hundreds of odd texts.
const simple = /^[A-Za-z_/][\w/.@+-]*(?: [\w/.@+-]+)*$/;

function textOf(text: string): string {
  if (simple.test(text) && resolvePlain(text) === 'str') return text;
  return JSON.stringify(text).replace(
    /[\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

// PyYAML's numbers with an exponent need a dot and a sign.
function numberText(value: number): string {
  if (Number.isNaN(value)) return '.nan';
  if (!Number.isFinite(value)) return value < 0 ? '-.inf' : '.inf';
  const text = Object.is(value, -0) ? '-0.0' : String(value);
  const [mantissa = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  return `${mantissa.includes('.') ? mantissa : `${mantissa}.0`}e${exponent}`;
}

function writeMap(map: YamlMap, indent: string, lines: string[]): void {
  for (const entry of map.entries) {
    writeComments(entry.before, indent, lines);
    writeValue(`${indent}${textOf(entry.key)}:`, entry, indent, lines);
  }
  writeComments(map.after, indent, lines);
}

function writeList(list: YamlList, indent: string, lines: string[]): void {
  for (const item of list.items) {
    writeComments(item.before, indent, lines);
    writeItem(item, indent, lines);
  }
  writeComments(list.after, indent, lines);
}

/** The first entry of a mapping stands behind the dash. */
function writeItem(item: YamlItem, indent: string, lines: string[]): void {
  const value = expanded(item.value);
  if (value.kind !== 'map' || value.entries.length === 0 || item.beside !== undefined) {
    writeValue(`${indent}-`, item, indent, lines);
    return;
  }
  const inner: string[] = [];
  writeMap(value, `${indent}  `, inner);
  const first = inner.findIndex((line) => line !== '' && !line.trimStart().startsWith('#'));
  // Comments of the first entry go above the dash.
  for (const line of inner.slice(0, first)) lines.push(line === '' ? '' : indent + line.trimStart());
  lines.push(`${indent}- ${(inner[first] ?? '').slice(indent.length + 2)}`, ...inner.slice(first + 1));
}

function writeValue(head: string, item: YamlItem, indent: string, lines: string[]): void {
  const value = expanded(item.value);
  const beside = item.beside === undefined ? '' : `  ${commentText(item.beside)}`;
  if (value.kind === 'plain') {
    lines.push(`${head} ${scalarText(value.value as null | boolean | number | string)}${beside}`);
  } else if (value.kind === 'map') {
    lines.push(`${head}${value.entries.length === 0 ? ' {}' : ''}${beside}`);
    writeMap(value, `${indent}  `, lines);
  } else {
    lines.push(`${head}${value.items.length === 0 ? ' []' : ''}${beside}`);
    writeList(value, `${indent}  `, lines);
  }
}

/** Collections among plain values take the same form as commented ones. */
function expanded(value: YamlValue): YamlValue {
  if (value.kind !== 'plain' || typeof value.value !== 'object' || value.value === null) return value;
  if (Array.isArray(value.value))
    return { kind: 'list', items: value.value.map((one) => ({ value: plain(one) })) };
  const entries = Object.entries(value.value).map(([key, one]) => ({ key, value: plain(one) }));
  return { kind: 'map', entries };
}

function writeComments(
  comments: readonly (string | undefined)[] | undefined,
  indent: string,
  lines: string[],
): void {
  for (const one of comments ?? []) lines.push(one === undefined ? '' : `${indent}${commentText(one)}`);
}
