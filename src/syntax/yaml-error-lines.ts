// Faults of lines: indentation, keys without a colon, values with one too many.

import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { position, type Source, span } from '../text/source.ts';
import {
  isItem,
  type Line,
  lineAbove,
  lineAt,
  lineBelow,
  type Say,
  shorten,
  siblingAbove,
  withoutComment,
} from './yaml-lines.ts';

/** A mapping where a value belongs: `key: value: more`, or a mapping indented under a key that has a value. */
export function explainNested(source: Source, start: number, say: Say): Diagnostic {
  const { line } = position(source, start);
  const here = lineAt(source, line);
  if (isItem(here.words) && start <= here.start) return explainItem(here, say);
  const value = withoutComment(source.text.slice(start, here.end));
  if (/:(?:\s|$)/.test(value))
    return say('GX105', 'a second ":" in the value of a key', start, start + value.length, {
      why: 'YAML takes text before ": " for a key, and a mapping cannot begin on the line of its key',
      help: 'put the value in quotes; a nested key goes on its own line, indented deeper',
    });
  const below = lineBelow(source, line);
  const key = /^[^\s:#]+/.exec(below?.words ?? '')?.[0];
  const outer = /([^\s:#{[,-][^\s:]*)\s*:\s*$/.exec(source.text.slice(here.start, start))?.[1];
  if (below === undefined || key === undefined || outer === undefined)
    return say('GX100', 'a mapping cannot begin here', start, Math.max(here.end, start + 1), {
      help: 'if the text is meant, put it in quotes',
    });
  const message = `"${shorten(key)}" is indented under "${shorten(outer)}", which already has a value`;
  return say('GX102', message, below.start, below.start + key.length, {
    labels: [{ span: span(source, start, here.end), text: 'the value' }],
    help: `indent "${shorten(key)}" exactly like its sibling keys`,
  });
}

/** A line of a mapping that is no `key: value`. */
export function explainMissingColon(source: Source, start: number, say: Say): Diagnostic {
  const here = lineAt(source, position(source, start).line);
  if (isItem(here.words)) {
    // `- text` whose text is the faulty key, or a list item among keys.
    const inner = /^(?:-\s+)+/.exec(here.words)?.[0] ?? '-';
    if (start <= here.start || inner === here.words) return explainItem(here, say);
    return missingColon(
      source,
      { ...here, start: here.start + inner.length, words: here.words.slice(inner.length) },
      say,
    );
  }
  return missingColon(source, here, say);
}

function missingColon(source: Source, { start, end, words, line }: Line, say: Say): Diagnostic {
  const alias = /^[*&][^\s:]*:/.exec(words)?.[0];
  if (alias !== undefined)
    return say(
      'GX105',
      `a space is missing before the ":" of "${shorten(alias)}"`,
      start,
      start + alias.length,
      {
        help: 'a ":" can be a part of the name, so put a space before it',
      },
    );
  if (/^-[^\s-]/.test(words) && isItem(siblingAbove(source, line, lineAt(source, line).column)?.words ?? ''))
    return explainTightItem(start, say);
  const tight = /^([A-Za-z_][\w.-]*):(?=[^\s/:])/.exec(words);
  if (tight) {
    const colon = start + (tight[1] ?? '').length;
    return say('GX105', `a space is missing after "${shorten(tight[0])}"`, colon, colon + 1, {
      help: 'put a space after the ":"',
      fix: {
        title: 'put a space after the ":"',
        edits: [{ span: span(source, colon + 1), text: ' ' }],
        safe: true,
      },
    });
  }
  // Only the first word: what follows may be a value, and a value may be a secret.
  const name = /^[A-Za-z_][\w.-]*(?=\s|$)/.exec(words)?.[0];
  return say(
    'GX105',
    name === undefined ? 'a line without a key' : `a ":" is missing after "${shorten(name)}"`,
    start,
    name === undefined ? end : start + name.length,
    {
      help: 'a key is followed by ": "; text that goes on from the line above is indented deeper than its key',
    },
  );
}

/** A line that stands in a column where nothing above it stands, or among lines of another kind. */
export function explainIndent(source: Source, start: number, say: Say): Diagnostic {
  const at = position(source, start);
  const noticed = lineAt(source, at.line);
  const here = noticed.end <= start ? (lineBelow(source, at.line) ?? noticed) : noticed;
  const end = here.start + (/^(?:-(?=\s|$)|[^\s:#]+)/.exec(here.words)?.[0].length ?? 1);
  const sibling = siblingAbove(source, here.line, here.column);
  if (sibling && isItem(sibling.words) !== isItem(here.words)) {
    const labels = [{ span: span(source, sibling.start, sibling.start + 1), text: 'same indentation here' }];
    if (isItem(here.words))
      return say('GX102', 'a list item stands among keys', here.start, end, {
        labels,
        help: 'indent the list under its key, or give the item a key',
      });
    if (/^-[^\s-]/.test(here.words)) return explainTightItem(here.start, say);
    return say('GX102', 'a key stands among list items', here.start, end, {
      labels,
      help: 'indent the key like the other keys of its item, or less to end the list',
    });
  }
  const near = sibling ?? lineAbove(source, here.line);
  return say('GX102', `an indentation of ${spaces(here.column)} matches no line above`, here.start, end, {
    ...(near && {
      labels: [
        { span: span(source, near.start, near.start + 1), text: `indented by ${spaces(near.column)}` },
      ],
    }),
    help: 'indent it exactly like its siblings',
  });
}

function explainItem({ start }: Line, say: Say): Diagnostic {
  return say('GX102', 'a list item stands among the keys of a mapping', start, start + 1, {
    help: 'indent the list under its key, or give the item a key',
  });
}

function explainTightItem(start: number, say: Say): Diagnostic {
  return say('GX102', 'a space is missing after "-"', start, start + 1, {
    help: 'put a space after the "-"',
  });
}

function spaces(count: number): string {
  return count === 1 ? '1 space' : `${count} spaces`;
}
