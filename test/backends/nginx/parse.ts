// The reading side of nginx, as nginx 1.22 does it (ngx_conf_read_token): words, quotes, escapes, blocks. Only what
// generated files may hold; anything else fails the test.

/** A simple directive, or one with a block. */
export interface Directive {
  readonly words: readonly string[];
  readonly block?: readonly Directive[];
}

/** The directives of a file. */
export function readNginx(text: string): Directive[] {
  const reader = { text, at: 0 };
  const found = readBlock(reader, false);
  return found;
}

interface Reader {
  readonly text: string;
  at: number;
}

function readBlock(reader: Reader, inside: boolean): Directive[] {
  const directives: Directive[] = [];
  let words: string[] = [];
  for (;;) {
    skip(reader);
    const next = reader.text[reader.at];
    if (next === undefined) {
      if (inside || words.length > 0) throw new Error('the file ends too early');
      return directives;
    }
    if (next === '}') {
      if (!inside || words.length > 0) throw new Error('unexpected "}"');
      reader.at++;
      return directives;
    }
    if (next === ';' || next === '{') {
      if (words.length === 0) throw new Error(`unexpected "${next}"`);
      reader.at++;
      directives.push(next === ';' ? { words } : { words, block: readBlock(reader, true) });
      words = [];
    } else words.push(next === '"' ? quoted(reader) : plain(reader));
  }
}

function skip(reader: Reader): void {
  for (;;) {
    while (/[ \t\r\n]/.test(reader.text[reader.at] ?? '')) reader.at++;
    if (reader.text[reader.at] !== '#') return;
    while (reader.at < reader.text.length && reader.text[reader.at] !== '\n') reader.at++;
  }
}

function quoted(reader: Reader): string {
  const start = ++reader.at;
  let word = '';
  for (;;) {
    const one = reader.text[reader.at++];
    if (one === undefined) throw new Error('unbalanced quote');
    if (one === '"') break;
    if (one !== '\\') word += one;
    else {
      const next = reader.text[reader.at++] ?? '';
      const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
      // Any other pair keeps both characters.
      word += known[next] ?? `\\${next}`;
    }
  }
  if (Buffer.byteLength(reader.text.slice(start, reader.at - 1)) > 4094) throw new Error('too long');
  if (!/[ \t\r\n;{]/.test(reader.text[reader.at] ?? '')) throw new Error('a word goes on behind its quote');
  return word;
}

function plain(reader: Reader): string {
  let word = '';
  for (;;) {
    const one = reader.text[reader.at] ?? ' ';
    if (/[ \t\r\n;]/.test(one) || (one === '{' && !word.endsWith('$'))) return word;
    if (/["'\\\0]/.test(one)) throw new Error('a special character outside quotes');
    word += one;
    reader.at++;
    // "${name}" is one piece.
    if (one === '{') {
      const end = reader.text.indexOf('}', reader.at);
      word += reader.text.slice(reader.at, end + 1);
      reader.at = end + 1;
    }
  }
}

/** Every directive of the tree, those in blocks too. */
export function flat(directives: readonly Directive[]): Directive[] {
  return directives.flatMap((one) => [one, ...flat(one.block ?? [])]);
}

/** The blocks of that name. */
export function blocksOf(directives: readonly Directive[], name: string): Directive[] {
  return flat(directives).filter((one) => one.words[0] === name && one.block);
}

/** The words behind a directive of the block itself, once for each time it stands there. */
export function valuesOf(block: readonly Directive[] | undefined, name: string): string[] {
  return (block ?? []).filter((one) => one.words[0] === name).map((one) => one.words.slice(1).join(' '));
}
