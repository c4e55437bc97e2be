// Free text such as `extra_args` into words, by the rules Gravity relies on when it starts a process itself:
// Python's `shlex.split` in POSIX mode, without comments.

export type ShellWords =
  | { readonly ok: true; readonly words: readonly string[] }
  | { readonly ok: false; readonly message: string };

const blank = /[ \t\r\n]/;

/** Splits like `shlex.split(text)` of Python 3; an unclosed quote or a final backslash is a message. */
export function splitShellWords(text: string): ShellWords {
  const words: string[] = [];
  let word: string | undefined;
  let at = 0;
  while (at < text.length) {
    const character = text[at++] as string;
    if (blank.test(character)) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else if (character === '\\') {
      if (at >= text.length) return { ok: false, message: 'a backslash at the end escapes nothing' };
      word = (word ?? '') + text[at++];
    } else if (character === "'") {
      const end = text.indexOf("'", at);
      if (end < 0) return { ok: false, message: "a ' is never closed" };
      word = (word ?? '') + text.slice(at, end);
      at = end + 1;
    } else if (character === '"') {
      const quoted = doubleQuoted(text, at);
      if (!quoted) return { ok: false, message: 'a " is never closed' };
      word = (word ?? '') + quoted.text;
      at = quoted.next;
    } else {
      word = (word ?? '') + character;
    }
  }
  if (word !== undefined) words.push(word);
  return { ok: true, words };
}

// Inside double quotes a backslash escapes only `"` and itself; before anything else it stays.
function doubleQuoted(text: string, start: number): { text: string; next: number } | undefined {
  let out = '';
  for (let at = start; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '"') return { text: out, next: at + 1 };
    const next = text[at + 1];
    if (character === '\\' && (next === '"' || next === '\\')) {
      out += next;
      at++;
    } else {
      out += character;
    }
  }
  return undefined;
}
