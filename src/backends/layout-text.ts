// Pieces of text put together to a file.

/** Every line moved to the right; empty lines stay empty. Only for text whose values hold no line break. */
export function indented(text: string, by = 4): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}

/** The pieces with an empty line between them, without one at the end. */
export function spaced(pieces: readonly string[]): string {
  return pieces
    .map((one) => one.replace(/\n+$/, ''))
    .filter((one) => one !== '')
    .join('\n\n');
}
