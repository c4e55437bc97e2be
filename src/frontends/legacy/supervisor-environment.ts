// The `environment` of a supervisor program into variables, as supervisord 4.2 splits it: Python's shlex, not in its
// POSIX mode, with quotes stripped from both ends of a value.

export type EnvironmentText =
  | {
      readonly ok: true;
      readonly variables: readonly { readonly name: string; readonly value: string; readonly at: number }[];
    }
  | { readonly ok: false; readonly message: string; readonly at: number };

interface Token {
  readonly text: string;
  readonly at: number;
}

/** @param text after `%` was expanded */
export function splitEnvironment(text: string): EnvironmentText {
  const tokens = tokensOf(text);
  if (!Array.isArray(tokens)) return { ok: false, message: 'a quote is never closed', at: tokens.at };
  const variables: { name: string; value: string; at: number }[] = [];
  // Four at a time: the name, the sign, the value, and whatever comes next, which nobody looks at.
  for (let index = 0; index < tokens.length; index += 4) {
    const [name, sign, value] = tokens.slice(index, index + 3);
    if (!name || !sign || !value || sign.text !== '=')
      return { ok: false, message: 'it is no list of NAME="value" with commas between', at: name?.at ?? 0 };
    variables.push({ name: name.text, value: stripQuotes(value.text), at: name.at });
  }
  return { ok: true, variables };
}

function tokensOf(text: string): Token[] | { at: number } {
  const tokens: Token[] = [];
  let at = 0;
  while (at < text.length) {
    const character = text[at] as string;
    if (/[ \t\r\n]/.test(character)) {
      at++;
    } else if (character === '#') {
      const end = text.indexOf('\n', at);
      at = end < 0 ? text.length : end + 1;
    } else if (character === '"' || character === "'") {
      const end = text.indexOf(character, at + 1);
      if (end < 0) return { at };
      tokens.push({ text: text.slice(at, end + 1), at });
      at = end + 1;
    } else if (isWord(character)) {
      let end = at + 1;
      while (end < text.length && (isWord(text[end] as string) || /['"]/.test(text[end] as string))) end++;
      tokens.push({ text: text.slice(at, end), at });
      at = end;
    } else {
      tokens.push({ text: character, at });
      at++;
    }
  }
  return tokens;
}

function isWord(character: string): boolean {
  return /[A-Za-z0-9_/.+\-():]/.test(character);
}

function stripQuotes(text: string): string {
  let start = 0;
  let end = text.length;
  while (start < end && /['"]/.test(text[start] as string)) start++;
  while (end > start && /['"]/.test(text[end - 1] as string)) end--;
  return text.slice(start, end);
}
