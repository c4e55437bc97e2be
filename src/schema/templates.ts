// Templates as functions: compiled when gxgen is built, or from a folder given with `--templates`.

import { createRequire } from 'node:module';
import Handlebars from 'handlebars/runtime.js';
import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { lineStart, lineText, makeSource, type Source, span } from '../text/source.ts';
import { compileOptions } from './template-options.ts';
import { precompiled } from './templates.gen.js';

/** Text of a template with that data. Data is complete: a missing field is a fault in gxgen, and throws. */
export type Templates = (name: string, data: object) => string;

type Compiler = typeof import('handlebars');

/** Names of the templates that this program has. */
export function templateNames(): string[] {
  return Object.keys(precompiled).sort();
}

/** The templates gxgen ships, by path under `templates/` without `.hbs`: `systemd/service`. */
export function builtinTemplates(): Templates {
  const cache = new Map<string, (data: object) => string>();
  return (name, data) => {
    let template = cache.get(name);
    if (!template) {
      const spec = precompiled[name]?.();
      if (spec === undefined) throw new Error(`no template "${name}"`);
      template = (Handlebars as unknown as Compiler).template(spec as TemplateSpecification) as (
        data: object,
      ) => string;
      cache.set(name, template);
    }
    return template(data);
  };
}

/**
 * The shipped templates with others in the place of some. What is wrong in one of them is reported once, and the
 * shipped one is used.
 * @param read text of the template of that name, or undefined where the shipped one stays
 * @param pathOf the name people see for it
 */
export function overriddenTemplates(
  builtin: Templates,
  read: (name: string) => string | undefined,
  report: Report,
  pathOf: (name: string) => string = (name) => `${name}.hbs`,
): Templates {
  const overrides = new Map<string, Templates>();
  for (const name of templateNames()) {
    const text = read(name);
    if (text !== undefined) overrides.set(name, override(makeSource(pathOf(name), text), builtin, report));
  }
  return (name, data) => (overrides.get(name) ?? builtin)(name, data);
}

function override(source: Source, builtin: Templates, report: Report): Templates {
  let broken = false;
  const fail = (code: 'GX730' | 'GX731', error: unknown) => {
    broken = true;
    reportBroken(source, code, error, report);
  };
  const { create } = compiler();
  const handlebars = create();
  const render = handlebars.compile<object>(source.text, compileOptions);
  try {
    // `compile` would find these only when the template is first used.
    handlebars.precompile(source.text, compileOptions);
  } catch (error) {
    fail('GX730', error);
  }
  return (name, data) => {
    if (broken) return builtin(name, data);
    try {
      return render(data);
    } catch (error) {
      fail('GX731', error);
      return builtin(name, data);
    }
  };
}

// handlebars tells the line in words: "Parse error on line 3:", `"x" not defined in [object Object] - 3:4`.
function reportBroken(source: Source, code: 'GX730' | 'GX731', error: unknown, report: Report): void {
  const text = error instanceof Error ? error.message : String(error);
  const [, parsed, placed] = /^Parse error on line ([0-9]+)|- ([0-9]+):[0-9]+$/.exec(text) ?? [];
  const line = Number(parsed ?? placed ?? 1);
  const start = lineStart(source, line);
  const where = span(source, start, start + lineText(source, line).length);
  const field = /^"(.*)" not defined/.exec(text)?.[1];
  const reason = text.startsWith('Parse error')
    ? `unexpected ${/got '([A-Z_]+)'/.exec(text)?.[1] ?? 'text'}`
    : text.replace(/ - [0-9]+:[0-9]+$/, '');
  const message =
    field === undefined
      ? `the template cannot be ${code === 'GX730' ? 'read' : 'rendered'}: ${reason}`
      : `the template asks for "${field}", which it is not given`;
  const help = 'compare it with the template of that name that gxgen ships';
  report(problem(code, message, where, { help }));
}

// The compiler is large and rarely needed. In the bundle, `require` loads the copy inside it.
function compiler(): Compiler {
  const loaded: unknown =
    typeof require === 'function' ? require('handlebars') : createRequire(import.meta.url)('handlebars');
  return loaded as Compiler;
}
