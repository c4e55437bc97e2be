// What a JSON schema says about one place: types, default, keys, limits, and gxgen's own hints. References and
// alternatives are seen through, so a setting that is "a mapping or a list of them" has both keys and items.

import type { Severity } from '../diagnostics/diagnostic.ts';
import type { Plain } from '../syntax/tree.ts';
import {
  alternatives,
  flatten,
  isSchema,
  type Json,
  type Part,
  rootSchema,
  type Type,
  typesOf,
} from './parts.ts';

export type { Type };

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

type Table = Readonly<Record<string, string>>;

const shapes = new WeakMap<object, Shape>();

/** The shape of a whole schema. Throws when there is no schema of that name: a fault in gxgen. */
export function shapeOf(name: string): Shape {
  return makeShape({ schema: rootSchema(name), root: name });
}

/** The shape of a schema given as data. */
export function makeShape(part: Part): Shape {
  let shape = shapes.get(part.schema);
  if (!shape) {
    shape = new SchemaShape(part);
    shapes.set(part.schema, shape);
  }
  return shape;
}

// Everything is looked up when it is asked for: a typical file touches a tenth of the schema.
class SchemaShape implements Shape {
  readonly #part: Part;
  readonly #parts: readonly Part[];
  #keys: readonly string[] | undefined;
  #types: readonly Type[] | undefined;
  #pattern: RegExp | null | undefined;
  #values: readonly Plain[] | null | undefined;
  #aliases: Table | undefined;
  #elsewhere: Table | undefined;
  #patterns: readonly { test: RegExp; part: Part }[] | undefined;
  #children: Map<string, Shape> | undefined;

  constructor(part: Part) {
    this.#part = part;
    this.#parts = flatten(part, []);
  }

  #first<T>(key: string): T | undefined {
    for (let at = 0; at < this.#parts.length; at++) {
      const found = this.#parts[at]?.schema[key];
      if (found !== undefined) return found as T;
    }
    return undefined;
  }

  #child(key: string): Shape | undefined {
    for (const { schema, root } of this.#parts) {
      const found = schema[key];
      if (isSchema(found)) return makeShape({ schema: found, root });
    }
    return undefined;
  }

  get types() {
    this.#types ??= typesOf(this.#part, 0);
    return this.#types;
  }
  get default() {
    return this.#first<Plain>('default');
  }
  get values() {
    // Asked for at every attribute of a long job_conf.xml.
    if (this.#values === undefined) {
      const constant = this.#first<Plain>('const');
      const values = this.#first<Plain[]>('enum') ?? (constant === undefined ? undefined : [constant]);
      this.#values = values?.filter((value) => value !== null) ?? null;
    }
    return this.#values ?? undefined;
  }
  get pattern() {
    if (this.#pattern === undefined) {
      const pattern = this.#first<string>('pattern');
      this.#pattern = pattern === undefined ? null : new RegExp(pattern, 'u');
    }
    return this.#pattern ?? undefined;
  }
  get minimum() {
    return this.#first<number>('minimum');
  }
  get exclusiveMinimum() {
    return this.#first<number>('exclusiveMinimum');
  }
  get maximum() {
    return this.#first<number>('maximum');
  }
  get minLength() {
    return this.#first<number>('minLength');
  }
  get secret() {
    return this.#first('writeOnly') === true;
  }
  get asWritten() {
    return this.#first('x-as-written') === true;
  }
  get keys() {
    this.#keys ??= [
      ...new Set(this.#parts.flatMap(({ schema }) => Object.keys(schema.properties ?? {}))),
    ].sort();
    return this.#keys;
  }
  get closed() {
    return this.#parts.some(
      ({ schema }) => schema.additionalProperties === false || schema.unevaluatedProperties === false,
    );
  }
  get required() {
    const all = this.#parts.flatMap(({ schema }) => (schema.required as string[] | undefined) ?? []);
    return [...new Set(all)];
  }
  get alternatives() {
    return alternatives(this.#part.schema);
  }
  get name() {
    return this.#first<string>('x-name');
  }
  get unknown() {
    return this.#first<Severity>('x-unknown');
  }
  get aliases() {
    // Asked for at every unknown key.
    this.#aliases ??= tableOf(this.#first('x-aliases'));
    return this.#aliases;
  }
  get elsewhere() {
    this.#elsewhere ??= tableOf(this.#first('x-elsewhere'));
    return this.#elsewhere;
  }
  get form() {
    return this.#first<string>('x-form');
  }
  get why() {
    return this.#first<string>('x-why');
  }
  get help() {
    return this.#first<string>('x-help');
  }
  get free() {
    return this.#child('additionalProperties') ?? this.#child('unevaluatedProperties');
  }
  get items() {
    return this.#child('items');
  }
  get names() {
    return this.#child('propertyNames');
  }

  property(key: string): Shape | undefined {
    let found = this.#children?.get(key);
    if (found) return found;
    found = this.#find(key);
    if (!found) return this.#matching(key);
    this.#children ??= new Map();
    this.#children.set(key, found);
    return found;
  }

  #find(key: string): Shape | undefined {
    for (const { schema, root } of this.#parts) {
      const properties = schema.properties as Json | undefined;
      const found = properties && Object.hasOwn(properties, key) ? properties[key] : undefined;
      if (isSchema(found)) return makeShape({ schema: found, root });
    }
    return undefined;
  }

  // Not kept: the keys of a file are without number.
  #matching(key: string): Shape | undefined {
    this.#patterns ??= this.#parts.flatMap(({ schema, root }) =>
      Object.entries((schema.patternProperties as Json | undefined) ?? {}).flatMap(([source, found]) =>
        isSchema(found) ? [{ test: new RegExp(source, 'u'), part: { schema: found, root } }] : [],
      ),
    );
    const part = this.#patterns.find(({ test }) => test.test(key))?.part;
    return part && makeShape(part);
  }
}

/** A table of texts. The built-in schemas have it as JSON, which is read where somebody made a mistake. */
function tableOf(found: Table | string | undefined): Table {
  return typeof found === 'string' ? JSON.parse(found) : (found ?? {});
}
