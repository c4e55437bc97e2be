// Whether a plain scalar is one that a shape admits: what `section.ts` needs to fall back to the default.

import type { Plain } from '../syntax/tree.ts';
import type { Shape } from './shape.ts';

/** True when the value has a type of the shape and is within its limits. Lists and mappings are judged by type only. */
export function fits(value: Plain, shape: Shape): boolean {
  if (shape.types.length > 0 && !shape.types.some((type) => hasType(value, type))) return false;
  if (value === null) return true;
  if (shape.values !== undefined && !shape.values.includes(value)) return false;
  if (typeof value === 'number') {
    if (shape.minimum !== undefined && value < shape.minimum) return false;
    if (shape.exclusiveMinimum !== undefined && value <= shape.exclusiveMinimum) return false;
    if (shape.maximum !== undefined && value > shape.maximum) return false;
  }
  if (typeof value === 'string') {
    if (shape.minLength !== undefined && value.length < shape.minLength) return false;
    if (shape.pattern !== undefined && !shape.pattern.test(value)) return false;
  }
  return true;
}

function hasType(value: Plain, type: Shape['types'][number]): boolean {
  switch (type) {
    case 'null':
      return value === null;
    case 'integer':
      return typeof value === 'number' && Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'array':
      return Array.isArray(value);
    case 'object':
      return typeof value === 'object' && value !== null && !Array.isArray(value);
    default:
      return typeof value === type;
  }
}
