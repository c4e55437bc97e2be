// Typed reading of a checked section, with the defaults of its schema: a default is written once, there.

import { byDefault, type Located, written } from '../model/located.ts';
import type { Entry, MapNode, Node, Plain, ScalarNode } from '../syntax/tree.ts';
import type { Span } from '../text/source.ts';
import { coerce } from './coerce.ts';
import { fits } from './fits.ts';
import { type Shape, shapeOf } from './shape.ts';

/** A pair of a free mapping. */
export interface SectionEntry {
  readonly key: Located<string>;
  readonly value: Node;
  /** The value as a section; an empty one when it is no mapping. */
  readonly section: Section;
}

/**
 * One mapping as its schema reads it. A value that is wrong (type, choice or range) was already reported by
 * `checkSchema` and reads as the default, so callers never test again.
 */
export interface Section {
  /** The mapping as written; undefined when the file has none. */
  readonly node: MapNode | undefined;
  /** True when the key is written with a value other than null. */
  has(key: string): boolean;
  /** Place of the key, for messages about it. */
  keySpan(key: string): Span | undefined;
  /** The value as written, whatever its type. */
  raw(key: string): Node | undefined;
  /** Without a default in the schema: the empty text, 0 or false. */
  str(key: string): Located<string>;
  int(key: string): Located<number>;
  num(key: string): Located<number>;
  /** Null reads as false where the setting is nullable. */
  bool(key: string): Located<boolean>;
  /** Like the above, for nullable settings: undefined when absent, null or wrong and there is no default. */
  maybeStr(key: string): Located<string> | undefined;
  maybeInt(key: string): Located<number> | undefined;
  maybeNum(key: string): Located<number> | undefined;
  maybeBool(key: string): Located<boolean> | undefined;
  /** Items of a list of strings; a wrong item is left out. */
  strings(key: string): readonly Located<string>[];
  /** The pairs of a mapping of text to text, such as `environment`; a wrong one is left out. */
  texts(key: string): readonly { readonly key: Located<string>; readonly value: Located<string> }[];
  /** A nested mapping; an empty section with defaults when absent, null or wrong. */
  section(key: string): Section;
  /** A setting that is a mapping or a list of mappings: always a list (`[]` only for an empty list). */
  sections(key: string): readonly Section[];
  /** The pairs of a free mapping in order: handler name -> section. Pairs whose key is no text are left out. */
  entries(key: string): readonly SectionEntry[];
}

/**
 * The section that a schema describes.
 * @param schema name of the schema: `gravity`
 * @param node the mapping; absent, null or anything else reads as empty
 */
export function readSection(schema: string, node: Node | undefined): Section {
  return makeSection(shapeOf(schema), node);
}

function makeSection(shape: Shape | undefined, node: Node | undefined): Section {
  const map = node?.kind === 'map' ? node : undefined;
  const entries = new Map<string, Entry>();
  for (const one of map?.entries ?? []) {
    const name = String(one.key.value);
    if (!entries.has(name)) entries.set(name, one);
  }
  const raw = (key: string) => entries.get(key)?.value;
  const shapeFor = (key: string) => shape?.property(key) ?? shape?.free;

  function read<T extends Plain>(
    key: string,
    is: (value: Plain | undefined) => value is T,
  ): Located<T> | undefined {
    const own = shapeFor(key);
    const found = raw(key);
    if (found?.kind === 'scalar') {
      const value = coerce(found, own ?? anything);
      if (is(value) && (own === undefined || fits(value, own))) return written(value, found.span);
      if (value === null && own?.types.includes('null')) return undefined;
    }
    return is(own?.default) ? byDefault(own.default) : undefined;
  }

  return {
    node: map,
    has: (key) => {
      const found = raw(key);
      return found !== undefined && !(found.kind === 'scalar' && found.type === 'null');
    },
    keySpan: (key) => entries.get(key)?.key.span,
    raw,
    str: (key) => read(key, isString) ?? byDefault(''),
    int: (key) => read(key, isInteger) ?? byDefault(0),
    num: (key) => read(key, isNumber) ?? byDefault(0),
    bool: (key) => {
      const found = raw(key);
      const no = found?.kind === 'scalar' && found.type === 'null' && shapeFor(key)?.types.includes('null');
      return read(key, isBoolean) ?? (found && no ? written(false, found.span) : byDefault(false));
    },
    maybeStr: (key) => read(key, isString),
    maybeInt: (key) => read(key, isInteger),
    maybeNum: (key) => read(key, isNumber),
    maybeBool: (key) => read(key, isBoolean),
    strings: (key) => {
      const own = shapeFor(key);
      const found = raw(key);
      if (found?.kind === 'seq') return found.items.flatMap((item) => located(item, own?.items) ?? []);
      const otherwise = own?.default;
      return Array.isArray(otherwise) ? otherwise.filter(isString).map(byDefault) : [];
    },
    texts: (key) =>
      pairs(raw(key)).flatMap((one) => {
        const value = located(one.value, valueShape(shapeFor(key), one.key));
        return value ? [{ key: written(String(one.key.value), one.key.span), value }] : [];
      }),
    section: (key) => makeSection(shapeFor(key), raw(key)),
    sections: (key) => {
      const own = shapeFor(key);
      const found = raw(key);
      if (found?.kind !== 'seq') return [makeSection(own, found)];
      return found.items.map((item) => makeSection(own?.items, item));
    },
    entries: (key) =>
      pairs(raw(key)).map((one) => ({
        key: written(String(one.key.value), one.key.span),
        value: one.value,
        section: makeSection(valueShape(shapeFor(key), one.key), one.value),
      })),
  };
}

const anything = { types: [], asWritten: false };

function pairs(node: Node | undefined): readonly Entry[] {
  return node?.kind === 'map' ? node.entries.filter((one) => one.key.type === 'str') : [];
}

function valueShape(shape: Shape | undefined, key: ScalarNode): Shape | undefined {
  return shape?.property(String(key.value)) ?? shape?.free;
}

function located(node: Node, shape: Shape | undefined): Located<string> | undefined {
  if (node.kind !== 'scalar') return undefined;
  const value = coerce(node, shape ?? anything);
  return isString(value) && (shape === undefined || fits(value, shape))
    ? written(value, node.span)
    : undefined;
}

function isString(value: Plain | undefined): value is string {
  return typeof value === 'string';
}

function isBoolean(value: Plain | undefined): value is boolean {
  return typeof value === 'boolean';
}

function isNumber(value: Plain | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function isInteger(value: Plain | undefined): value is number {
  return Number.isInteger(value);
}
