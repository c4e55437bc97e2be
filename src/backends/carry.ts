// Turns what an escape function refuses into an error at the value. One mistake gives one finding, although the
// same value may end up in every process.

import type { Code } from '../diagnostics/codes.ts';
import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { type Located, spanOf } from '../model/located.ts';
import type { Escaped } from './kernel.ts';

/**
 * Gives the escaped text, or reports and gives undefined.
 * @param what the value in words, never the value itself: `argument 3 of "gunicorn"`
 * @param origin where the value was written
 */
export type Carry = (escaped: Escaped, what: string, origin: Located<unknown>) => string | undefined;

/**
 * @param target the target in words, as messages name it: `systemd`
 * @param of the code to report under and its consequence; without it, those of what starts processes
 */
export function carrier(
  target: string,
  report: Report,
  of: { readonly code: Code; readonly why: string } = {
    code: 'GX700',
    why: 'the process would get another value than the one written, or would not start at all',
  },
): Carry {
  const seen = new Set<string>();
  return (escaped, what, origin) => {
    if ('text' in escaped) return escaped.text;
    const span = spanOf(origin);
    const place = span ? `${span.source.path}\0${span.start}` : String(origin.value);
    const key = `${place}\0${escaped.refusal}`;
    if (!seen.has(key)) {
      seen.add(key);
      report(
        problem(of.code, `${target} cannot be given ${what}: it ${escaped.refusal}`, span, {
          why: of.why,
          ...(escaped.refusal.startsWith('holds') ? { help: 'write a value without it' } : {}),
        }),
      );
    }
    return undefined;
  };
}

/** All of the texts, or undefined when one of them was refused. */
export function complete(texts: readonly (string | undefined)[]): string[] | undefined {
  return texts.every((one) => one !== undefined) ? [...texts] : undefined;
}

/** True when no text of the record was refused. */
export function isComplete<T extends Record<string, string | undefined>>(
  data: T,
): data is T & Record<keyof T, string> {
  return Object.values(data).every((one) => one !== undefined);
}
