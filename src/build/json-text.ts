// JSON as the formatter of this repository leaves it, so that generated files pass the same check as written ones.

const width = 110;

/** The text of a value, with a final line end: objects over several lines, lists of scalars on one where they fit. */
export function printJson(value: unknown): string {
  return `${print(value, '', 0)}\n`;
}

/** @param used columns taken before the value on its line, and one for a comma behind it */
function print(value: unknown, indent: string, used: number): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  if (Array.isArray(value)) {
    if (value.every((one) => typeof one !== 'object' || one === null)) {
      const line = `[${value.map((one) => JSON.stringify(one)).join(', ')}]`;
      if (indent.length + used + line.length <= width) return line;
    }
    return `[\n${value.map((one) => inner + print(one, inner, 1)).join(',\n')}\n${indent}]`;
  }
  const pairs = Object.entries(value);
  if (pairs.length === 0) return '{}';
  const lines = pairs.map(([key, one]) => {
    const name = `${JSON.stringify(key)}: `;
    return inner + name + print(one, inner, name.length + 1);
  });
  return `{\n${lines.join(',\n')}\n${indent}}`;
}
