// The message for a value of the wrong type: what the setting takes, what YAML made of the text, and how to write it.

import type { Details, Edit, Fix } from '../diagnostics/diagnostic.ts';
import { looksSecret } from '../model/secrets.ts';
import type { Node, ScalarNode } from '../syntax/tree.ts';
import { fits } from './fits.ts';
import { nameOf, type Place, quoted } from './locate.ts';
import type { Shape, Type } from './shape.ts';

/** What a diagnostic says, before it has a place. */
export interface Finding {
  readonly message: string;
  readonly details: Details;
}

const phrases: readonly [Type, string][] = [
  ['object', 'a mapping'],
  ['array', 'a list'],
  ['string', 'text'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['boolean', 'true or false'],
];

/** The finding for a value of the wrong type. `place.shape` has types. */
export function explainType(place: Place): Finding {
  const { node, shape } = place;
  const types = shape?.types ?? [];
  const wanted = phrases.filter(([type]) => types.includes(type)).map(([, phrase]) => phrase);
  const must = `${nameOf(place)} must be ${listed(wanted.length > 0 ? wanted : ['empty'])}`;
  const help = shape?.help;
  const common = { ...(shape?.why === undefined ? {} : { why: shape.why }) };
  const hidden = isHidden(place);
  if (node.kind === 'scalar' && types.includes('string') && node.type !== 'str' && node.type !== 'null') {
    return quoteIt(node, shape, `${must}, but ${readAs(node, hidden)}`, hidden, common);
  }
  if (node.kind === 'scalar' && node.type !== 'null' && listsTexts(shape)) {
    const message = `${must}, but ${written(node, hidden)}`;
    const bracket = inBrackets(node);
    if (bracket === undefined || hidden)
      return { message, details: { ...common, help: help ?? 'write the items between [ and ]' } };
    return { message: `${message}; write ${bracket.shown}`, details: { ...common, fix: bracket.fix } };
  }
  if (node.kind === 'scalar' && node.type === 'null') {
    const message = `${must}, but ${node.text === '' ? 'nothing is written behind it' : `${node.text} means no value`}`;
    const fix = emptyMapping(node, shape);
    return { message, details: { ...common, help: fillIn(place), ...(fix ? { fix } : {}) } };
  }
  if (node.kind === 'scalar' && typeof node.value === 'number' && !Number.isFinite(node.value))
    return {
      message: `${must}, but ${shorten(node.text)} is no finite number`,
      details: { ...common, ...(help === undefined ? {} : { help }) },
    };
  const otherwise = help ?? defaultHelp(node, types);
  return {
    message: `${must}, but ${written(node, hidden)}`,
    details: {
      ...common,
      ...((help ?? otherwise) === undefined ? {} : { help: help ?? otherwise }),
    } as Details,
  };
}

/** True when the value must not be shown. */
export function isHidden({ node, shape, key, parent }: Place): boolean {
  if (shape?.secret) return true;
  const name = key ?? parent?.key;
  return node.kind === 'scalar' && looksSecret(name?.text ?? '', node.text);
}

/** `"a", "b" or "c"`. */
export function listed(words: readonly string[], last = 'or'): string {
  if (words.length < 2) return words.join('');
  return `${words.slice(0, -1).join(', ')} ${last} ${words.at(-1)}`;
}

function quoteIt(
  node: ScalarNode,
  shape: Shape | undefined,
  message: string,
  hidden: boolean,
  common: Details,
): Finding {
  const text = `"${node.text}"`;
  const legal = shape === undefined || fits(node.text, shape);
  if (!legal || !isPlain(node))
    return { message, details: { ...common, help: shape?.help ?? 'write it in quotes' } };
  return {
    message: `${message}; quote it${hidden ? '' : `: ${text}`}`,
    details: { ...common, fix: { title: 'write it in quotes', safe: true, edits: around(node, '"', '"') } },
  };
}

function readAs(node: ScalarNode, hidden: boolean): string {
  if (hidden) return `it is read as ${kindOf(node)}`;
  const text = shorten(node.text);
  if (node.type === 'timestamp') return `${text} is read as a date`;
  if (node.type === 'bool')
    return node.text === String(node.value)
      ? `it is the truth value ${text}`
      : `${text} is read as ${node.value}`;
  const value = number(node);
  return value === node.text
    ? `${text} is read as a number`
    : `${text} is read as the number ${shorten(value)}`;
}

function written(node: Node, hidden: boolean): string {
  if (node.kind === 'map') return 'it is a mapping';
  if (node.kind === 'seq') return 'it is a list';
  if (hidden) return `it is ${kindOf(node)}`;
  if (node.type === 'str')
    return node.text === '' ? 'it is an empty text' : `it is the text ${quoted(node.text)}`;
  if (node.type === 'timestamp') return `${shorten(node.text)} is read as a date`;
  if (node.type === 'bool' || number(node) !== node.text) return readAs(node, false);
  return `it is ${shorten(node.text)}`;
}

function kindOf(node: ScalarNode): string {
  const kinds = {
    null: 'nothing',
    bool: 'a truth value',
    int: 'a number',
    float: 'a number',
    str: 'text',
    timestamp: 'a date',
  };
  return kinds[node.type];
}

/** A number as Python prints it, nearly. */
export function number(node: ScalarNode): string {
  const { value } = node;
  if (node.type !== 'float' || typeof value !== 'number') return String(value);
  if (!Number.isFinite(value)) return node.text;
  return Number.isInteger(value) && Math.abs(value) < 1e15 ? value.toFixed(1) : String(value);
}

function fillIn({ shape, key }: Place): string {
  if (shape?.help !== undefined) return shape.help;
  const otherwise = shape?.default;
  if (key === undefined) return 'write a value, or remove the item';
  if (shape?.types.includes('object')) return 'write {} for an empty one, or remove the line';
  const value =
    typeof otherwise === 'object' || otherwise === undefined ? undefined : JSON.stringify(otherwise);
  if (value !== undefined && value !== '""')
    return `write a value, or remove the line to get the default, ${value}`;
  if (shape?.types.includes('string')) return 'write a value, "" for an empty one, or remove the line';
  return 'write a value, or remove the line';
}

function defaultHelp(node: Node, types: readonly Type[]): string | undefined {
  if (types.includes('object') && node.kind === 'seq') return 'write its keys without the dashes in front';
  if (types.includes('object')) return 'write its keys in the lines below it, indented';
  if (node.kind === 'seq' && types.includes('string')) return 'write it as one text';
  return undefined;
}

function listsTexts(shape: Shape | undefined): boolean {
  const items = shape?.items?.types ?? [];
  return shape?.types.includes('array') === true && (items.length === 0 || items.includes('string'));
}

// `handler_1:` with nothing behind it: all defaults are meant.
function emptyMapping({ span }: ScalarNode, shape: Shape | undefined): Fix | undefined {
  if (span.end > span.start || !shape?.types.includes('object') || shape.required.length > 0)
    return undefined;
  return { title: 'make it an empty mapping', safe: true, edits: [{ span, text: ' {}' }] };
}

// Only what means the same inside brackets: no comma, no bracket, no quote.
function inBrackets(node: ScalarNode): { shown: string; fix: Fix } | undefined {
  const { source, start, end } = node.span;
  const quotes = node.style === 'quoted' && /^(["']).*\1$/.test(source.text.slice(start, end));
  if (node.type !== 'str' || !(quotes || isPlain(node)) || !/^[\w./@+-]+$/.test(node.text)) return undefined;
  return {
    shown: `[${shorten(node.text)}]`,
    fix: { title: 'make it a list', safe: true, edits: around(node, '[', ']') },
  };
}

function around({ span }: ScalarNode, before: string, after: string): Edit[] {
  const { source, start, end } = span;
  return [
    { span: { source, start, end: start }, text: before },
    { span: { source, start: end, end }, text: after },
  ];
}

/** True when the place holds exactly the characters of the scalar: no quotes, tag or escapes. */
function isPlain({ style, span, text }: ScalarNode): boolean {
  return style === 'plain' && span.source.text.slice(span.start, span.end) === text;
}

function shorten(text: string): string {
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
