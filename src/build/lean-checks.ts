// What the schema compiler writes, with less in it. Its code serves any reader of errors; gxgen's own
// (`src/schema/check.ts`) takes type, limits and choices from the schema. A third of the code is left, and nearly every
// command loads it.

/**
 * The same check in less code. Its errors have `instancePath`, `keyword`, the `params` that the schema does not tell,
 * `propertyName`, and where alternatives are checked `schemaPath`. Throws on code in a form it does not know, which
 * stops the build.
 * @param code a module of the schema compiler, written with `lines: true`
 */
export function leanCheck(code: string): string {
  const alternatives = /keyword:"(?:any|one)Of"/.test(code);
  const lean = code
    // Copying all errors so far for each part of a schema takes time that grows with their square.
    .replace(/vErrors\.concat\((\w+)\.errors\)/g, 'joinErrors(vErrors, $1.errors)')
    .replace(error, (_, _name, path = 'instancePath', schemaPath, keyword, params, propertyName) => {
      const more = [
        told.has(keyword) ? undefined : params,
        propertyName,
        alternatives ? schemaPath : undefined,
      ];
      while (more.length > 0 && more.at(-1) === undefined) more.pop();
      return `vErrors = addError(${['vErrors', path, `"${keyword}"`, ...more].map(String).join(', ')});`;
    })
    .replace(evaluated, '');
  const odd = /.*\b(?:schemaPath:|evaluated|concat\().*/.exec(lean);
  if (odd) throw new Error(`the compiled schema has a part not known here: ${odd[0]}`);
  return `${withoutSchemas(lean)}\n${addError}\n${joinErrors}\n`;
}

// Keywords whose parameters are the schema's own words.
const told = new Set(
  'type enum const pattern minimum maximum exclusiveMinimum exclusiveMaximum multipleOf if'.split(' '),
);

const error =
  /const (err\d+) = \{instancePath(?::(.+?))?,schemaPath:("[^"]*"),keyword:"([^"]*)",params:(\{.*?\}),message:.*?(?:,propertyName:(\w+))?\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}/g;

// Who has looked at which key: only `unevaluatedProperties` would ask.
const evaluated =
  /^(?:evaluated\d+\.\w+ = .*|validate\d+\.evaluated = .*|const (evaluated\d+) = .*\nif\(\1\.dynamicProps\)\{\n.*\n\}\nif\(\1\.dynamicItems\)\{\n.*\n\})\n/gm;

const addError = `function addError(all, instancePath, keyword, params = {}, propertyName, schemaPath) {
  const one = { instancePath, keyword, params, propertyName, schemaPath };
  if (all === null) return [one];
  all.push(one);
  return all;
}`;
const joinErrors = 'function joinErrors(all, more) { for (const one of more) all.push(one); return all; }';

/** The code with the names of the known keys in place of the schemas that list them. */
function withoutSchemas(code: string): string {
  const schemas = new Map<string, unknown>();
  const rest = code.replace(/^const (schema\d+) = (\{.*\});$/gm, (_, name, text) => {
    schemas.set(name, JSON.parse(text));
    return '';
  });
  const lists: string[] = [];
  const lean = rest.replace(
    /func\d+\.call\((schema\d+)((?:\.\w+|\["[^"]+"\])*), (key\d+)\)/g,
    (_, name, path: string, key) => {
      let found = schemas.get(name);
      for (const [, plain, quoted] of path.matchAll(/\.(\w+)|\["([^"]+)"\]/g))
        found = (found as Record<string, unknown>)[plain ?? quoted ?? ''];
      lists.push(`const keys${lists.length} = new Set(${JSON.stringify(Object.keys(found as object))});`);
      return `keys${lists.length - 1}.has(${key})`;
    },
  );
  const left = /\bschema\d+\b.*/.exec(lean);
  if (left) throw new Error(`the compiled schema refers to itself in a way not known here: ${left[0]}`);
  return `${lists.join('\n')}\n${lean}`;
}
