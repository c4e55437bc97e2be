// A problem in a few lines of plain text, for formats that have one field for it.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { visible } from '../text/width.ts';
import type { Secrets } from './secrets.ts';

/** What, why, the values that took part, and what to do: one line each, without control characters. */
export function messageLines(one: Diagnostic, { redact }: Secrets): string[] {
  const quoted = (text: string) => text.split('\n').map((line) => visible(redact(line, true)));
  return [
    visible(redact(one.message, false)),
    ...one.notes.flatMap(({ kind, text }) => quoted(`${kind}: ${text}`)),
    ...(one.help === undefined ? [] : quoted(`help: ${one.help}`)),
  ];
}
