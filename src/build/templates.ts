// templates/**/*.hbs -> src/schema/templates.gen.js, so that the shipped program compiles no template at run time.

import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import Handlebars from 'handlebars';
import { compileOptions } from '../schema/template-options.ts';

/** Compiles every template below `folder` into the module `target`. */
export function compileTemplates(folder: string, target: string): void {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith('.hbs'))
    .map((one) => relative(folder, join(one.parentPath, one.name)))
    .sort();
  const lines = names.map((name) => {
    const spec = Handlebars.precompile(readFileSync(join(folder, name), 'utf8'), compileOptions);
    // Behind a function: a command makes the templates of its target, and not all of them.
    return `${JSON.stringify(name.replace(/\.hbs$/, ''))}: () => (${withoutPlaces(String(spec))})`;
  });
  writeFileSync(target, `export const precompiled = {\n${lines.join(',\n')}\n};\n`);
}

// Each field and each helper comes with its place in the template, objects that are made anew at every use; they would
// only serve the message about a field that is missing from gxgen's own data.
function withoutPlaces(code: string): string {
  const place = String.raw`\{"start":\{[^{}]*\},"end":\{[^{}]*\}\}`;
  return code.replace(new RegExp(`, ${place} \\)`, 'g'), ')').replace(new RegExp(`,"loc":${place}`, 'g'), '');
}
