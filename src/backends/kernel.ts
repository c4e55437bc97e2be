// What no process can be given, whatever starts it: the limits of execve(2) and of UTF-8. Every back end asks here
// before it escapes anything.

/** Text for a target file, or why that file cannot carry the value. A refusal continues the words `it ...`. */
export type Escaped = { readonly text: string } | { readonly refusal: string };

/** Bytes of one argument, or of one `NAME=value`, without its NUL (MAX_ARG_STRLEN of Linux, 128 KiB). */
export const longestString = 131_071;

/** Why no process can receive this argument (or this whole `NAME=value`), or undefined when it can. */
export function refusedByKernel(value: string): string | undefined {
  if (value.includes('\0')) return 'holds a NUL character, where every argument and variable ends';
  if (!value.isWellFormed()) return 'holds half of a surrogate pair, which has no form in UTF-8';
  if (byteLength(value) > longestString)
    return `is longer than ${longestString} bytes, the most the kernel passes in one string`;
  return undefined;
}

/** Length in UTF-8. */
export function byteLength(value: string): number {
  return Buffer.byteLength(value, 'utf8');
}

/** True for the name of a variable that every shell and process manager can set. */
export function isIdentifier(name: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(name);
}

/** True for nearly every value there is; asked before patterns over all of Unicode, which are slow to build. */
export function isPrintableAscii(text: string): boolean {
  return /^[ -~]*$/.test(text);
}

/** Text for a comment or a description: one line, without the characters that make programs refuse the file. */
export function oneLine(text: string): string {
  if (isPrintableAscii(text)) return text;
  return text.replace(/[\p{Cc}\p{Surrogate}\p{Noncharacter_Code_Point}\u2028\u2029]/gu, '?');
}
