// The grammars of systemd unit files, one function a place (systemd.syntax(7), systemd.service(5), systemd.exec(5);
// each checked on systemd 252 with bytes compared). `%` is doubled wherever specifiers are expanded; `$` is doubled
// in command lines and nowhere else.

import {
  byteLength,
  type Escaped,
  isIdentifier,
  isPrintableAscii,
  oneLine,
  refusedByKernel,
} from '../kernel.ts';

/** Bytes of one line with its key; systemd refuses the whole unit at 1 MiB. */
const longestLine = 1_048_575;

/** One word of `ExecStart=`, `ExecStartPre=` and their like. */
export function argument(value: string): Escaped {
  const refusal = refused(value);
  if (refusal !== undefined) return { refusal };
  const literal = value.replaceAll('%', '%%').replaceAll('$', '$$$$');
  return { text: plain(value) ? literal : quoted(literal) };
}

/** A whole command line. */
export function commandLine(words: readonly string[]): Escaped {
  const text = words.join(' ');
  // 16 bytes for the key and its `=`.
  if (byteLength(text) + 16 > longestLine)
    return { refusal: 'is longer than systemd reads in one line, 1 MiB' };
  return { text };
}

/**
 * True when systemd starts this executable as written, given as a quoted first word. It refuses quotes, backslashes
 * and control characters in the path, expands `$` in argv[0] but not in the path, and looks a bare name up in a path
 * compiled into it instead of the PATH of the service.
 */
export function startsDirectly(executable: string): boolean {
  if (!executable.startsWith('/') || /['"\\$]/.test(executable)) return false;
  return isPrintableAscii(executable) || !/\p{Cc}/u.test(executable);
}

/** What follows `Environment=`. */
export function environment(name: string, value: string): Escaped {
  if (!isIdentifier(name)) return { refusal: 'has a name that is no identifier' };
  const refusal = refused(`${name}=${value}`);
  if (refusal !== undefined) return { refusal };
  const assignment = `${name}=${value}`;
  const literal = assignment.replaceAll('%', '%%');
  return { text: plain(assignment) ? literal : quoted(literal) };
}

/** One line (perhaps with line breaks inside its quotes) of the file that `EnvironmentFile=` names. */
export function environmentFileLine(name: string, value: string): Escaped {
  if (!isIdentifier(name)) return { refusal: 'has a name that is no identifier' };
  const refusal = refused(`${name}=${value}`);
  if (refusal !== undefined) return { refusal };
  return { text: `${name}="${value.replace(/[\\"$`]/g, '\\$&')}"` };
}

/** `EnvironmentFile=`: a glob, so its wildcards are escaped. */
export function environmentFilePath(path: string): Escaped {
  const text = rawPath(path);
  return 'text' in text ? { text: text.text.replace(/[[*?\\]/g, '\\$&') } : text;
}

/** What names a file beside the units: in the user's manager the folder may start with `~/`. */
export function besideUnits(folder: string, file: string): Escaped {
  const inHome = folder.startsWith('~/');
  const path = environmentFilePath(`${inHome ? folder.slice(1) : folder}/${file}`.replace(/\/+/g, '/'));
  return 'text' in path && inHome ? { text: `%h${path.text}` } : path;
}

/** `WorkingDirectory=`: raw, without quotes and escapes. */
export function workingDirectory(path: string): Escaped {
  if (path.split('/').includes('..')) return { refusal: 'goes up by ".."' };
  return rawPath(path);
}

/** `User=` and `Group=`. */
export function account(name: string): Escaped {
  if (name === '') return { refusal: 'is empty' };
  const refusal = refused(name);
  if (refusal !== undefined) return { refusal };
  if (!/^[\w.-]+$/.test(name) && /[\p{Cc}/:]|^[\s]|[\s\\]$/u.test(name))
    return { refusal: 'holds a character no account name has' };
  return { text: name.replaceAll('%', '%%') };
}

/** `UMask=`: systemd takes octal digits only, and keeps its default in silence for anything else. */
export function umask(digits: string): Escaped {
  return /^0*[0-7]{1,3}$/.test(digits) ? { text: digits } : { refusal: 'is no octal number up to 777' };
}

/** `TimeoutStartSec=` and `TimeoutStopSec=`, in seconds; 0 means for ever, which is said in words. */
export function timeout(seconds: number): Escaped {
  if (seconds === 0) return { text: 'infinity' };
  if (!(seconds > 0 && seconds <= 1e12)) return { refusal: 'is no time in seconds' };
  return { text: String(seconds) };
}

/** `MemoryHigh=` and `MemoryMax=`: whole bytes, because every other form has a trap. */
export function bytes(count: number): Escaped {
  if (!(Number.isSafeInteger(count) && count > 0)) return { refusal: 'is no number of bytes above 0' };
  return { text: String(count) };
}

/** `LogNamespace=`; systemd ignores any other name with only a warning. */
export function logNamespace(name: string): Escaped {
  if (!/^[A-Za-z0-9:_.@-]{1,200}$/.test(name) || /^\.\.?$/.test(name))
    return { refusal: 'holds other characters than letters, digits and ":_.@-", or more than 200 of them' };
  return { text: name };
}

/** `Description=`: for people, so what cannot stand there is replaced. */
export function description(text: string): string {
  return oneLine(text).replace(/\\$/, '?').replaceAll('%', '%%');
}

/** A whole unit name with its suffix. */
export function unitName(name: string): Escaped {
  return byteLength(name) > 255 ? { refusal: 'makes a unit name of more than 255 bytes' } : { text: name };
}

function rawPath(path: string): Escaped {
  const refusal = refused(path);
  if (refusal !== undefined) return { refusal };
  if (/[\r\n]/.test(path)) return { refusal: 'holds a line break' };
  if (!path.startsWith('/')) return { refusal: 'is no absolute path' };
  if (byteLength(path) > 4095) return { refusal: 'is longer than 4095 bytes' };
  // A blank at the end would be cut off, a backslash would join the next line; a final slash is normalised away.
  return { text: `${path.replaceAll('%', '%%')}${/[\s\\]$/.test(path) ? '/' : ''}` };
}

function refused(value: string): string | undefined {
  if (!isPrintableAscii(value) && /\p{Noncharacter_Code_Point}/u.test(value))
    return 'holds a Unicode noncharacter, with which systemctl no longer shows the unit';
  return refusedByKernel(value);
}

function plain(value: string): boolean {
  return /^[A-Za-z0-9_@%+=:,./-]+$/.test(value);
}

function quoted(value: string): string {
  const escaped = value.replace(/[\\"]/g, '\\$&');
  return `"${isPrintableAscii(escaped) ? escaped : escaped.replace(/\p{Cc}/gu, control)}"`;
}

// The controls above U+0080 are two bytes each and pass as they are.
function control(character: string): string {
  if (character > '\x7f') return character;
  const short = { '\n': '\\n', '\r': '\\r', '\t': '\\t' }[character];
  return short ?? `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`;
}
