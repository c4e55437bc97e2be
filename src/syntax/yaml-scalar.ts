// From the text of a scalar to its type and value, by the rules of PyYAML's safe loader (YAML 1.1 with PyYAML's own
// regular expressions: no `y`/`n`, a float needs a dot and a signed exponent). Source: PyYAML 6.0, resolver.py and
// constructor.py.

/** What a plain scalar can resolve to; `merge` (`<<`) and `value` (`=`) mean something only as keys. */
export type ResolvedTag = 'null' | 'bool' | 'int' | 'float' | 'str' | 'timestamp' | 'merge' | 'value';

const words: ReadonlyMap<string, ResolvedTag> = new Map(
  'yes Yes YES no No NO true True TRUE false False FALSE on On ON off Off OFF'
    .split(' ')
    .map((word): [string, ResolvedTag] => [word, 'bool'])
    .concat(['null', 'Null', 'NULL'].map((word) => [word, 'null'])),
);
const float =
  /^(?:[-+]?[0-9][0-9_]*\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/;
const int =
  /^(?:[-+]?0b[01_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/;
const timestamp =
  /^(?:\d{4}-\d\d-\d\d|\d{4}-\d\d?-\d\d?(?:[Tt]|[ \t]+)\d\d?:\d\d:\d\d(?:\.\d*)?(?:[ \t]*(?:Z|[-+]\d\d?(?::\d\d)?))?)$/;

/** The type of a plain (unquoted, untagged) scalar. */
export function resolvePlain(text: string): ResolvedTag {
  if (text === '') return 'null';
  const first = text.charCodeAt(0);
  if (first === 0x3c) return text === '<<' ? 'merge' : 'str';
  if (first === 0x3d) return text === '=' ? 'value' : 'str';
  if (first === 0x7e) return text === '~' ? 'null' : 'str';
  const digit = first >= 0x30 && first <= 0x39;
  if (digit || first === 0x2b || first === 0x2d || first === 0x2e) {
    // Nearly every number is a short one, and what is none is an argument, a key or a version: the expressions below
    // are slow to build.
    if (first !== 0x2e && !digit && !/^.[.0-9]/.test(text)) return 'str';
    if (digit && first !== 0x30) {
      if (/^[0-9]{1,9}$/.test(text)) return 'int';
      if (/^[0-9]+(?:[A-Za-z][0-9A-Za-z]*|\.[0-9]+\.[0-9.]*)$/.test(text)) return 'str';
    }
    if (float.test(text)) return 'float';
    if (int.test(text)) return 'int';
    return digit && timestamp.test(text) ? 'timestamp' : 'str';
  }
  // Every word below has at most five letters; nearly every other text is told apart by its length.
  if (text.length > 5) return 'str';
  return words.get(text) ?? 'str';
}

/** `yes`, `on`, `true` and their opposites in any case; undefined for anything else. */
export function readBool(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === 'yes' || word === 'true' || word === 'on') return true;
  if (word === 'no' || word === 'false' || word === 'off') return false;
  return undefined;
}

// Python refuses to read longer decimal integers; the other bases have no use for such a length either.
const longestInteger = 4300;

/** The integer Python makes of the text, bigint past 2^53; undefined where Python fails. */
export function readInt(text: string): number | bigint | undefined {
  if (text.length > longestInteger) return undefined;
  let digits = text.replaceAll('_', '');
  const negative = digits.startsWith('-');
  if (negative || digits.startsWith('+')) digits = digits.slice(1);
  const size = readMagnitude(digits);
  if (size === undefined) return undefined;
  const value = negative ? -size : size;
  const small = Number(value);
  return Number.isSafeInteger(small) ? small : value;
}

function readMagnitude(digits: string): bigint | undefined {
  if (digits.startsWith('0b')) return /^0b[01]+$/.test(digits) ? BigInt(digits) : undefined;
  if (digits.startsWith('0x')) return /^0x[0-9a-fA-F]+$/.test(digits) ? BigInt(digits) : undefined;
  if (digits.startsWith('0'))
    return /^0[oO]?[0-7]*$/.test(digits) ? BigInt(`0o0${digits.slice(1).replace(/^[oO]/, '')}`) : undefined;
  let sum = 0n;
  for (const part of digits.split(':')) {
    const trimmed = part.trim();
    if (!/^[0-9]+$/.test(trimmed)) return undefined;
    sum = sum * 60n + BigInt(trimmed);
  }
  return sum;
}

/** The float Python makes of the text; undefined where Python fails. */
export function readFloat(text: string): number | undefined {
  let digits = text.replaceAll('_', '').toLowerCase();
  const negative = digits.startsWith('-');
  if (negative || digits.startsWith('+')) digits = digits.slice(1);
  let value: number | undefined;
  if (digits === '.inf') value = Number.POSITIVE_INFINITY;
  else if (digits === '.nan') value = Number.NaN;
  else if (digits.includes(':')) {
    value = 0;
    let base = 1;
    // From the right, as PyYAML adds them up, so that rounding is the same.
    for (const part of digits.split(':').reverse()) {
      const number = readPythonFloat(part);
      if (number === undefined) return undefined;
      value += number * base;
      base *= 60;
    }
  } else value = readPythonFloat(digits);
  return value === undefined ? undefined : negative ? -value : value;
}

function readPythonFloat(text: string): number | undefined {
  const trimmed = text.trim();
  if (/^(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:e[-+]?[0-9]+)?$/.test(trimmed)) return Number(trimmed);
  if (trimmed === 'inf' || trimmed === 'infinity') return Number.POSITIVE_INFINITY;
  return trimmed === 'nan' ? Number.NaN : undefined;
}

const timestampParts =
  /^(\d{4})-(\d\d?)-(\d\d?)(?:(?:[Tt]|[ \t]+)(\d\d?):(\d\d):(\d\d)(?:\.(\d*))?(?:[ \t]*(Z|([-+])(\d\d?)(?::(\d\d))?))?)?$/;

/** A text that is equal for equal Python dates and times; undefined when the text names none that exists. */
export function readTimestamp(text: string): string | undefined {
  const match = timestampParts.exec(text);
  if (!match) return undefined;
  const part = (index: number) => Number(match[index] ?? 0);
  const [year, month, day, hour, minute, second] = [part(1), part(2), part(3), part(4), part(5), part(6)];
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (year < 1 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return undefined;
  if (match[4] === undefined) return `date ${date.getTime()}`;
  const offset = (match[9] === '-' ? -1 : 1) * (part(10) * 60 + part(11));
  if (hour > 23 || minute > 59 || second > 59 || Math.abs(offset) >= 24 * 60) return undefined;
  date.setUTCHours(hour, minute - offset, second);
  const microseconds = (match[7] ?? '').slice(0, 6).padEnd(6, '0');
  return `${match[8] === undefined ? 'naive' : 'aware'} ${date.getTime()} ${microseconds}`;
}
