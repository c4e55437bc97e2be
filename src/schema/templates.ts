// Templates as functions: compiled when gxgen is built, or from a folder given with `--templates`.

import Handlebars from 'handlebars/runtime.js';
import { precompiled } from './templates.gen.js';

/** Text of a template with that data. Data is complete: a missing field is a fault in gxgen, and throws. */
export type Templates = (name: string, data: object) => string;

type Runtime = typeof import('handlebars');

/** The templates gxgen ships, by path under `templates/` without `.hbs`: `systemd/service`. */
export function builtinTemplates(): Templates {
  const environment = (Handlebars as unknown as Runtime).create();
  const cache = new Map<string, (data: object) => string>();
  return (name, data) => {
    let template = cache.get(name);
    if (!template) {
      const spec = precompiled[name];
      if (spec === undefined) throw new Error(`no template "${name}"`);
      template = environment.template(spec as TemplateSpecification) as (data: object) => string;
      cache.set(name, template);
    }
    return template(data);
  };
}
