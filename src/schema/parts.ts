// Schemas as data, and the pieces that speak about one place: references followed, alternatives laid side by side.

import { schemas } from './validators.gen.js';

export type Type = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'object' | 'array';
export type Json = Readonly<Record<string, unknown>>;
/** A schema with the one its references are relative to. */
export interface Part {
  readonly schema: Json;
  readonly root: string;
}

const roots = new Map<string, Json>();

/** A schema by name. Throws when there is none: a fault in gxgen. */
export function rootSchema(name: string): Json {
  let schema = roots.get(name);
  if (!schema) {
    schema = schemas[name]?.() as Json | undefined;
    if (!schema) throw new Error(`no schema "${name}"`);
    roots.set(name, schema);
  }
  return schema;
}

/** The schema, then everything that speaks about the same place: its reference, its parts, its alternatives. */
export function flatten(part: Part, seen: Part[]): Part[] {
  const { schema, root } = part;
  for (let at = 0; at < seen.length; at++) if (seen[at]?.schema === schema) return seen;
  seen.push(part);
  if (typeof schema.$ref === 'string') flatten(resolve(schema.$ref, root), seen);
  if (schema.allOf) flattenAll(schema.allOf, root, seen);
  if (schema.anyOf) flattenAll(schema.anyOf, root, seen);
  if (schema.oneOf) flattenAll(schema.oneOf, root, seen);
  if (isSchema(schema.then)) flatten({ schema: schema.then, root }, seen);
  if (isSchema(schema.else)) flatten({ schema: schema.else, root }, seen);
  return seen;
}

function flattenAll(branches: unknown, root: string, seen: Part[]): void {
  for (const branch of branches as unknown[]) if (isSchema(branch)) flatten({ schema: branch, root }, seen);
}

/** The types a schema admits; empty when it does not say. */
export function typesOf({ schema, root }: Part, depth: number): Type[] {
  if (depth > 16) return [];
  if (schema.type !== undefined) return [schema.type].flat() as Type[];
  const branches = (schema.anyOf ?? schema.oneOf) as unknown[] | undefined;
  if (branches) {
    const found = branches.map((one) => (isSchema(one) ? typesOf({ schema: one, root }, depth + 1) : []));
    return found.some((types) => types.length === 0) ? [] : [...new Set(found.flat())];
  }
  if (typeof schema.$ref === 'string') return typesOf(resolve(schema.$ref, root), depth + 1);
  for (const one of (schema.allOf as unknown[] | undefined) ?? []) {
    const found = isSchema(one) ? typesOf({ schema: one, root }, depth + 1) : [];
    if (found.length > 0) return found;
  }
  return [];
}

function resolve(reference: string, root: string): Part {
  const [file = '', pointer = ''] = reference.split('#');
  const name = file === '' ? root : file.replace(/\.schema\.json$/, '');
  let target: unknown = rootSchema(name);
  for (const key of pointer.split('/').slice(1)) target = (target as Json | undefined)?.[key];
  if (!isSchema(target)) throw new Error(`schema "${root}" refers to "${reference}", which does not exist`);
  return { schema: target, root: name };
}

/** For alternatives that only ask for keys: the keys of each. */
export function alternatives(schema: Json): string[][] {
  const branches = ((schema.anyOf ?? schema.oneOf) as unknown[] | undefined) ?? [];
  const sets = branches.map(
    (one) => (isSchema(one) ? (one.required as string[] | undefined) : undefined) ?? [],
  );
  return sets.every((keys) => keys.length > 0) ? sets : [];
}

export function isSchema(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
