// The words of a directive as systemd reads them: quotes, C escapes, specifiers, dollars. The reading side of escape.ts.
// What systemd would refuse or look up at run time stays as it is written: this is for comparing, not for starting.

/** The words of a command line, as its process gets them. @param specifiers by their letter */
export function commandWords(line: string, specifiers: ReadonlyMap<string, string>): string[] {
  const [first = '', ...rest] = words(line).map((word) => expand(word, specifiers));
  const program = first.replace(/^[@:+!|-]+/, '');
  // With a colon nothing is taken for a variable.
  const literal = /^[@+!|-]*:/.test(first);
  return [program, ...(literal ? rest : rest.map((word) => word.replaceAll('$$', '$')))];
}

/** The assignments of `Environment=`. */
export function assignments(line: string, specifiers: ReadonlyMap<string, string>): [string, string][] {
  return words(line).flatMap((word): [string, string][] => {
    const text = expand(word, specifiers);
    const at = text.indexOf('=');
    return at > 0 ? [[text.slice(0, at), text.slice(at + 1)]] : [];
  });
}

/** The variables of a file that `EnvironmentFile=` names. */
export function fileAssignments(text: string): [string, string][] {
  const found: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    const head = /^[ \t]*(?:([A-Za-z_][A-Za-z0-9_]*)=|[^\n]*\n?)/.exec(text.slice(at, at + 1000));
    at += head?.[0].length || text.length;
    const name = head?.[1];
    if (name === undefined) continue;
    let value = '';
    let quote = '';
    for (; at < text.length; at++) {
      const character = text[at] ?? '';
      if (quote === '' && character === '\n') break;
      if (character === quote) quote = '';
      else if (quote === '' && (character === '"' || character === "'")) quote = character;
      else if (character === '\\' && quote !== "'") value += text[++at] ?? '';
      else value += character;
    }
    found.push([name, value]);
    at++;
  }
  return found;
}

/** Text with its specifiers replaced; those that only the machine knows stay. */
export function expand(text: string, specifiers: ReadonlyMap<string, string>): string {
  return text.replace(/%(.)/gs, (whole, letter: string) =>
    letter === '%' ? '%' : (specifiers.get(letter) ?? whole),
  );
}

/** The words of a line; quotes may stand anywhere in one. */
export function words(line: string): string[] {
  const found: string[] = [];
  let word: string | undefined;
  let quote = '';
  for (let at = 0; at < line.length; at++) {
    const character = line[at] ?? '';
    if (quote === '' && /[ \t\n\r]/.test(character)) {
      if (word !== undefined) found.push(word);
      word = undefined;
    } else if (character === quote) quote = '';
    else if (quote === '' && (character === '"' || character === "'")) {
      quote = character;
      word ??= '';
    } else if (character === '\\') {
      const sequence = /^(?:x[0-9a-fA-F]{2}|[0-7]{3}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|[abfnrtvs\\"'])/.exec(
        line.slice(at + 1, at + 10),
      )?.[0];
      word = (word ?? '') + (sequence === undefined ? '\\' : unescaped(sequence));
      at += sequence?.length ?? 0;
    } else word = (word ?? '') + character;
  }
  return word === undefined ? found : [...found, word];
}

const short: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  s: ' ',
};

function unescaped(sequence: string): string {
  if (/^[xuU]./.test(sequence)) {
    const code = Number.parseInt(sequence.slice(1), 16);
    return code > 0x10ffff ? '' : String.fromCodePoint(code);
  }
  if (/^[0-7]{3}$/.test(sequence)) return String.fromCharCode(Number.parseInt(sequence, 8));
  return short[sequence] ?? sequence;
}
