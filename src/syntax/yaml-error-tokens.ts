// Faults inside a line: text that cannot begin a value, or that follows one.

import type { Diagnostic, Fix } from '../diagnostics/diagnostic.ts';
import { lineText, position, type Source, span } from '../text/source.ts';
import { explainIndent, explainMissingColon } from './yaml-error-lines.ts';
import { isItem, lineAbove, lineAt, type Say, withoutComment } from './yaml-lines.ts';

/** `key: @value`: a character that YAML reserves. */
export function explainStart(source: Source, start: number, say: Say): Diagnostic {
  const { end: lineEnd } = lineAt(source, position(source, start).line);
  const value = withoutComment(source.text.slice(start, Math.max(lineEnd, start + 1)));
  const end = start + Math.max(1, value.length);
  // Nothing but the text can be meant where it holds no other mark of YAML.
  const certain = /^[@%`]/.test(value) && !/['"]|: |:$|[,\]}]/.test(value);
  const fix: Fix = {
    title: 'put the value in quotes',
    edits: [
      { span: span(source, start), text: "'" },
      { span: span(source, end), text: "'" },
    ],
    safe: true,
  };
  return say('GX100', `an unquoted value cannot begin with "${source.text.charAt(start)}"`, start, end, {
    help: 'put the value in quotes',
    ...(certain && { fix }),
  });
}

/** A token that does not fit; the text before it tells what happened. */
export function explainToken(
  source: Source,
  start: number,
  to: number,
  inBrackets: boolean,
  say: Say,
): Diagnostic {
  const { text } = source;
  const end = Math.max(to, start + 1);
  const { line, column } = position(source, start);
  const before = lineText(source, line).slice(0, column - 1);
  const lead = before.trimEnd().slice(-1);
  const first = text.charAt(start);
  if (first === '#')
    return say('GX100', 'a space is missing before the comment', start, start + 1, {
      help: 'put a space before the "#"; if the text is meant, put the value in quotes',
    });
  if (inBrackets)
    return say('GX104', 'a "," or ":" is missing inside brackets', start, end, {
      help: 'separate the items with ","; text that holds brackets or commas goes in quotes',
    });
  const header = /(?:^|[\s:-])([|>])[^\s]*$/.exec(before)?.[1] ?? /^[|>]/.exec(text.slice(start, end))?.[0];
  if (header !== undefined)
    return say('GX100', `unexpected text after "${header}"`, start, end, {
      help: 'the text of a block begins on the next line',
    });
  if (before.trim() !== '' && /["'\]}]/.test(lead)) return explainAfterClosing(lead, start, end, say);
  if (before.trim() !== '' && !isItem(before.trim()) && isItem(text.slice(start, start + 2)))
    return say('GX102', 'a list cannot begin on the line of its key', start, start + 1, {
      help: 'put the first "- " on a line of its own',
    });
  if (/[\]},]/.test(first))
    return say('GX104', `"${first}" does not fit here`, start, start + 1, {
      help: 'remove it, or put the text in quotes',
    });
  if (/[&!]\S*$/.test(before))
    return say('GX100', 'a space is missing before this', start, start + 1, {
      help: 'put a space before it; if the text is meant, put the value in quotes',
    });
  if (/^\s*(?:-\s+)*$/.test(before)) {
    if (/[|>][-+0-9]*$/.test(lineAbove(source, line)?.words ?? ''))
      return say(
        'GX102',
        'the first lines of this text block are indented deeper than its text',
        start,
        start + 1,
        {
          help: 'remove the spaces from the blank lines at its start',
        },
      );
    return /^[^*&].*:(?:\s|$)/.test(lineAt(source, line).words)
      ? explainIndent(source, start, say)
      : explainMissingColon(source, start, say);
  }
  return say('GX100', 'unexpected text after a value', start, end, { help: 'put the whole value in quotes' });
}

const closing: Readonly<Record<string, string>> = {
  "'": "put the whole value in quotes; inside single quotes a ' is written ''",
  '"': 'put the whole value in one pair of quotes; inside double quotes a " is written \\"',
  ']': 'a value that begins with "[" and is meant as text goes in quotes',
  '}': 'a value that begins with "{" and is meant as text goes in quotes',
};

function explainAfterClosing(lead: string, start: number, end: number, say: Say): Diagnostic {
  return say('GX100', `unexpected text after the closing ${lead}`, start, end, {
    ...(closing[lead] !== undefined && { help: closing[lead] }),
  });
}
