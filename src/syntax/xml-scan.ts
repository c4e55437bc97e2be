// Is this text well-formed XML, and where not? One pass, linear in time, before any tree is built: the XML library
// in use (as its own validator) accepts unescaped "&", two roots, undefined entities and more that Galaxy refuses.

import type { Report } from '../diagnostics/diagnostic.ts';
import { type Source, span } from '../text/source.ts';
import { forbiddenCharacter, isSpace, nameEnd, skipSpace } from './xml-chars.ts';
import { type Cursor, makeCursor, place, REFUSED, stop, tell } from './xml-cursor.ts';
import { checkReference, isBlank } from './xml-scan-attribute.ts';
import { scanEndTag, scanStartTag } from './xml-scan-tag.ts';

/** Offset pairs, in document order. */
export interface Scan {
  readonly comments: readonly (readonly [start: number, end: number])[];
  /** Processing instructions, the XML declaration apart. */
  readonly instructions: readonly (readonly [start: number, end: number])[];
  /** True when something was reported. */
  readonly flawed: boolean;
}

interface State extends Cursor {
  readonly comments: [number, number][];
  readonly instructions: [number, number][];
  rootSeen: boolean;
  /** Next "&" and "]]>" at or after the point of reading: searched again only once passed, or the scan is quadratic. */
  nextAmpersand: number;
  nextCdataEnd: number;
}

const DECLARATION =
  /<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:"1\.[0-9]+"|'1\.[0-9]+')(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:"(?:yes|no)"|'(?:yes|no)'))?[ \t\r\n]*\?>/y;

/**
 * Reports what makes the text no well-formed XML.
 * @returns undefined when the text cannot be understood; otherwise, even after lesser mistakes, where its comments
 *   and processing instructions stand
 */
export function scanXml(source: Source, report: Report): Scan | undefined {
  const state: State = {
    ...makeCursor(source, report),
    comments: [],
    instructions: [],
    rootSeen: false,
    nextAmpersand: -1,
    nextCdataEnd: -1,
  };
  if (!checkCharacters(state)) return undefined;
  const { text } = state;
  let at = declarationEnd(state);
  while (at < text.length && !state.stopped) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    if (end > at) checkText(state, at, end);
    if (next < 0) break;
    if (!state.stopped) at = scanMarkup(state, next);
  }
  if (!state.stopped) checkEnd(state);
  if (state.stopped) return undefined;
  return { comments: state.comments, instructions: state.instructions, flawed: state.problems > 0 };
}

function scanMarkup(state: State, at: number): number {
  const { text } = state;
  const code = text.charCodeAt(at + 1);
  if (code === 47) return scanEndTag(state, at);
  if (code === 63) return scanInstruction(state, at);
  if (code === 33) {
    if (text.startsWith('--', at + 2)) return scanComment(state, at);
    if (text.startsWith('[CDATA[', at + 2)) return scanCdata(state, at);
    return refuseDeclaration(state, at);
  }
  if (state.open.length === 0) {
    if (state.rootSeen && nameEnd(text, at + 1) > at + 1) {
      stop(state, 'GX149', 'a second root element', at, nameEnd(text, at + 1), {
        why: REFUSED,
        help: 'put all elements into one root',
      });
      return text.length;
    }
    state.rootSeen = true;
  }
  return scanStartTag(state, at);
}

function checkCharacters(state: State): boolean {
  const { text } = state;
  for (let at = forbiddenCharacter(text, 0); at >= 0; at = forbiddenCharacter(text, at + 1)) {
    const code = text.charCodeAt(at).toString(16).toUpperCase().padStart(4, '0');
    tell(state, 'GX144', `a character that XML does not allow (U+${code})`, at, at + 1, {
      why: REFUSED,
      help: 'remove it',
    });
    if (state.stopped) break;
  }
  return state.problems === 0;
}

function declarationEnd(state: State): number {
  const { text } = state;
  if (!text.startsWith('<?xml') || !isSpace(text.charCodeAt(5))) return 0;
  DECLARATION.lastIndex = 0;
  if (DECLARATION.test(text)) return DECLARATION.lastIndex;
  const close = text.indexOf('?>');
  stop(state, 'GX150', 'the XML declaration is not right', 0, close < 0 ? 5 : close + 2, {
    why: REFUSED,
    help: 'write <?xml version="1.0" encoding="UTF-8"?>, or remove it',
  });
  return text.length;
}

