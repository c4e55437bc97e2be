// The reading side of supervisord: Python's configparser with inline comments, `%` formatting, shlex.

/** What configparser makes of the text behind `key =`, over as many lines as it has. */
export function readValue(text: string): string {
  if (text.includes('\r')) throw new Error('the line breaks');
  if (text.includes('%(here)s')) throw new Error('an [include] section replaces %(here)s');
  return pythonStrip(
    text
      .split('\n')
      .map((line) => {
        for (let at = 0; at < line.length; at++) {
          const comment = line[at] === ';' || line[at] === '#';
          if (comment && (at === 0 || isPythonSpace(line[at - 1] ?? '')))
            return pythonStrip(line.slice(0, at));
        }
        return pythonStrip(line);
      })
      .join('\n'),
  );
}

/** Python's `value % {...}`. */
export function expand(text: string): string {
  return text.replace(/%(%|\(program_name\)\.0s|\(process_num\)d|)/g, (_, what: string) => {
    if (what === '') throw new Error('a lone %');
    return what === '%' ? '%' : what === '(process_num)d' ? '7' : '';
  });
}

/** POSIX shlex: the words of `command=`. */
export function splitCommand(text: string): string[] {
  const words: string[] = [];
  let word: string | undefined;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === "'" || character === '"') {
      const end = text.indexOf(character, at + 1);
      if (end < 0) throw new Error('no closing quotation');
      const body = text.slice(at + 1, end);
      if (character === '"' && body.includes('\\')) throw new Error('an escape');
      word = (word ?? '') + body;
      at = end;
    } else if (/[ \t\r\n]/.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else {
      if (/[\\#;]/.test(character)) throw new Error('a special character outside quotes');
      word = (word ?? '') + character;
    }
  }
  return word === undefined ? words : [...words, word];
}

/** The variables of `environment=` in supervisor 4.2, or in one whose shlex is POSIX. */
export function splitEnvironment(text: string, posix: boolean): Map<string, string> {
  const variables = new Map<string, string>();
  for (let at = 0; at < text.length; ) {
    const head = /^\s*([A-Za-z_][A-Za-z0-9_]*)=(['"])/.exec(text.slice(at));
    if (!head) throw new Error(`no assignment: ${text.slice(at, at + 20)}`);
    at += head[0].length;
    const quote = head[2] ?? '';
    const end = text.indexOf(quote, at);
    if (end < 0) throw new Error('no closing quotation');
    const body = text.slice(at, end);
    if (posix && quote === '"' && body.includes('\\')) throw new Error('an escape');
    variables.set(head[1] ?? '', posix ? body : body.replace(/^['"]+|['"]+$/g, ''));
    at = end + 1;
    if (at < text.length && text[at] !== ',') throw new Error('text behind a quote');
    at++;
  }
  return variables;
}

function isPythonSpace(character: string): boolean {
  const code = character.charCodeAt(0);
  if ((code >= 0x1c && code <= 0x1f) || code === 0x85) return true;
  return code !== 0xfeff && /\s/.test(character);
}

function pythonStrip(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && isPythonSpace(text[start] ?? '')) start++;
  while (end > start && isPythonSpace(text[end - 1] ?? '')) end--;
  return text.slice(start, end);
}
