// Pieces of text put together to a file.

/** Every line moved to the right; empty lines stay empty. Only LF ends a line: a value may hold what else does elsewhere. */
export function indented(text: string, by = 4): string {
  const space = ' '.repeat(by);
  return text
    .split('\n')
    .map((line) => (line === '' ? line : space + line))
    .join('\n');
}

/** The pieces with an empty line between them, without one at the end. */
export function spaced(pieces: readonly string[]): string {
  return pieces
    .map((one) => one.replace(/\n+$/, ''))
    .filter((one) => one !== '')
    .join('\n\n');
}
