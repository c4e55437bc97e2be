// What the `yaml` package complains about, said for people: one finding for one mistake, at the place where it was
// made. The package's codes are coarse, so the text at the place decides what to say.

import type { Code } from '../diagnostics/codes.ts';
import { type Details, type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { lineStart, lineText, position, type Source, span } from '../text/source.ts';

/** A complaint of the package: its own code and message, and offsets. */
export interface ParserError {
  readonly code: string;
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/**
 * The faults of a file in order. Complaints behind the first fault of the token stream (`scanned`) are its echoes,
 * and so is a second complaint about one line.
 */
export function explainErrors(
  source: Source,
  scanned: readonly Diagnostic[],
  errors: readonly ParserError[],
): Diagnostic[] {
  const horizon = Math.min(...scanned.map((fault) => fault.span?.start ?? 0), source.text.length + 1);
  const found = [...scanned];
  const seenLines = new Set<number>();
  for (const error of [...errors].sort((a, b) => a.start - b.start)) {
    if (error.start >= horizon) break;
    const fault = explain(source, error);
    const line = position(source, fault.span?.start ?? error.start).line;
    const noticed = position(source, error.start).line;
    if (seenLines.has(line) || seenLines.has(noticed)) continue;
    seenLines.add(line).add(noticed);
    // Where text stands after a value that is complete, the parser takes up the rest of the line, and often of the
    // file, as if it were alone.
    found.push(fault);
    if (error.message.includes('in YAML stream')) break;
  }
  return found.sort((a, b) => (a.span?.start ?? 0) - (b.span?.start ?? 0));
}

/** One complaint in words. */
function explain(source: Source, error: ParserError): Diagnostic {
  const say = (code: Code, message: string, start: number, end: number, details: Details = {}) =>
    problem(code, message, span(source, start, end), withInvisible(source, start, details));
  const { text } = source;
  const { start, end } = error;
  switch (error.code) {
    case 'BLOCK_AS_IMPLICIT_KEY':
      return explainNested(source, error, say);
    case 'MULTILINE_IMPLICIT_KEY':
      return explainMissingColon(source, error, say);
    case 'BAD_INDENT':
      return explainIndent(source, error, say);
    case 'BAD_DQ_ESCAPE':
      return say(
        'GX106',
        `"${text.slice(start, start + 2)}" is no escape that double quotes know`,
        start,
        end + 1,
        {
          help: 'write the backslash twice, or put the text in single quotes',
        },
      );
    case 'BAD_SCALAR_START':
      return explainStart(source, error, say);
    case 'BLOCK_IN_FLOW':
      return say('GX104', 'missing "," inside brackets', start, end, {
        help: 'separate the items with ","; text that holds ": " goes in quotes',
      });
    case 'TAB_AS_INDENT':
      return say('GX103', 'tab in the indentation', start, end, { help: 'indent with spaces' });
    case 'KEY_OVER_1024_CHARS':
      return say('GX105', 'a key is longer than 1024 characters', start, start + 1, {
        help: 'look for a quote or bracket that is closed too late',
      });
    case 'MULTIPLE_DOCS':
      return say('GX108', 'a second document begins here', start, end, {
        help: 'a configuration file holds one document; remove the line "---" or the text behind it',
      });
    case 'FLOW_INDICATOR':
      return say('GX104', 'unquoted "?" or leading ":" inside brackets', start, end, {
        why: 'PyYAML takes it for the mark of a key or a value there',
        help: 'put the text in quotes',
      });
    case 'NO_KEY':
      return say('GX105', 'a ":" without a key before it', start, end, {
        help: 'write the key before it; if the text is meant, put it in quotes',
      });
    case 'BAD_DIRECTIVE':
      return say('GX100', 'this directive cannot be read', start, end, { help: 'remove the line' });
    case 'MULTIPLE_ANCHORS':
    case 'MULTIPLE_TAGS':
    case 'BAD_PROP_ORDER':
    case 'ALIAS_PROPS':
      return say(
        'GX100',
        'a value has one anchor "&name" and one tag "!name" at most, before it',
        start,
        end,
        {
          help: 'if the text is meant, put it in quotes',
        },
      );
    case 'BAD_ALIAS':
      return say('GX112', 'a "*" or "&" without a name', start, end, {
        help: 'if the text is meant, put it in quotes',
      });
    case 'TAG_RESOLVE_FAILED':
      return say('GX114', `the tag "${shorten(text.slice(start, end))}" cannot be read`, start, end, {
        help: 'if the text is meant, put it in quotes',
      });
    default:
      return explainToken(source, error, say);
  }
}

type Say = (code: Code, message: string, start: number, end: number, details?: Details) => Diagnostic;

// `key: value: more`, or a mapping indented under a key that already has a value.
function explainNested(source: Source, { start }: ParserError, say: Say): Diagnostic {
  const { text } = source;
  const { line } = position(source, start);
  const content = firstNonBlank(source, line);
  if (/^-(?:\s|$)/.test(text.slice(content, content + 2)) && start <= content)
    return say('GX102', 'a list item stands among the keys of a mapping', content, content + 1, {
      help: 'indent the list under its key, or give the item a key',
    });
  const lineEnd = lineStart(source, line) + lineText(source, line).length;
  const rest = text.slice(start, lineEnd);
  if (/:(?:\s|$)/.test(rest)) {
    const value = rest.replace(/\s+#.*$/, '').trimEnd();
    return say('GX105', 'a second ":" in the value of a key', start, start + value.length, {
      why: 'YAML takes text before ": " for a key, and a mapping cannot begin on the line of its key',
      help: 'put the value in quotes; a nested key goes on its own line, indented deeper',
    });
  }
  const next = nextContentLine(source, line);
  const from = firstNonBlank(source, next);
  const key = /^[^\s:#]+/.exec(lineText(source, next).trimStart())?.[0] ?? '';
  const outer = /([^\s:#{[,-][^\s:]*)\s*:\s*$/.exec(text.slice(lineStart(source, line), start))?.[1] ?? '';
  return say(
    'GX102',
    `"${shorten(key)}" is indented under "${shorten(outer)}", which already has a value`,
    from,
    from + Math.max(1, key.length),
    {
      labels: [{ span: span(source, start, lineEnd), text: 'the value' }],
      help: `indent "${shorten(key)}" exactly as its sibling keys`,
    },
  );
}

// A line of a mapping without a colon: the parser joined it with the next one, or ended the file.
function explainMissingColon(source: Source, error: ParserError, say: Say): Diagnostic {
  const { line } = position(source, error.start);
  const from = firstNonBlank(source, line);
  const words = lineText(source, line)
    .trim()
    .replace(/\s+#.*$/, '');
  const end = from + words.length;
  if (/^-(?:\s|$)/.test(words))
    return say('GX102', 'a list item stands among the keys of a mapping', from, from + 1, {
      help: 'indent the list under its key, or give the item a key',
    });
  const tight = /^([A-Za-z_][\w.-]*):(?=[^\s/:])/.exec(words);
  if (tight) {
    const colon = from + (tight[1] ?? '').length;
    return say('GX105', `missing space behind "${shorten(tight[0])}"`, colon, colon + 1, {
      help: 'put a space behind the ":"',
      fix: {
        title: 'put a space behind the ":"',
        edits: [{ span: span(source, colon + 1), text: ' ' }],
        safe: true,
      },
    });
  }
  return say('GX105', `missing ":" behind "${shorten(words)}"`, from, end, {
    help: 'a key is followed by ":"; text that goes on from the line above is indented deeper than its key',
  });
}

function explainIndent(source: Source, { start }: ParserError, say: Say): Diagnostic {
  let { line } = position(source, start);
  if (
    lineText(source, line)
      .slice(position(source, start).column - 1)
      .trim() === ''
  )
    line = nextContentLine(source, line);
  const from = firstNonBlank(source, line);
  const column = from - lineStart(source, line);
  const words = lineText(source, line).trim();
  const end = from + (/^(?:-(?=\s|$)|[^\s:#]+)/.exec(words)?.[0].length ?? 1);
  const above = siblingAbove(source, line, column);
  if (above !== undefined && /^-(?:\s|$)/.test(above.words) !== /^-(?:\s|$)/.test(words)) {
    const item = /^-(?:\s|$)/.test(words);
    return say('GX102', item ? 'a list item stands among keys' : 'a key stands among list items', from, end, {
      labels: [{ span: span(source, above.start, above.start + 1), text: 'same indentation here' }],
      help: item
        ? 'indent the list under its key'
        : 'indent the key with the item it belongs to, or outdent it',
    });
  }
  const near = above ?? lineAbove(source, line);
  return say(
    'GX102',
    `this line is indented by ${spaces(column)}, like no line that it could belong to`,
    from,
    end,
    {
      ...(near === undefined
        ? {}
        : {
            labels: [
              {
                span: span(source, near.start, near.start + 1),
                text: `indented by ${spaces(near.start - lineStart(source, near.line))}`,
              },
            ],
          }),
      help: 'indent it exactly as its siblings above',
    },
  );
}

function explainStart(source: Source, { start }: ParserError, say: Say): Diagnostic {
  const { text } = source;
  const { line } = position(source, start);
  const lineEnd = lineStart(source, line) + lineText(source, line).length;
  const value = text
    .slice(start, lineEnd)
    .replace(/\s+#.*$/, '')
    .trimEnd();
  const first = text.charAt(start);
  const certain = /^[@%`]/.test(value) && !/['"]|: |[,\]}]/.test(value);
  return say(
    'GX100',
    `an unquoted value cannot begin with "${first}"`,
    start,
    start + Math.max(1, value.length),
    {
      help: 'put the value in quotes',
      ...(certain
        ? {
            fix: {
              title: 'put the value in quotes',
              edits: [
                { span: span(source, start), text: "'" },
                { span: span(source, start + value.length), text: "'" },
              ],
              safe: true,
            },
          }
        : {}),
    },
  );
}

// MISSING_CHAR and UNEXPECTED_TOKEN: the text at the place, and before it, tells what happened.
function explainToken(source: Source, error: ParserError, say: Say): Diagnostic {
  const { text } = source;
  const { start, end, code } = error;
  const { line, column } = position(source, start);
  const here = lineText(source, line);
  const before = here.slice(0, column - 1);
  const lead = before.trimEnd().slice(-1);
  if (
    /^\s*%/.test(lineText(source, 1)) &&
    code === 'MISSING_CHAR' &&
    before.trim() === '' &&
    error.message.includes('directives')
  )
    return say('GX100', 'the line "---" is missing behind a line that begins with "%"', start, start + 1, {
      help: 'put a line "---" before this one, or quote the text that begins with "%"',
    });
  if (before.trim() === '' && /indentation indicator/.test(error.message))
    return say(
      'GX102',
      'the first lines of this text block are indented deeper than its text',
      start,
      start + 1,
      {
        help: 'remove the spaces on the blank lines at its start',
      },
    );
  if (/[|>]/.test(text.charAt(start - 1)) || /^[|>]/.test(text.slice(start, end)))
    return say(
      'GX100',
      `unexpected text behind "${/[|>]/.exec(before + here.slice(column - 1))?.[0] ?? '|'}"`,
      start,
      end,
      {
        help: 'the text of a block begins on the next line',
      },
    );
  if (/["'\]}]/.test(lead) && before.trim() !== '') {
    const quote = lead === '"' || lead === "'";
    return say('GX100', `unexpected text behind the closing ${lead}`, start, Math.max(end, start + 1), {
      help: quote
        ? lead === "'"
          ? "put the whole value in quotes; inside single quotes a ' is written ''"
          : 'put the whole value in one pair of quotes; inside double quotes a " is written \\"'
        : `a value that begins with "${lead === ']' ? '[' : '{'}" and is meant as text goes in quotes`,
    });
  }
  if (/^-(?:\s|$)/.test(text.slice(start, start + 2)) && before.trim() !== '')
    return say('GX102', 'a list cannot begin on the line of its key', start, start + 1, {
      help: 'put the first "- " on a line of its own',
    });
  if (/^[\]},]/.test(text.charAt(start)))
    return say('GX104', `"${text.charAt(start)}" does not fit here`, start, start + 1, {
      help: 'remove it, or put the text in quotes',
    });
  if (error.message.includes('flow') || /[[{,]/.test(lead))
    return say('GX104', 'missing "," or ":" inside brackets', start, Math.max(end, start + 1), {
      help: 'separate the items with ","; put text that holds brackets or commas in quotes',
    });
  if (code === 'MISSING_CHAR' && error.message.includes('followed by map values'))
    return explainMissingColon(source, error, say);
  if (error.message.includes('white space'))
    return say('GX100', 'a space is missing before this', start, start + 1, {
      help: 'put a space before it; if the text is meant, put the value in quotes',
    });
  if (before.trim() === '' || column === 1) return explainIndent(source, error, say);
  return say('GX100', 'unexpected text behind a value', start, Math.max(end, start + 1), {
    help: 'put the whole value in quotes',
  });
}

function withInvisible(source: Source, at: number, details: Details): Details {
  const line = lineText(source, position(source, at).line);
  const character = /[\u00a0\u200b\u202f\u2060\u3000]/.exec(line)?.[0];
  if (character === undefined) return details;
  const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
  return {
    ...details,
    help: `the line holds the invisible character ${name}, which is no space: replace it`,
  };
}

interface Line {
  readonly line: number;
  /** Offset of the first character that is no space. */
  readonly start: number;
  readonly words: string;
}

// How far a message may look back for a line to compare with: bounded, so that many errors stay cheap.
const farthest = 200;

function lineAbove(source: Source, line: number): Line | undefined {
  for (let at = line - 1; at > 0 && at > line - farthest; at--) {
    const words = lineText(source, at).trim();
    if (words !== '' && !words.startsWith('#')) return { line: at, start: firstNonBlank(source, at), words };
  }
  return undefined;
}

function siblingAbove(source: Source, line: number, column: number): Line | undefined {
  for (
    let at = lineAbove(source, line);
    at !== undefined && at.line > line - farthest;
    at = lineAbove(source, at.line)
  ) {
    const other = at.start - lineStart(source, at.line);
    if (other === column) return at;
    if (other < column) return undefined;
  }
  return undefined;
}

function firstNonBlank(source: Source, line: number): number {
  const text = lineText(source, line);
  return lineStart(source, line) + (text.length - text.trimStart().length);
}

function nextContentLine(source: Source, line: number): number {
  for (let at = line + 1; at < line + farthest; at++) {
    const words = lineText(source, at).trim();
    if (words !== '' && !words.startsWith('#')) return at;
    if (lineStart(source, at) >= source.text.length) break;
  }
  return line;
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}

function shorten(words: string): string {
  return words.length > 40 ? `${words.slice(0, 37)}...` : words;
}
