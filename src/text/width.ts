// How wide text is on a terminal, and how characters look that a terminal would not show or would obey.

// East Asian Wide and Fullwidth blocks (Unicode UAX #11), without the emoji, which a property names.
// Unassigned places inside a block count as wide, as UAX #11 says for the ideographic planes.
const wideBlocks: readonly (readonly [first: number, last: number])[] = [
  [0x1100, 0x115f],
  [0x2329, 0x232a],
  [0x2e80, 0x303e],
  [0x3041, 0x4dbf],
  [0x4e00, 0xa4cf],
  [0xa960, 0xa97c],
  [0xac00, 0xd7a3],
  [0xf900, 0xfaff],
  [0xfe10, 0xfe19],
  [0xfe30, 0xfe6b],
  [0xff01, 0xff60],
  [0xffe0, 0xffe6],
  [0x16fe0, 0x18dff],
  [0x1aff0, 0x1b2ff],
  [0x1f200, 0x1f265],
  [0x20000, 0x3fffd],
];
const firstWide = 0x1100;

// Classes of Unicode are large to compile, and most runs show nothing: each expression is made when it is first used.
let combining: RegExp | undefined;
let emoji: RegExp | undefined;
let hidden: RegExp | undefined;

// Controls, formatting marks (direction overrides, zero-width spaces), private and lone halves, and every space
// that is not the one on the keyboard: a no-break space in a key is invisible and breaks it.
const hiddenSource = '[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]|(?! )\\p{Zs}';

/** Columns that one character (a code point) takes: 0 for a combining mark, 2 for a wide one, otherwise 1. */
export function characterWidth(character: string): 0 | 1 | 2 {
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x300) return 1;
  combining ??= /^[\p{Mn}\p{Me}]$/u;
  if (combining.test(character)) return 0;
  if (code < firstWide) return 1;
  emoji ??= /^\p{Emoji_Presentation}$/u;
  if (emoji.test(character)) return 2;
  return wideBlocks.some(([first, last]) => code >= first && code <= last) ? 2 : 1;
}

/** Columns that a text without control characters takes. */
export function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return width;
}

/**
 * The text with every character spelled out that a terminal would obey or hide: `\x1b`, `\u202e`.
 * Nothing that a configuration file holds can then move the cursor, change colours or reorder a line.
 */
export function visible(text: string): string {
  hidden ??= new RegExp(hiddenSource, 'gu');
  return text.replace(hidden, spell);
}

function spell(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\r') return '\\r';
  if (character === '\t') return '\\t';
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  return code < 0x10000 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
}
