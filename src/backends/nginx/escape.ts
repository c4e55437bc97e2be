// The grammar of nginx's configuration, one function a place (http://nginx.org/en/docs/dev/development_guide.html,
// checked on nginx 1.22 with bytes compared). A quote is special only at the start of a word; inside quotes only `\"`,
// `\\`, `\n`, `\r` and `\t` are escapes. There is none for `$`: where variables are read, a variable that holds a
// dollar sign stands for it.

import { byteLength, type Escaped, isPrintableAscii } from '../kernel.ts';

/** Bytes between two quotes; one more and nginx refuses the file. */
const longestWord = 4094;
/** Bytes of `sun_path` without its NUL. */
const longestSocket = 107;

/** A word in a place where `$` means nothing: `location`, `server` of an upstream, a log. */
export function word(value: string): Escaped {
  const refusal = refused(value);
  if (refusal !== undefined) return { refusal };
  if (/^[A-Za-z0-9_/][A-Za-z0-9_./:-]*$/.test(value)) return bounded(value, value);
  const text = value.replace(/[\\"\n\r\t]/g, (one) => escapes[one] ?? one);
  return bounded(text, `"${text}"`);
}

/** A word in a place where nginx looks for variables: `alias`, `root`, `return`, the value of a header. */
export function evaluated(value: string, dollar: string): Escaped {
  if (!value.includes('$')) return word(value);
  const refusal = refused(value);
  if (refusal !== undefined) return { refusal };
  const text = value.replace(/[\\"\n\r\t$]/g, (one) =>
    one === '$' ? `\${${dollar}}` : (escapes[one] ?? one),
  );
  return bounded(text, `"${text}"`);
}

function bounded(text: string, written: string): Escaped {
  return byteLength(text) > longestWord
    ? { refusal: `is longer than ${longestWord} bytes, the most nginx reads` }
    : { text: written };
}

/** The path of a file that nginx opens once, when it starts: with a variable in it, it would be opened for each request. */
export function fixedPath(value: string): Escaped {
  return value.includes('$')
    ? { refusal: 'holds a "$", with which nginx opens the file for each request instead of once' }
    : word(value);
}

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

/** The path of a location that is no expression. nginx keeps its length in one byte: a longer one would never match. */
export function locationPath(path: string): Escaped {
  return byteLength(path) > 255
    ? { refusal: 'makes a path of more than 255 bytes, which nginx never finds' }
    : word(path);
}

/** A regular expression, given as such. */
export function expression(pattern: string): Escaped {
  const escaped = word(pattern);
  if ('refusal' in escaped) return escaped;
  return { text: escaped.text.startsWith('"') ? escaped.text : `"${escaped.text}"` };
}

/** Text in which nothing is special to a regular expression. */
export function quoteExpression(text: string): string {
  return text.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&');
}

/** `server` of an upstream. */
export function socket(path: string): Escaped {
  if (byteLength(path) > longestSocket)
    return { refusal: `is longer than ${longestSocket} bytes, the most a socket's path has` };
  return word(`unix:${path}`);
}

/** `server` of an upstream: host and port. */
export function address(host: string, port: number): Escaped {
  if (/^[A-Za-z0-9_.-]+$/.test(host)) return { text: `${host}:${port}` };
  if (/^[0-9A-Fa-f]*:[0-9A-Fa-f:.]*:[0-9A-Fa-f.]*$/.test(host)) return { text: `[${host}]:${port}` };
  return { refusal: 'is no host name and no address' };
}

/** The value of a header that is sent on: a line break in it would begin another header. */
export function headerValue(value: string, dollar: string): Escaped {
  if (/\p{Cc}/u.test(value)) return { refusal: 'holds a control character, which no header can have' };
  return evaluated(value, dollar);
}

/** A path as it stands in an address: what nginx copies into `Location`. */
export function urlPath(path: string): Escaped {
  const refusal = refused(path);
  if (refusal !== undefined) return { refusal };
  // What encodeURI leaves alone and nginx would read: none of them is special in a URL's path.
  return {
    text: encodeURI(path).replace(/[$;'()*?#]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`),
  };
}

/** The name of a header. */
export function headerName(name: string): Escaped {
  return /^[A-Za-z0-9-]+$/.test(name) ? { text: name } : { refusal: 'is no name of a header' };
}

function refused(value: string): string | undefined {
  if (value.includes('\0')) return 'holds a NUL character, where nginx would cut it';
  if (!isPrintableAscii(value) && !value.isWellFormed())
    return 'holds half of a surrogate pair, which has no form in UTF-8';
  return undefined;
}
