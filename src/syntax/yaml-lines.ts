// Looking at the lines around a fault, to say what it is.

import type { Code } from '../diagnostics/codes.ts';
import { type Details, type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import { lineStart, lineText, position, type Source, span } from '../text/source.ts';

/** Makes a diagnostic for a range of the source at hand. */
export type Say = (code: Code, message: string, start: number, end: number, details?: Details) => Diagnostic;

export function sayIn(source: Source): Say {
  const { length } = source.text;
  return (code, message, from, to, details = {}) => {
    // A place of the parser can be one past the end of the file.
    const start = Math.min(from, length);
    const end = Math.min(Math.max(to, start), length);
    const line = lineText(source, position(source, start).line);
    const character = /[\u00a0\u200b\u202f\u2060\u3000]/.exec(line)?.[0];
    if (character === undefined) return problem(code, message, span(source, start, end), details);
    // Nobody finds this one by looking.
    const name = `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`;
    const help = `replace the invisible character ${name} in this line, which is no space to YAML`;
    return problem(code, message, span(source, start, end), { ...details, help });
  };
}

export interface Line {
  /** 1-based. */
  readonly line: number;
  /** Offset of the first character that is no space. */
  readonly start: number;
  /** Offset after the last character, comment and spaces left out. */
  readonly end: number;
  readonly column: number;
  /** The text from `start` to `end`. */
  readonly words: string;
}

export function lineAt(source: Source, line: number): Line {
  const text = lineText(source, line);
  const column = text.length - text.trimStart().length;
  const words = withoutComment(text.slice(column));
  const start = lineStart(source, line) + column;
  return { line, start, end: start + words.length, column, words };
}

/** The words of a line up to a comment; a `#` inside quotes counts as one too, which only shortens a mark. */
export function withoutComment(text: string): string {
  const comment = text.startsWith('#') ? 0 : text.search(/\s#/);
  return (comment < 0 ? text : text.slice(0, comment)).trimEnd();
}

// How many lines a message may look away from its place: bounded, so that many errors stay cheap.
const farthest = 200;

/** The nearest line before `line` that holds more than a comment. */
export function lineAbove(source: Source, line: number): Line | undefined {
  for (let at = line - 1; at > 0 && at > line - farthest; at--) {
    const found = lineAt(source, at);
    if (found.words !== '') return found;
  }
  return undefined;
}

/** The nearest line after `line` that holds more than a comment. */
export function lineBelow(source: Source, line: number): Line | undefined {
  for (let at = line + 1; at < line + farthest && lineStart(source, at) < source.text.length; at++) {
    const found = lineAt(source, at);
    if (found.words !== '') return found;
  }
  return undefined;
}

/** The nearest line above with the same indentation and none with less between. */
export function siblingAbove(source: Source, line: number, column: number): Line | undefined {
  for (let at = lineAbove(source, line); at && at.line > line - farthest; at = lineAbove(source, at.line)) {
    if (at.column === column) return at;
    if (at.column < column) return undefined;
  }
  return undefined;
}

/** True for `-` alone or before white space. */
export function isItem(words: string): boolean {
  return /^-(?:\s|$)/.test(words);
}

export function shorten(words: string): string {
  return words.length > 40 ? `${words.slice(0, 37)}...` : words;
}
