// The `%` of supervisor's values: Python's formatting with a dictionary, as far as command lines use it.

import { quoted } from './routing-place.ts';

export type Expanded =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string; readonly at: number };

const form = /%(?:(%)|\(([^()]*)\)([-+ #0]*)(\d{0,2})(?:\.(\d{0,2}))?([a-zA-Z]))/y;

/**
 * Replaces `%%` and `%(name)s`, `%(name)02d`. @param lookup the value of a name, or undefined: supervisord then stops
 * @returns or the offset of what supervisord refuses
 */
export function expandPercent(text: string, lookup: (name: string) => string | number | undefined): Expanded {
  const parts: string[] = [];
  let done = 0;
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', done)) {
    form.lastIndex = at;
    const match = form.exec(text);
    if (!match) return { ok: false, message: 'a single "%" stands for nothing', at };
    const [whole, percent, name = '', flags = '', width = '', precision, kind = ''] = match;
    parts.push(text.slice(done, at));
    done = at + whole.length;
    if (percent !== undefined) {
      parts.push('%');
      continue;
    }
    const value = lookup(name);
    if (value === undefined) return { ok: false, message: `supervisor knows no name ${quoted(name)}`, at };
    if (!/[sdiu]/.test(kind) || (kind !== 's' && typeof value !== 'number'))
      return {
        ok: false,
        message: `${quoted(whole)} is no way to write a ${typeof value === 'number' ? 'number' : 'text'}`,
        at,
      };
    parts.push(padded(value, kind, flags, Number(width), precision));
  }
  parts.push(text.slice(done));
  return { ok: true, text: parts.join('') };
}

function padded(
  value: string | number,
  kind: string,
  flags: string,
  width: number,
  precision: string | undefined,
): string {
  const plain = String(value);
  if (kind === 's') {
    const text = precision === undefined ? plain : plain.slice(0, Number(precision));
    return flags.includes('-') ? text.padEnd(width) : text.padStart(width);
  }
  const digits = plain.padStart(Number(precision ?? 0), '0');
  if (flags.includes('-')) return digits.padEnd(width);
  return digits.padStart(width, flags.includes('0') ? '0' : ' ');
}
