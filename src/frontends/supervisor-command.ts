// A command line that starts a Galaxy process: `galaxy-main`, `lib/galaxy/main.py` or Paste, alone or in a shell's.

import { splitShellWords } from '../model/shell-words.ts';

export interface GalaxyCommand {
  readonly serverName: string;
  readonly pools: readonly string[];
  /** True for Paste, which is a web server too. */
  readonly web: boolean;
}

export type CommandLine =
  | { readonly ok: true; readonly process: GalaxyCommand | undefined }
  | { readonly ok: false; readonly message: string };

/** Stands for what is known on the server only: a private character, which no name of a process has. */
export const unknown = '\u{f0000}';

/** True when part of a name is known on the server only. */
export function hasUnknown(name: string): boolean {
  return name.includes(unknown);
}

// `sg galaxy 'bash -c "..."'`: a shell in a shell, and no deeper.
const deepest = 3;

/** The Galaxy process of a command, after expansion; undefined where it is another program's. */
export function galaxyCommand(command: string): CommandLine {
  const split = splitShellWords(command);
  if (!split.ok) return split;
  return { ok: true, process: search(split.words, 0) };
}

function search(words: readonly string[], depth: number): GalaxyCommand | undefined {
  for (const [index, word] of words.entries()) {
    const web = isPaste(words, index);
    if (web || isWebless(words, index)) return named(words.slice(index + 1), web, depth);
    if (depth >= deepest || !/\s/.test(word) || !/galaxy|paster/.test(word)) continue;
    const inner = splitShellWords(word.replace(/[;&|\n]+/g, ' $& '));
    const found = inner.ok ? search(inner.words, depth + 1) : undefined;
    if (found) return found;
  }
  return undefined;
}

function isWebless(words: readonly string[], index: number): boolean {
  const word = words[index] ?? '';
  return (
    /(?:^|\/)galaxy-main$/.test(word) ||
    /(?:^|\/)galaxy\/main\.py$/.test(word) ||
    (word === 'galaxy.main' && words[index - 1] === '-m')
  );
}

function isPaste(words: readonly string[], index: number): boolean {
  return /(?:^|\/)paster(?:\.py)?$/.test(words[index] ?? '') && words[index + 1] === 'serve';
}

function named(words: readonly string[], web: boolean, depth: number): GalaxyCommand {
  const end = words.findIndex((word) => depth > 0 && /^[;&|\n]+$/.test(word));
  const own = end < 0 ? words : words.slice(0, end);
  // In a shell's words a variable has a value that only the shell knows.
  const values = (option: string) =>
    optionValues(own, option).map((one) => (depth > 0 && /[$`]/.test(one) ? unknown : one));
  return {
    serverName: values('--server-name').at(-1) ?? 'main',
    pools: values('--attach-to-pool'),
    web,
  };
}

// Python's argparse takes the beginning of an option for the whole of it.
function optionValues(words: readonly string[], option: string): string[] {
  const values: string[] = [];
  for (let index = 0; index < words.length; index++) {
    const [, name = '', value] = /^(--[a-z-]+)(?:=(.*))?$/s.exec(words[index] ?? '') ?? [];
    if (name.length < 5 || !option.startsWith(name)) continue;
    const given = value ?? words[++index];
    if (given !== undefined) values.push(given);
  }
  return values;
}
