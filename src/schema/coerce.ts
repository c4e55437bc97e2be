// Which scalars pass for which type. Gravity reads its settings with pydantic in lax mode, so "4", 4.0 and yes are
// all whole numbers there; the tables of test/schema/coerce.test.ts were checked against Gravity 1.2.3.

import type { Plain, ScalarNode } from '../syntax/tree.ts';
import type { Shape, Type } from './shape.ts';

/** Stands for a value that JSON cannot express (a date): not a number fails every type. */
export const inexpressible = Number.NaN;

/**
 * The value of a scalar as a setting of that shape takes it. A value that fits no type of the shape comes back
 * unchanged, for the schema to refuse.
 */
export function coerce(node: ScalarNode, shape: Pick<Shape, 'types' | 'asWritten'>): Plain {
  const { value, type } = node;
  if (shape.asWritten && type !== 'null') return node.text;
  const { types } = shape;
  if (type === 'timestamp') return types.length === 0 ? node.text : inexpressible;
  if (types.length === 0 || exact(node, types)) return simple(value);
  for (const wanted of types) {
    const found = convert(node, wanted);
    if (found !== undefined) return found;
  }
  return simple(value);
}

function exact({ type }: ScalarNode, types: readonly Type[]): boolean {
  switch (type) {
    case 'null':
      return types.includes('null');
    case 'bool':
      return types.includes('boolean');
    case 'int':
      return types.includes('integer') || types.includes('number');
    case 'float':
      return types.includes('number');
    default:
      return types.includes('string');
  }
}

function convert({ type, value }: ScalarNode, wanted: Type): Plain | undefined {
  switch (wanted) {
    case 'boolean':
      return toBoolean(type, value);
    case 'integer':
      return toInteger(type, value);
    case 'number':
      return toNumber(type, value);
    default:
      return undefined;
  }
}

const truths = new Map([
  ...['1', 'on', 't', 'true', 'y', 'yes'].map((word) => [word, true] as const),
  ...['0', 'off', 'f', 'false', 'n', 'no'].map((word) => [word, false] as const),
]);

function toBoolean(type: ScalarNode['type'], value: ScalarNode['value']): boolean | undefined {
  if (type === 'str') return truths.get(String(value).toLowerCase());
  if (type === 'int' || type === 'float')
    return Number(value) === 1 ? true : Number(value) === 0 ? false : undefined;
  return undefined;
}

// Single underscores between digits, and a fraction of zeros: 1_000 and 4.00, but neither 4. nor 4e0.
const wholeText = /^[+-]?[0-9]+(?:_[0-9]+)*(?:\.0+)?$/;

function toInteger(type: ScalarNode['type'], value: ScalarNode['value']): number | undefined {
  if (type === 'bool') return value === true ? 1 : 0;
  if (type === 'float') return Number.isInteger(value) ? Number(value) : undefined;
  if (type !== 'str') return undefined;
  const text = String(value).trim();
  if (text.length > 4300 || !wholeText.test(text)) return undefined;
  return Number(text.replaceAll('_', '')) + 0;
}

const numberText =
  /^[+-]?(?:inf(?:inity)?|nan|(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:e[+-]?[0-9][0-9_]*)?)$/i;

function toNumber(type: ScalarNode['type'], value: ScalarNode['value']): number | undefined {
  if (type === 'bool') return value === true ? 1 : 0;
  if (type !== 'str') return undefined;
  const text = String(value).trim();
  if (!numberText.test(text) || text.includes('__') || text.endsWith('_')) return undefined;
  const digits = text.replaceAll('_', '').toLowerCase();
  if (digits.endsWith('nan')) return Number.NaN;
  if (digits.includes('inf')) return digits.startsWith('-') ? -Infinity : Infinity;
  return Number(digits);
}

function simple(value: ScalarNode['value']): Plain {
  return typeof value === 'bigint' ? Number(value) : value;
}
