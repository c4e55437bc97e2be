// `name_template` of dynamic handlers: the subset of Python's str.format that three known fields can use.

/** The fields Gravity offers. */
export interface TemplateFields {
  readonly name: string;
  readonly process: number;
  readonly instance_name: string;
}

export type TemplateResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

/** Fills a template; braces are doubled to stand for themselves. */
export function fillNameTemplate(template: string, fields: TemplateFields): TemplateResult {
  let out = '';
  let at = 0;
  while (at < template.length) {
    const character = template[at] as string;
    if (character !== '{' && character !== '}') {
      out += character;
      at++;
    } else if (template[at + 1] === character) {
      out += character;
      at += 2;
    } else if (character === '}') {
      return { ok: false, message: 'a single "}" stands for nothing; write "}}" for the character' };
    } else {
      const end = template.indexOf('}', at);
      if (end < 0) return { ok: false, message: 'a "{" is never closed' };
      const filled = fillField(template.slice(at + 1, end), fields);
      if (!filled.ok) return filled;
      out += filled.text;
      at = end + 1;
    }
  }
  return { ok: true, text: out };
}

function fillField(inner: string, fields: TemplateFields): TemplateResult {
  const colon = inner.indexOf(':');
  const name = colon < 0 ? inner : inner.slice(0, colon);
  const format = colon < 0 ? '' : inner.slice(colon + 1);
  if (!(name === 'name' || name === 'process' || name === 'instance_name')) {
    return {
      ok: false,
      message: `"{${inner}}" is no field; the fields are {instance_name}, {name} and {process}`,
    };
  }
  const value = fields[name];
  const match = /^([<>^]?)(0?)(\d{0,3})([ds]?)$/.exec(format);
  const wrongType = typeof value === 'number' ? match?.[4] === 's' : match?.[4] === 'd' || match?.[2] === '0';
  if (!match || wrongType) return { ok: false, message: `the format "${format}" does not fit {${name}}` };
  const [, align = '', zero = '', width = ''] = match;
  return {
    ok: true,
    text: pad(String(value), Number(width), align || (typeof value === 'number' ? '>' : '<'), zero || ' '),
  };
}

function pad(text: string, width: number, align: string, fill: string): string {
  const missing = Math.max(0, width - text.length);
  if (align === '<') return text + fill.repeat(missing);
  if (align === '>') return fill.repeat(missing) + text;
  const left = missing >> 1;
  return fill.repeat(left) + text + fill.repeat(missing - left);
}
