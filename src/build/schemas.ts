// schemas/*.schema.json -> src/schema/validators.gen.js: the checks as code and the schemas as data, so that the
// shipped program carries no schema compiler. Both are made on first use: a command pays for the files it reads.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import standalone from 'ajv/dist/standalone/index.js';
import { build } from 'esbuild';
import { leanCheck } from './lean-checks.ts';
import { annotations, discriminate, extensions, packed, strip } from './schema-forms.ts';

type Json = Record<string, unknown>;

/** Every schema of a folder by name: `gravity` for `gravity.schema.json`. */
export function readSchemas(folder: string): Map<string, Json> {
  const end = '.schema.json';
  const names = readdirSync(folder).filter((file) => file.endsWith(end));
  return new Map(
    names
      .sort()
      .map((file) => [
        file.slice(0, -end.length),
        JSON.parse(readFileSync(join(folder, file), 'utf8')) as Json,
      ]),
  );
}

/** The compiler as gxgen uses it. Strict: an unknown keyword or a doubtful schema stops the build. */
export function makeCompiler(): Ajv2020 {
  const ajv = new Ajv2020({
    allErrors: true,
    strict: true,
    allowUnionTypes: true,
    ownProperties: true,
    inlineRefs: false,
    code: { source: true, lines: true },
  });
  ajv.addVocabulary([...extensions]);
  return ajv;
}

/**
 * Compiles the schemas below `folder` into the module `target`. Those with an `x-name` describe what gxgen reads;
 * of those, `"x-checked": false` leaves out the check. The rest describe what gxgen prints, and are for others.
 * A schema refers to another by its file name: `{"$ref": "gravity.schema.json#/$defs/umask"}`.
 */
export async function compileSchemas(folder: string, target: string): Promise<void> {
  const schemas = readSchemas(folder);
  const ajv = makeCompiler();
  for (const [name, schema] of schemas) {
    const checked = strip(discriminate(schema, schemas), [...annotations, ...extensions, '$schema']);
    ajv.addSchema({ ...(checked as Json), $id: `${name}.schema.json` });
  }
  const code = new Map<string, string>();
  for (const [name, schema] of schemas) {
    if (schema['x-name'] === undefined || schema['x-checked'] === false) continue;
    const validate = ajv.getSchema(`${name}.schema.json`);
    if (!validate) throw new Error(`schema "${name}" does not compile`);
    code.set(name, leanCheck(standalone.default(ajv, validate)));
  }
  const data = [...schemas].flatMap(([name, schema]) => {
    if (schema['x-name'] === undefined) return [];
    const kept = packed(strip(schema, ['title', 'description', 'examples', '$schema', '$comment']));
    // Parsing a text is quicker than building the same value as code, and one text is quicker to load than thousands.
    return `${JSON.stringify(name)}: () => JSON.parse(${JSON.stringify(JSON.stringify(kept))})`;
  });
  const checks = [...code.keys()].map((name) => `${JSON.stringify(name)}: () => require("schema:${name}")`);
  await build({
    stdin: {
      contents: `export const schemas = {\n${data.join(',\n')}\n};\nexport const validators = {\n${checks.join(',\n')}\n};\n`,
      resolveDir: '.',
    },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    minify: true,
    logLevel: 'warning',
    outfile: target,
    plugins: [
      {
        name: 'compiled-schemas',
        setup(bundle) {
          bundle.onResolve({ filter: /^schema:/ }, ({ path }) => ({
            path: path.slice(7),
            namespace: 'schema',
          }));
          bundle.onLoad({ filter: /.*/, namespace: 'schema' }, ({ path }) => ({
            contents: code.get(path) ?? '',
            resolveDir: '.',
          }));
        },
      },
    ],
  });
}
