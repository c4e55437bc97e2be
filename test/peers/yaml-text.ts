// Writes YAML as people do, for the corpus. A scalar that must be spelled in a certain way (`0x10`, `yes`) is `raw`.

export type Value = null | boolean | number | string | Value[] | { [key: string]: Value };

/** Starts a string that is written as it stands; no value of the corpus begins so. */
const rawMark = '\u0001';

export function raw(text: string): string {
  return `${rawMark}${text}`;
}

/** A document, ending in a newline. */
export function yamlText(value: Value): string {
  return `${block(value, 0).replace(/^\n/, '')}\n`;
}

/** What goes behind a key or a dash: a scalar on the same line, or lines below. */
function block(value: Value, depth: number): string {
  const indent = '  '.repeat(depth);
  if (Array.isArray(value)) {
    if (value.length === 0) return ' []';
    return value.map((one) => `\n${indent}-${block(one, depth + 1)}`).join('');
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return ' {}';
    return entries.map(([key, one]) => `\n${indent}${scalar(key)}:${block(one, depth + 1)}`).join('');
  }
  return ` ${scalar(value)}`;
}

function scalar(value: null | boolean | number | string): string {
  if (typeof value !== 'string') return String(value);
  if (value.startsWith(rawMark)) return value.slice(rawMark.length);
  const plain =
    /^[A-Za-z/@][\w/.@+,=-]*$/.test(value) && !/^(y|n|yes|no|on|off|true|false|null|@)$/i.test(value);
  return plain && !value.startsWith('@') ? value : JSON.stringify(value);
}