function checkText(state: State, from: number, to: number): void {
  const { text } = state;
  if (state.open.length === 0) {
    if (isBlank(text, from, to)) return;
    const start = skipSpace(text, from);
    stop(state, 'GX149', 'text outside the root element', start, start + 1, {
      why: REFUSED,
      help: 'remove it',
    });
    return;
  }
  if (state.nextAmpersand < from) state.nextAmpersand = find(text, '&', from);
  while (state.nextAmpersand < to && !state.stopped) {
    checkReference(state, state.nextAmpersand);
    state.nextAmpersand = find(text, '&', state.nextAmpersand + 1);
  }
  if (state.nextCdataEnd < from) state.nextCdataEnd = find(text, ']]>', from);
  while (state.nextCdataEnd < to && !state.stopped) {
    const at = state.nextCdataEnd;
    tell(state, 'GX141', '"]]>" in text', at, at + 3, { why: REFUSED, help: 'write "]]&gt;"' });
    state.nextCdataEnd = find(text, ']]>', at + 3);
  }
}

function find(text: string, wanted: string, from: number): number {
  const at = text.indexOf(wanted, from);
  return at < 0 ? Number.POSITIVE_INFINITY : at;
}

function scanComment(state: State, at: number): number {
  const { text } = state;
  const dashes = text.indexOf('--', at + 4);
  const end = dashes < 0 || text.charCodeAt(dashes + 2) === 62 ? dashes : text.indexOf('-->', dashes);
  if (end < 0) {
    stop(state, 'GX148', 'a comment that is not closed', at, at + 4, {
      why: REFUSED,
      help: 'close it with "-->"',
    });
    return text.length;
  }
  if (end !== dashes) {
    tell(state, 'GX148', '"--" inside a comment', dashes, dashes + 2, {
      labels: [{ span: place(state, at, at + 4), text: 'the comment starts here' }],
      why: REFUSED,
      help: 'write one "-", or split the comment',
    });
  }
  state.comments.push([at, end + 3]);
  return end + 3;
}

function scanCdata(state: State, at: number): number {
  const { text } = state;
  const end = text.indexOf(']]>', at + 9);
  if (state.open.length === 0) {
    stop(state, 'GX149', 'text outside the root element', at, at + 9, { why: REFUSED, help: 'remove it' });
  } else if (end < 0) {
    stop(state, 'GX140', 'a CDATA section that is not closed', at, at + 9, {
      why: REFUSED,
      help: 'close it with "]]>"',
    });
  }
  return end < 0 ? text.length : end + 3;
}

function scanInstruction(state: State, at: number): number {
  const { text } = state;
  const nameStop = nameEnd(text, at + 2);
  const end = text.indexOf('?>', nameStop);
  const target = text.slice(at + 2, nameStop);
  if (target.toLowerCase() === 'xml') {
    tell(state, 'GX150', 'an XML declaration that is not at the start of the file', at, nameStop, {
      why: REFUSED,
      help: 'make it the very first characters of the file, or remove it',
    });
  } else if (
    target === '' ||
    target.includes(':') ||
    end < 0 ||
    (end > nameStop && !isSpace(text.charCodeAt(nameStop)))
  ) {
    stop(state, 'GX140', 'a processing instruction that is not complete', at, Math.max(nameStop, at + 2), {
      why: REFUSED,
      help: 'remove it: Galaxy reads none',
    });
  }
  if (end < 0) return text.length;
  state.instructions.push([at, end + 2]);
  return end + 2;
}

function refuseDeclaration(state: State, at: number): number {
  if (state.text.startsWith('DOCTYPE', at + 2)) {
    stop(state, 'GX146', 'a document type declaration is not read', at, at + 9, {
      why: 'it can define entities and name other files, which gxgen neither expands nor opens',
      help: 'remove <!DOCTYPE ...>, and write what its entities stand for',
    });
  } else {
    stop(state, 'GX141', 'a "<!" that starts no comment', at, at + 2, {
      why: REFUSED,
      help: 'write <!-- ... --> for a comment, "&lt;" for a "<" that is text',
    });
  }
  return state.text.length;
}

function checkEnd(state: State): void {
  const innermost = state.open.at(-1);
  const { source, text } = state;
  if (innermost) {
    const others = state.open.length - 1;
    stop(
      state,
      'GX142',
      `"${innermost.name}" is never closed${others === 0 ? '' : `, nor ${others} around it`}`,
      innermost.at,
      innermost.at + innermost.name.length,
      {
        labels: [{ span: span(source, text.length), text: 'the file ends here' }],
        why: REFUSED,
        help: `add "</${innermost.name}>"`,
      },
    );
  } else if (!state.rootSeen) {
    stop(state, 'GX149', 'no root element', 0, 0, { why: REFUSED, help: 'start with <job_conf>' });
  }
}
