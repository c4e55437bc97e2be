// A file of supervisord as Python's configparser reads it: sections, keys, inline comments, continuation lines.

/** Keys in lower case, by section; a section that stands twice goes on. */
export type Sections = ReadonlyMap<string, ReadonlyMap<string, string>>;

/** @param texts files in the order in which they are read */
export function readSections(texts: readonly string[]): Sections {
  const sections = new Map<string, Map<string, string>>();
  for (const text of texts) {
    let section = new Map<string, string>();
    let key: string | undefined;
    for (const raw of text.split(/\r\n?|\n/)) {
      const line = withoutComment(raw);
      const trimmed = strip(line);
      if (trimmed === '') continue;
      const header = /^\[([^\]]+)\]/.exec(line)?.[1];
      const indented = /^\s/.test(raw);
      if (indented && key !== undefined) {
        section.set(key, `${section.get(key) ?? ''}\n${trimmed}`);
      } else if (header !== undefined) {
        section = sections.get(header) ?? new Map<string, string>();
        sections.set(header, section);
        key = undefined;
      } else {
        const at = line.search(/[=:]/);
        key = at < 0 ? undefined : strip(line.slice(0, at)).toLowerCase();
        if (key !== undefined) section.set(key, strip(line.slice(at + 1)));
      }
    }
  }
  return sections;
}

/** A line up to the comment in it: a sign at its start or behind a blank. */
function withoutComment(line: string): string {
  for (let at = 0; at < line.length; at++) {
    const sign = line[at] === ';' || line[at] === '#';
    if (sign && (at === 0 || isBlank(line[at - 1] ?? ''))) return line.slice(0, at);
  }
  return line;
}

/** Python's `value % {...}`: names that are not known stay. */
export function expandValue(text: string, names: ReadonlyMap<string, string | number>): string {
  return text.replace(
    /%(?:%|\((\w+)\)(\.0)?(0?\d*)([sdc]))/g,
    (whole, name: string | undefined, none, width: string) => {
      if (name === undefined) return '%';
      if (none !== undefined) return '';
      const value = names.get(name);
      if (value === undefined) return whole;
      return width.startsWith('0') ? String(value).padStart(Number(width), '0') : String(value);
    },
  );
}

/** The words of `command=`, as Python's shlex splits them. */
export function commandWords(text: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (quote === '' && /[ \t\r\n]/.test(character)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === '\\' && quote === '') word = (word ?? '') + (text[++at] ?? '');
    else if (character === '\\' && quote === '"' && /["\\]/.test(text[at + 1] ?? ''))
      word = (word ?? '') + (text[++at] ?? '');
    else word = (word ?? '') + character;
  }
  return word === undefined ? found : [...found, word];
}

/** The variables of `environment=`: `A="x",B='y'`. */
export function environmentOf(text: string): Map<string, string> {
  const found = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const head = /^[\s,]*([^\s=,]+)\s*=\s*/.exec(text.slice(at));
    if (!head) break;
    at += head[0].length;
    const quote = text[at] === '"' || text[at] === "'" ? (text[at] ?? '') : '';
    const end = quote === '' ? at + text.slice(at).search(/,|$/) : text.indexOf(quote, at + 1);
    if (end < 0) break;
    found.set(head[1] ?? '', quote === '' ? strip(text.slice(at, end)) : text.slice(at + 1, end));
    at = quote === '' ? end : end + 1;
  }
  return found;
}

function isBlank(character: string): boolean {
  const code = character.charCodeAt(0);
  return (code >= 0x1c && code <= 0x1f) || code === 0x85 || (code !== 0xfeff && /\s/.test(character));
}

function strip(text: string): string {
  let [start, end] = [0, text.length];
  while (start < end && isBlank(text[start] ?? '')) start++;
  while (end > start && isBlank(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}
