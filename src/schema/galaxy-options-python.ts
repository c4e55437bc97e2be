// What Galaxy's conversions make of a YAML value: Python's int(), float() and str(), and Galaxy's own reading of
// truth values (`string_as_bool`).

import type { ScalarNode } from '../syntax/tree.ts';

const trueWords = new Set(['true', 'yes', 'on', '1']);
// Words whose writer meant false, as Galaxy takes every other word for false too.
const falseWords = new Set(['false', 'no', 'off', '0', 'f', 'n', 'none', 'null', '']);

/** Galaxy's reading of a truth value; `doubtful` when the word is none that means what Galaxy makes of it. */
export function galaxyBool(node: ScalarNode): { readonly value: boolean; readonly doubtful: boolean } {
  const word = pythonText(node).toLowerCase();
  const value = trueWords.has(word);
  return { value, doubtful: !value && !falseWords.has(word) };
}

/** True when Python's int() takes the text. */
export function isIntText(text: string): boolean {
  return /^[-+]?\d+(?:_\d+)*$/.test(trimmed(text));
}

/** True when Python's float() takes the text. */
export function isFloatText(text: string): boolean {
  const word = trimmed(text);
  if (/^[-+]?(?:inf|infinity|nan)$/i.test(word)) return true;
  const match = /^[-+]?([\d_]*)(?:\.([\d_]*))?(?:e[-+]?(\d[\d_]*))?$/i.exec(word);
  if (!match) return false;
  const parts = [match[1], match[2], match[3]].filter((part) => part !== undefined && part !== '');
  return (
    (match[1] !== '' || (match[2] ?? '') !== '') &&
    parts.every((part) => part !== undefined && /^\d+(?:_\d+)*$/.test(part))
  );
}

function trimmed(text: string): string {
  return text.length > 400 ? text : text.trim();
}

/** Python's str() of a value. Of a date with a time, which Python writes in its own form, the text itself. */
export function pythonText({ type, value, text }: ScalarNode): string {
  if (type === 'null') return 'None';
  if (type === 'bool') return value ? 'True' : 'False';
  if (type === 'float' && typeof value === 'number') return floatText(value);
  return type === 'timestamp' ? text : String(value);
}

/** True when str() gives back the characters that stand in the file. */
export function keepsItsText(node: ScalarNode): boolean {
  if (node.type === 'timestamp') return /^\d{4}-\d\d-\d\d(?: \d\d:\d\d:\d\d)?$/.test(node.text);
  return node.type === 'str' || pythonText(node) === node.text;
}

/** The shortest digits that read as the same number, as Python's repr writes them. */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value < 0 ? '-inf' : 'inf';
  const [mantissa = '', power = '0'] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent < -4 || exponent >= 16) {
    const digits = String(Math.abs(exponent)).padStart(2, '0');
    return `${mantissa}e${exponent < 0 ? '-' : '+'}${digits}`;
  }
  const sign = Object.is(value, -0) || value < 0 ? '-' : '';
  const digits = mantissa.replace(/[-.]/g, '');
  if (exponent < 0) return `${sign}0.${'0'.repeat(-exponent - 1)}${digits}`;
  const whole = digits.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  return `${sign}${whole}.${digits.slice(exponent + 1) || '0'}`;
}
