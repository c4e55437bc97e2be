// The reading side of systemd, as systemd 252 does it: words, C escapes, specifiers, `$`. Only what escaped text may
// hold; anything else fails the test.

/** The arguments a process gets from the text behind `ExecStart=`. */
export function readCommand(line: string): string[] {
  return readWords(line).map((word) => afterDollars(afterSpecifiers(word)));
}

/** The assignments behind `Environment=`. */
export function readEnvironment(line: string): string[] {
  return readWords(line).map(afterSpecifiers);
}

/** The variables of a file named by `EnvironmentFile=`, all in double quotes. */
export function readEnvironmentFile(text: string): Map<string, string> {
  const variables = new Map<string, string>();
  let at = 0;
  while (at < text.length) {
    const head = /^([A-Za-z_][A-Za-z0-9_]*)="/.exec(text.slice(at, at + 300));
    if (!head) throw new Error(`no assignment at ${at}`);
    at += head[0].length;
    let value = '';
    while (text[at] !== '"') {
      if (text[at] === '\\') at++;
      else if (text[at] === '$' || text[at] === '`') throw new Error('bare $ or `');
      value += text[at++] ?? '';
      if (at > text.length) throw new Error('unbalanced quote');
    }
    if (text[at + 1] !== '\n') throw new Error('text behind a quote');
    at += 2;
    variables.set(head[1] ?? '', value);
  }
  return variables;
}

function readWords(line: string): string[] {
  if (/[\n\r\0]/.test(line)) throw new Error('the line breaks');
  const words: string[] = [];
  let at = 0;
  while (at < line.length) {
    if (line[at] === ' ') {
      at++;
      continue;
    }
    let word = '';
    if (line[at] === '"') {
      at++;
      while (line[at] !== '"') {
        if (at >= line.length) throw new Error('unbalanced quote');
        if (line[at] !== '\\') word += line[at++];
        else {
          const found = /^\\(?:x([0-9a-f]{2})|(.))/s.exec(line.slice(at, at + 4));
          if (!found) throw new Error('broken escape');
          at += found[0].length;
          const known: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
          const character = found[1]
            ? String.fromCharCode(Number.parseInt(found[1], 16))
            : known[found[2] ?? ''];
          if (character === undefined) throw new Error(`unknown escape ${found[0]}`);
          word += character;
        }
      }
      at++;
    } else {
      while (at < line.length && line[at] !== ' ') {
        if (/["'\\;\t]/.test(line[at] ?? '')) throw new Error('a special character outside quotes');
        word += line[at++];
      }
    }
    if (at < line.length && line[at] !== ' ') throw new Error('a word goes on behind its quote');
    words.push(word);
  }
  return words;
}

function afterSpecifiers(word: string): string {
  return word.replace(/%(.?)/gs, (_, next: string) => {
    if (next !== '%') throw new Error(`specifier %${next}`);
    return '%';
  });
}

function afterDollars(word: string): string {
  return word.replace(/\$(.?)/gs, (_, next: string) => {
    if (next !== '$') throw new Error(`expansion $${next}`);
    return '$';
  });
}
