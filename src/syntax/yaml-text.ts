// The characters of a YAML file, before anything is parsed: what PyYAML refuses or takes for a line end.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { type Source, span } from '../text/source.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that the check is about
const forbidden = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Characters that no YAML file may hold, in order, at most `limit` of them. */
export function forbiddenCharacters(source: Source, limit: number): Diagnostic[] {
  const found: Diagnostic[] = [];
  forbidden.lastIndex = 0;
  for (
    let match = forbidden.exec(source.text);
    match && found.length < limit;
    match = forbidden.exec(source.text)
  ) {
    const code = match[0].charCodeAt(0);
    const name = `U+${code.toString(16).toUpperCase().padStart(4, '0')}`;
    found.push(
      problem('GX107', `${kindOf(code)} ${name} in the text`, span(source, match.index, match.index + 1), {
        help: 'delete it; inside double quotes it can be written as an escape',
      }),
    );
  }
  return found;
}

function kindOf(code: number): string {
  if (code === 0xfeff) return 'byte order mark';
  return code === 0x85 || code === 0x2028 || code === 0x2029 ? 'invisible line end' : 'control character';
}

/** The text with every lone CR turned into LF, as PyYAML reads it; offsets stay the same. */
export function normaliseLineEnds(text: string): string {
  return text.includes('\r') ? text.replace(/\r(?!\n)/g, '\n') : text;
}
