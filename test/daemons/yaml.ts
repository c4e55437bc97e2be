// Writes configuration files whose values are hostile: every string, keys included, is a double-quoted scalar that
// PyYAML (Gravity, Galaxy) and gxgen read back as the same characters.

export type Value = null | boolean | number | string | readonly Value[] | { readonly [key: string]: Value };

/** A YAML document of one line a scalar. */
export function yamlText(document: { readonly [key: string]: Value }): string {
  return `${block(document, '').slice(1)}\n`;
}

function block(value: Value, indent: string): string {
  if (isList(value)) {
    if (value.length === 0) return ' []';
    return value.map((one) => `\n${indent}-${block(one, `${indent}  `)}`).join('');
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value);
    if (entries.length === 0) return ' {}';
    return entries.map(([key, one]) => `\n${indent}${word(key)}:${block(one, `${indent}  `)}`).join('');
  }
  return ` ${typeof value === 'string' ? quoted(value) : String(value)}`;
}

function isList(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

function word(key: string): string {
  const special = /^(true|false|yes|no|on|off|null|y|n)$/i;
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(key) && !special.test(key) ? key : quoted(key);
}

/** JSON, with the escapes that YAML readers ask for beyond JSON's. */
export function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
