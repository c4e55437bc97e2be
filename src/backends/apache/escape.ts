// The grammar of Apache's configuration, one function a place (https://httpd.apache.org/docs/2.4/configuring.html,
// checked on Apache 2.4 with bytes compared). Inside quotes only `\"` and `\\` are escapes; a line break has none.
// `${NAME}` is replaced before quotes are even looked at, so a `$` before a `{` comes from a definition of its own.

import { byteLength, type Escaped, isPrintableAscii } from '../kernel.ts';

/** Bytes of a socket's path; Apache has less room than the system. */
const longestSocket = 95;

/** The name under which a `$` is defined. */
export const dollarName = 'GXD';

/** One argument of a directive. */
export function argument(value: string): Escaped {
  const refusal = refused(value);
  if (refusal !== undefined) return { refusal };
  if (/^[A-Za-z0-9_/][A-Za-z0-9_./:-]*$/.test(value)) return { text: value };
  return { text: `"${undefine(value.replace(/[\\"]/g, '\\$&'))}"` };
}

/** A regular expression of any directive but those of mod_rewrite. */
export function expression(pattern: string): Escaped {
  const escaped = argument(pattern);
  if ('refusal' in escaped || escaped.text.startsWith('"')) return escaped;
  return { text: `"${escaped.text}"` };
}

/** Text in which nothing is special to a regular expression. */
export function quoteExpression(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** The path of a URL, on either side of `ProxyPass` and in `Location`: what needs no encoding and is no wildcard. */
export function urlPath(path: string): Escaped {
  if (/^[A-Za-z0-9._~/@+,=:-]*$/.test(path)) return { text: `"${path}"` };
  return { refusal: 'holds a character that Apache compares in two forms, as it is and encoded' };
}

/** The path of a `ProxyPass` that leads to a balancer, for which Apache has little room. */
export function balancedPath(path: string): Escaped {
  return path.length > 63
    ? { refusal: 'makes a path of more than 63 bytes, the most Apache takes' }
    : urlPath(path);
}

/** `BalancerMember` of a socket file. `name` tells members apart: two of one name would be one. */
export function socketMember(path: string, scheme: string, name: string): Escaped {
  if (byteLength(path) > longestSocket)
    return { refusal: `is longer than ${longestSocket} bytes, the most Apache takes for a socket` };
  if (/[|#?=]/.test(path)) return { refusal: 'holds one of the characters "|", "#", "?" and "="' };
  return argument(`unix:${path}|${scheme}://${name}`);
}

/** Host and port in a URL. */
export function address(host: string, port: number): Escaped {
  if (/^[A-Za-z0-9_.-]+$/.test(host)) return { text: `${host}:${port}` };
  if (/^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*$/.test(host)) return { text: `[${host}]:${port}` };
  return { refusal: 'is no host name and no address' };
}

/** The opening and closing line of the section about a directory; wildcards need the form with an expression. */
export function directory(path: string): { readonly tag: string; readonly path: Escaped } {
  if (!/[*?[\]]/.test(path)) return { tag: 'Directory', path: argument(path) };
  return { tag: 'DirectoryMatch', path: expression(`^${quoteExpression(path.replace(/\/$/, ''))}(/|$)`) };
}

/** `Files` in a directory. */
export function fileName(name: string): Escaped {
  return /[*?[\]]/.test(name) ? { refusal: 'holds a wildcard, "*", "?", "[" or "]"' } : argument(name);
}

/** The value of `RequestHeader set` and `Header set`, which is a format. */
export function headerValue(value: string): Escaped {
  if (/\p{Cc}/u.test(value)) return { refusal: 'holds a control character, which no header can have' };
  if (value.startsWith('expr=')) return { refusal: 'begins with "expr=", which Apache would evaluate' };
  if (/\\[nrt]/.test(value))
    return { refusal: 'holds a backslash before n, r or t, which Apache takes for a control character' };
  return argument(value.replaceAll('%', '%%'));
}

/** Text in the target or the condition of a rewriting, to stand between quotes: mod_rewrite splits its lines by rules of its own. */
export function rewritten(text: string): Escaped {
  const refusal = refused(text);
  if (refusal !== undefined) return { refusal };
  if (text.includes('"')) return { refusal: 'holds a quote, for which mod_rewrite has no form' };
  return { text: undefine(text.replace(/[\\$%]/g, '\\$&')) };
}

/** The name of a header. */
export function headerName(name: string): Escaped {
  return /^[A-Za-z0-9-]+$/.test(name) ? { text: name } : { refusal: 'is no name of a header' };
}

// Expanded text is not read again, so this `{` stays one.
function undefine(text: string): string {
  return text.replaceAll('${', `\${${dollarName}}{`);
}

function refused(value: string): string | undefined {
  if (value.includes('\n')) return 'holds a line break, where every directive ends';
  if (value.includes('\0')) return 'holds a NUL character, where Apache would cut it';
  if (!isPrintableAscii(value) && !value.isWellFormed())
    return 'holds half of a surrogate pair, which has no form in UTF-8';
  return undefined;
}
