// Other forms of a JSON schema: without the keywords a reader does not need, and with alternatives told apart by type.

type Json = Record<string, unknown>;

/** Keywords for readers and for `section.ts`; they check nothing. */
export const annotations = [
  'title',
  'description',
  'examples',
  '$comment',
  'default',
  'writeOnly',
  'deprecated',
];

/** gxgen's own keywords; `src/schema/shape.ts` says what each means. */
export const extensions = [
  'x-name',
  'x-checked',
  'x-unknown',
  'x-as-written',
  'x-aliases',
  'x-elsewhere',
  'x-form',
  'x-why',
  'x-help',
] as const;

const alone = [
  'additionalProperties',
  'unevaluatedProperties',
  'propertyNames',
  'items',
  'contains',
  'unevaluatedItems',
  'not',
  'if',
  'then',
  'else',
];
const list = ['anyOf', 'oneOf', 'allOf', 'prefixItems'];
const byName = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** The schema without those keywords. A property that happens to bear the name of one stays. */
export function strip(schema: unknown, keywords: readonly string[]): unknown {
  return change(schema, (one) =>
    Object.fromEntries(Object.entries(one).filter(([key]) => !keywords.includes(key))),
  );
}

/** The schema with its tables of wrong keys as JSON: half of its text, asked for only where there is a mistake. */
export function packed(schema: unknown): unknown {
  return change(schema, (one) =>
    Object.fromEntries(
      Object.entries(one).map(([key, value]) => [key, tables.has(key) ? JSON.stringify(value) : value]),
    ),
  );
}

const tables = new Set(['x-aliases', 'x-elsewhere']);

/**
 * The schema with every `anyOf` and `oneOf` whose branches differ in type rewritten to one `if` for each, so that a
 * wrong value gives the errors of the branch that was meant and not those of all.
 * @param others all schemas by name, for `$ref`
 */
export function discriminate(root: Json, others: ReadonlyMap<string, Json>): unknown {
  return change(root, (schema) => {
    for (const keyword of ['anyOf', 'oneOf']) {
      const branches = schema[keyword];
      if (!Array.isArray(branches)) continue;
      const types = branches.map((branch) => typesOf(branch as Json, root, others));
      if (types.some((some) => some.length === 0) || !disjoint(types)) continue;
      const { [keyword]: _, ...rest } = schema;
      const conditions = branches.flatMap((branch, index) =>
        Object.keys(branch as Json).every((key) => key === 'type')
          ? []
          : [
              Object.fromEntries([
                ['if', { type: types[index] }],
                ['then', branch],
              ]),
            ],
      );
      return {
        ...rest,
        ...(rest.type === undefined ? { type: types.flat() } : {}),
        ...(conditions.length > 0
          ? { allOf: [...((rest.allOf as unknown[] | undefined) ?? []), ...conditions] }
          : {}),
      };
    }
    return schema;
  });
}

function change(schema: unknown, edit: (schema: Json) => Json): unknown {
  if (typeof schema !== 'object' || schema === null || Array.isArray(schema)) return schema;
  const copy: Json = { ...edit(schema as Json) };
  for (const key of alone) if (key in copy) copy[key] = change(copy[key], edit);
  for (const key of list) {
    const branches = copy[key];
    if (Array.isArray(branches)) copy[key] = branches.map((branch) => change(branch, edit));
  }
  for (const key of byName) {
    const named = copy[key];
    if (typeof named === 'object' && named !== null)
      copy[key] = Object.fromEntries(
        Object.entries(named).map(([name, value]) => [name, change(value, edit)]),
      );
  }
  return copy;
}

/** The types a schema admits, as far as it says; empty when it does not. */
function typesOf(schema: Json, root: Json, others: ReadonlyMap<string, Json>, depth = 0): string[] {
  if (depth > 8) return [];
  if (schema.type !== undefined) return [schema.type].flat() as string[];
  if (typeof schema.$ref === 'string') {
    const [file = '', pointer = ''] = schema.$ref.split('#');
    const base = file === '' ? root : others.get(file.replace(/\.schema\.json$/, ''));
    let target: unknown = base;
    for (const key of pointer.split('/').slice(1)) target = (target as Json | undefined)?.[key];
    return target && base ? typesOf(target as Json, base, others, depth + 1) : [];
  }
  if (Array.isArray(schema.allOf)) {
    for (const part of schema.allOf) {
      const found = typesOf(part as Json, root, others, depth + 1);
      if (found.length > 0) return found;
    }
  }
  return [];
}

function disjoint(types: readonly (readonly string[])[]): boolean {
  const all = types.flat().map((type) => (type === 'integer' ? 'number' : type));
  return new Set(all).size === all.length;
}
