// An nginx configuration as a tree, read by nginx's own rules for tokens: the scanner must see what nginx sees, whatever
// the text looks like.

export interface Directive {
  readonly name: string;
  readonly args: readonly string[];
  readonly line: number;
  /** Absent for a simple directive. */
  readonly block?: readonly Directive[];
}

interface Token {
  readonly text: string;
  readonly line: number;
  /** False for `{`, `}` and `;` that end something. */
  readonly word: boolean;
}

/** Reads a file; throws where nginx would refuse its syntax. */
export function parse(text: string): Directive[] {
  const tokens = tokenize(text);
  let at = 0;
  const block = (inside: boolean): Directive[] => {
    const found: Directive[] = [];
    for (;;) {
      const first = tokens[at++];
      if (first === undefined) {
        if (inside) throw new Error('the file ends inside a block');
        return found;
      }
      if (!first.word) {
        if (first.text === '}' && inside) return found;
        throw new Error(`line ${first.line}: unexpected "${first.text}"`);
      }
      const args: string[] = [];
      let next = tokens[at++];
      for (; next?.word; next = tokens[at++]) args.push(next.text);
      if (next === undefined) throw new Error(`line ${first.line}: "${first.text}" does not end`);
      if (next.text === '}') throw new Error(`line ${next.line}: unexpected "}"`);
      const { text: name, line } = first;
      found.push(next.text === '{' ? { name, args, line, block: block(true) } : { name, args, line });
    }
  };
  return block(false);
}

function tokenize(text: string): Token[] {
  const tokens: Token[] = [];
  let line = 1;
  let at = 0;
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') line++;
    if (/\s/.test(character)) {
      at++;
    } else if (character === '#') {
      while (at < text.length && text[at] !== '\n') at++;
    } else if (/[{};]/.test(character)) {
      tokens.push({ text: character, line, word: false });
      at++;
    } else {
      const started = line;
      const quote = /["']/.test(character) ? character : undefined;
      let word = '';
      if (quote) at++;
      for (; ; at++) {
        const one = text[at];
        if (one === undefined) throw new Error(`line ${started}: a token does not end`);
        if (one === '\n') line++;
        if (one === '\\') {
          const next = text[++at] ?? '';
          const known: Record<string, string> = { '"': '"', "'": "'", '\\': '\\', t: '\t', r: '\r', n: '\n' };
          word += known[next] ?? `\\${next}`;
        } else if (quote ? one === quote : /[\s;{]/.test(one) && !(one === '{' && word.endsWith('$'))) {
          break;
        } else {
          word += one;
        }
      }
      if (quote) at++;
      tokens.push({ text: word, line: started, word: true });
      if (text[at] === '\n' && !quote && line > started) line--;
    }
  }
  return tokens;
}

/** Every directive of a tree with the blocks around it, outermost first. */
export function* walk(
  directives: readonly Directive[],
  around: readonly Directive[] = [],
): Generator<{ directive: Directive; around: readonly Directive[] }> {
  for (const directive of directives) {
    yield { directive, around };
    if (directive.block) yield* walk(directive.block, [...around, directive]);
  }
}
