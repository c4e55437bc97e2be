// The grammar of supervisord's files, one function a place (supervisord.org/configuration.html; checked with bytes
// compared on supervisor 4.2.5 and 4.4). A value is read by Python's configparser, then expanded by Python's `%`
// formatting, then split by shlex where it is a command or an environment.

import { byteLength, type Escaped, isIdentifier, refusedByKernel } from '../kernel.ts';

/** One word of `command=`: POSIX shlex, no shell. */
export function argument(value: string): Escaped {
  const refusal = refused(value);
  if (refusal !== undefined) return { refusal };
  const literal = value.replaceAll('%', '%%');
  if (/^[A-Za-z0-9_@%+=:,./-]+$/.test(value)) return { text: literal };
  // Closing and opening the quotes adds nothing to a word and parts what configparser must not see together.
  const parts = literal.split("'").map((part) => `'${parted(part, "''")}'`);
  return { text: parts.join(`"'"`) };
}

/**
 * True when `environment=` gives this variable to the process in every supervisor: 4.2 strips quotes from both ends of
 * a value and knows no escapes, later ones read a backslash in double quotes.
 */
export function takesVariable(name: string, value: string): boolean {
  const quotable = !value.includes("'") || !/["\\]/.test(value);
  return isIdentifier(name) && quotable && !/^['"]|['"]$/.test(value);
}

/** One assignment of `environment=`, for what `takesVariable`. */
export function environment(name: string, value: string): Escaped {
  const refusal = refused(`${name}=${value}`);
  if (refusal !== undefined) return { refusal };
  if (!takesVariable(name, value)) return { refusal: 'has a name or quotes that supervisor reads otherwise' };
  const quote = /["\\]/.test(value) ? "'" : '"';
  return { text: `${name}=${quote}${option(value)}${quote}` };
}

/** `directory=`: raw, no `~` and no quotes. */
export function directory(path: string): Escaped {
  const refusal = refused(path);
  if (refusal !== undefined) return { refusal };
  if (!path.startsWith('/')) return { refusal: 'is no absolute path' };
  // Blanks at the end would be cut off.
  return { text: option(/[\s\p{Cc}]$/u.test(path) ? `${path}/` : path) };
}

/** `stdout_logfile=`: raw, and expanded twice. */
export function logFile(path: string): Escaped {
  const refusal = refused(path);
  if (refusal !== undefined) return { refusal };
  if (!path.startsWith('/')) return { refusal: 'is no absolute path' };
  if (/[\s\p{Cc}]$/u.test(path)) return { refusal: 'ends in a blank' };
  return { text: option(path).replaceAll('%%', '%%%%') };
}

/** `user=`. */
export function account(name: string): Escaped {
  const refusal = refused(name);
  if (refusal !== undefined) return { refusal };
  if (name === '' || /[\s\p{Cc}:/;#]/u.test(name))
    return { refusal: 'is empty or holds a character no account name has' };
  return { text: option(name) };
}

/** `umask=`: read by Python as an octal number. */
export function umask(digits: string): Escaped {
  return /^0*[0-7]{1,3}$/.test(digits) ? { text: digits } : { refusal: 'is no octal number up to 777' };
}

/** `startsecs=` and `stopwaitsecs=`. */
export function seconds(count: number): Escaped {
  if (!(Number.isInteger(count) && count >= 0 && count <= 1e12))
    return { refusal: 'is no whole number of seconds' };
  return { text: String(count) };
}

/**
 * The name of a program, a group or a process, as it stands in a section header. Supervisor refuses blanks, `:` and
 * `/`; `,` parts the names of a group, `*` alone means all of it, and its answers are XML.
 */
export function name(text: string): Escaped {
  const refusal = refused(text);
  if (refusal !== undefined) return { refusal };
  if (text === '' || text === '*' || /[\s\p{Cc}:/,\ufffe\uffff]/u.test(text))
    return { refusal: 'is no name for supervisor: it is empty, "*", or holds a blank or one of : / ,' };
  // 300 characters fail, as a file name of the same length does.
  if (byteLength(text) > 200) return { refusal: 'is longer than 200 bytes' };
  return { text };
}

/** A `name` as the value of an option: `process_name=`, `programs=`. */
export function nameValue(text: string): string {
  const literal = text.replaceAll('%', '%%').replaceAll('%%(here)s', '%%%(here).0s(here)s');
  return /^[;#]/.test(literal) ? `%(here).0s${literal}` : literal;
}

/** True for a word with which supervisorctl can no longer list any program (its answers are XML). */
export function breaksListing(value: string): boolean {
  for (const one of value)
    if ((one < ' ' && !'\t\n\r'.includes(one)) || one === '\ufffe' || one === '\uffff') return true;
  return false;
}

/** A value outside shlex, or in its double quotes: nothing but an expansion to nothing can part characters there. */
function option(value: string): string {
  return parted(value.replaceAll('%', '%%'), '%(program_name).0s');
}

/**
 * Parts what would be taken for something else: a comment sign behind a blank, a line break beside blanks, and the
 * text `%(here)s`, which an `[include]` replaces before anything is expanded.
 */
function parted(text: string, nothing: string): string {
  // Python counts some control characters as blanks.
  return text
    .replaceAll('\n', `${nothing}\n ${nothing}`)
    .replace(/([\s\p{Cc}])(?=[;#])/gu, `$1${nothing}`)
    .replaceAll('%%(here)s', `%%${nothing}(here)s`);
}

function refused(value: string): string | undefined {
  if (value.includes('\r')) return 'holds a carriage return, which supervisor reads as a line break';
  return refusedByKernel(value);
}
