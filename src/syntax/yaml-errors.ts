// What the `yaml` package complains about, said for people: one finding for one mistake, at the place where it was
// made. The package's codes are coarse, so the text at the place decides what to say; its messages are not read.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { position, type Source } from '../text/source.ts';
import { explainIndent, explainMissingColon, explainNested } from './yaml-error-lines.ts';
import { explainStart, explainToken } from './yaml-error-tokens.ts';
import { lineAt, type Say, sayIn, shorten } from './yaml-lines.ts';
import type { Scan } from './yaml-scan.ts';

/** A complaint: a code of the package or of yaml-compose.ts, and offsets. */
export interface ParserError {
  readonly code: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The faults of a file in order. Complaints after the first fault of the token stream are its echoes, and so is a
 * second complaint about one line.
 */
export function explainErrors(source: Source, scan: Scan, errors: readonly ParserError[]): Diagnostic[] {
  const found: Diagnostic[] = [...scan.faults];
  const horizon = Math.min(source.text.length + 1, ...found.map((fault) => fault.span?.start ?? 0));
  const seenLines = new Set<number>();
  for (const error of errors.toSorted((a, b) => a.start - b.start)) {
    if (error.start >= horizon) break;
    const fault = explain(source, scan, error);
    const noticed = position(source, error.start).line;
    const line = position(source, fault.span?.start ?? error.start).line;
    if (seenLines.has(line) || seenLines.has(noticed)) continue;
    seenLines.add(line).add(noticed);
    found.push(fault);
    // The document has ended for the parser; what it says about the rest of the file means nothing.
    if (error.code === 'STRAY_TOKEN') break;
  }
  return found.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

function explain(source: Source, scan: Scan, { code, start, end }: ParserError): Diagnostic {
  const say = sayIn(source);
  switch (code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return explainNested(source, start, say);
    case 'MULTILINE_IMPLICIT_KEY':
      return scan.inBrackets(start)
        ? explainToken(source, start, lineAt(source, position(source, start).line).end, true, say)
        : explainMissingColon(source, start, say);
    case 'BAD_INDENT':
      return explainIndent(source, start, say);
    case 'BAD_SCALAR_START':
      return explainStart(source, start, say);
    default:
      return (
        explainSimple(source, code, start, end, say) ??
        explainToken(source, start, end, scan.inBrackets(start), say)
      );
  }
}

/** Complaints whose code says it all. */
function explainSimple(
  source: Source,
  code: string,
  start: number,
  end: number,
  say: Say,
): Diagnostic | undefined {
  const quote = 'if the text is meant, put it in quotes';
  switch (code) {
    case 'BAD_DQ_ESCAPE':
      return say(
        'GX106',
        `"${source.text.slice(start, start + 2)}" is no escape of double quotes`,
        start,
        start + 2,
        {
          help: 'write the backslash twice, or put the text in single quotes',
        },
      );
    case 'SURROGATE':
      return say('GX106', 'this escape is half a character', start, end, {
        why: 'Python keeps the halves apart and cannot write them to any file',
        help: 'write the character itself, or its one escape "\\U" with eight digits',
      });
    case 'BLOCK_IN_FLOW':
      return say('GX104', 'a "," is missing inside brackets', start, end, {
        help: 'separate the items with ","; text that holds ": " goes in quotes',
      });
    case 'FLOW_INDICATOR':
      return say('GX104', 'an unquoted "?" or a leading ":" inside brackets', start, end, {
        why: 'PyYAML takes it for the mark of a key or a value there',
        help: 'put the text in quotes',
      });
    case 'NO_KEY':
      return say('GX105', 'a ":" without a key before it', start, end, {
        help: `write the key before it; ${quote}`,
      });
    case 'TAB_AS_INDENT':
      return say('GX103', 'a tab in the indentation', start, end, { help: 'indent with spaces' });
    case 'KEY_OVER_1024_CHARS':
      return say('GX105', 'a key is longer than 1024 characters', start, start + 1, {
        help: 'look for a quote or bracket that is closed too late',
      });
    case 'MULTIPLE_DOCS':
      return say('GX108', 'a second document begins here', start, end, {
        help: 'a configuration file holds one document: remove the line "---", or what follows it',
      });
    case 'NO_DOCUMENT_START':
      return say('GX100', 'the line "---" is missing after a line that begins with "%"', start, end, {
        help: 'put a line "---" before this one; a text that begins with "%" goes in quotes',
      });
    case 'BAD_DIRECTIVE':
      return say('GX100', 'a directive that PyYAML cannot read', start, end, { help: 'remove the line' });
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'BAD_PROP_ORDER':
    case 'ALIAS_PROPS':
      return say(
        'GX100',
        'a value takes one anchor "&name" and one tag "!name", an alias neither',
        start,
        end,
        {
          help: quote,
        },
      );
    case 'BAD_ALIAS':
      return say('GX112', 'a "*" or "&" without a name', start, end, { help: quote });
    case 'TAG_RESOLVE_FAILED':
      return say('GX114', `unknown tag "${shorten(source.text.slice(start, end))}"`, start, end, {
        help: quote,
      });
    default:
      return undefined;
  }
}
