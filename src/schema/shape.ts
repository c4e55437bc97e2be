// What a JSON schema says about one place: types, default, keys, limits, and gxgen's own hints. References and
// alternatives are seen through, so a setting that is "a mapping or a list of them" has both keys and items.

import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Plain } from '../syntax/tree.ts';
import { schemas } from './validators.gen.js';

export type Type = 'null' | 'boolean' | 'integer' | 'number' | 'string' | 'object' | 'array';

/** A schema of one place, read on demand. */
export interface Shape {
  /** Empty when anything goes. */
  readonly types: readonly Type[];
  /** `default`; undefined when there is none. */
  readonly default: Plain | undefined;
  /** `enum` or `const`, without null. */
  readonly values: readonly Plain[] | undefined;
  readonly pattern: RegExp | undefined;
  readonly minimum: number | undefined;
  readonly exclusiveMinimum: number | undefined;
  readonly maximum: number | undefined;
  readonly minLength: number | undefined;
  /** `writeOnly`: never shown. */
  readonly secret: boolean;
  /** `x-as-written`: a scalar of any type is the characters written, as for a release `23.10`. */
  readonly asWritten: boolean;
  /** The keys that have a schema of their own, sorted. */
  readonly keys: readonly string[];
  /** True when no other key is allowed. */
  readonly closed: boolean;
  /** Keys that must be there. */
  readonly required: readonly string[];
  /** For `anyOf` or `oneOf` whose branches only ask for keys: the keys of each. */
  readonly alternatives: readonly (readonly string[])[];
  /** `x-name`: what a file or section is called in messages. */
  readonly name: string | undefined;
  /** `x-unknown`: severity of unknown keys here and below; error when nothing says it. */
  readonly unknown: Severity | undefined;
  /** `x-aliases`: wrong keys people write, and the key of the same mapping that is meant. */
  readonly aliases: Readonly<Record<string, string>>;
  /** `x-elsewhere`: keys that have no home here, and what to do about each. */
  readonly elsewhere: Readonly<Record<string, string>>;
  /** `x-form`: what a text must be, for a pattern: "octal digits from 0 to 777". */
  readonly form: string | undefined;
  /** `x-why`: the consequence of a wrong value. */
  readonly why: string | undefined;
  /** `x-help`: what to write instead of a wrong value. */
  readonly help: string | undefined;
  /** The value under a key; undefined when nothing is said about it. */
  property(key: string): Shape | undefined;
  /** The values of a free mapping, `additionalProperties`; undefined when nothing is said about them. */
  readonly free: Shape | undefined;
  /** The items of a list. */
  readonly items: Shape | undefined;
  /** The keys of a free mapping, `propertyNames`. */
  readonly names: Shape | undefined;
}

type Json = Readonly<Record<string, unknown>>;
/** A schema with the one its references are relative to. */
interface Part {
  readonly schema: Json;
  readonly root: string;
}

const roots = new Map<string, Json>();
const shapes = new WeakMap<object, Shape>();

/** The shape of a whole schema. Throws when there is no schema of that name: a fault in gxgen. */
export function shapeOf(name: string): Shape {
  return makeShape({ schema: rootSchema(name), root: name });
}

function rootSchema(name: string): Json {
  let schema = roots.get(name);
  if (!schema) {
    schema = schemas[name]?.() as Json | undefined;
    if (!schema) throw new Error(`no schema "${name}"`);
    roots.set(name, schema);
  }
  return schema;
}

function makeShape(part: Part): Shape {
  const known = shapes.get(part.schema);
  if (known) return known;
  const parts = flatten(part, []);
  const first = <T>(key: string): T | undefined => {
    for (const { schema } of parts) if (schema[key] !== undefined) return schema[key] as T;
    return undefined;
  };
  const child = (key: string): Shape | undefined => {
    for (const { schema, root } of parts) {
      const found = schema[key];
      if (isSchema(found)) return makeShape({ schema: found, root });
    }
    return undefined;
  };
  const all = (key: string) => parts.flatMap(({ schema }) => (schema[key] as string[] | undefined) ?? []);
  const pattern = first<string>('pattern');
  const constant = first<Plain>('const');
  const properties = new Map<string, Part>();
  for (const { schema, root } of parts) {
    for (const [key, value] of Object.entries((schema.properties as Json | undefined) ?? {})) {
      if (isSchema(value) && !properties.has(key)) properties.set(key, { schema: value, root });
    }
  }
  const patterns = parts.flatMap(({ schema, root }) =>
    Object.entries((schema.patternProperties as Json | undefined) ?? {}).flatMap(([source, value]) =>
      isSchema(value) ? [{ test: new RegExp(source, 'u'), part: { schema: value, root } }] : [],
    ),
  );
  const shape: Shape = {
    types: typesOf(part, 0),
    default: first<Plain>('default'),
    values: (first<Plain[]>('enum') ?? (constant === undefined ? undefined : [constant]))?.filter(
      (value) => value !== null,
    ),
    pattern: pattern === undefined ? undefined : new RegExp(pattern, 'u'),
    minimum: first('minimum'),
    exclusiveMinimum: first('exclusiveMinimum'),
    maximum: first('maximum'),
    minLength: first('minLength'),
    secret: first('writeOnly') === true,
    asWritten: first('x-as-written') === true,
    keys: [...properties.keys()].sort(),
    closed: parts.some(
      ({ schema }) => schema.additionalProperties === false || schema.unevaluatedProperties === false,
    ),
    required: [...new Set(all('required'))],
    alternatives: alternatives(part.schema),
    name: first('x-name'),
    unknown: first('x-unknown'),
    aliases: first('x-aliases') ?? {},
    elsewhere: first('x-elsewhere') ?? {},
    form: first('x-form'),
    why: first('x-why'),
    help: first('x-help'),
    property: (key) => {
      const own = properties.get(key) ?? patterns.find(({ test }) => test.test(key))?.part;
      return own ? makeShape(own) : undefined;
    },
    get free() {
      return child('additionalProperties') ?? child('unevaluatedProperties');
    },
    get items() {
      return child('items');
    },
    get names() {
      return child('propertyNames');
    },
  };
  shapes.set(part.schema, shape);
  return shape;
}

/** The schema, then everything that speaks about the same place: its reference, its parts, its alternatives. */
function flatten(part: Part, seen: Part[]): Part[] {
  if (seen.some(({ schema }) => schema === part.schema)) return seen;
  seen.push(part);
  const { schema, root } = part;
  if (typeof schema.$ref === 'string') flatten(resolve(schema.$ref, root), seen);
  for (const key of ['allOf', 'anyOf', 'oneOf']) {
    for (const branch of (schema[key] as unknown[] | undefined) ?? [])
      if (isSchema(branch)) flatten({ schema: branch, root }, seen);
  }
  for (const key of ['then', 'else']) if (isSchema(schema[key])) flatten({ schema: schema[key], root }, seen);
  return seen;
}

function typesOf({ schema, root }: Part, depth: number): Type[] {
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

function alternatives(schema: Json): string[][] {
  const branches = ((schema.anyOf ?? schema.oneOf) as unknown[] | undefined) ?? [];
  const sets = branches.map(
    (one) => (isSchema(one) ? (one.required as string[] | undefined) : undefined) ?? [],
  );
  return sets.every((keys) => keys.length > 0) ? sets : [];
}

function isSchema(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
