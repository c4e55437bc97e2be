// What a command of a supervisor program says about Galaxy: the wrappers around it are peeled off, what is left tells
// the role. The command itself stays as it is written: that is what runs.

import type { ProgramRole } from '../../model/legacy.ts';
import { splitShellWords } from '../../model/shell-words.ts';

export interface CommandFacts {
  readonly role: ProgramRole;
  /** The word that tells. */
  readonly reason: string;
  /** `sg galaxy`, `bash -c`, `source /srv/venv/bin/activate`, outermost first. */
  readonly wrappers: readonly string[];
  readonly unixGroup?: string;
  readonly user?: string;
  /** Of a `cd` in front of it. */
  readonly directory?: string;
  readonly virtualenv?: string;
  /** Variables that `env` and `export` set. */
  readonly variables: readonly { readonly name: string; readonly value: string }[];
  /** The words of the command itself, from its program on. */
  readonly words: readonly string[];
  /** What follows the word that tells. */
  readonly rest: readonly string[];
}

interface Peeled {
  wrappers: string[];
  variables: { name: string; value: string }[];
  unixGroup?: string;
  user?: string;
  directory?: string;
  virtualenv?: string;
}

// `sg galaxy 'bash -c "..."'`: a shell in a shell, and a little deeper.
const deepest = 5;

export function commandFacts(argv: readonly string[]): CommandFacts {
  const peeled: Peeled = { wrappers: [], variables: [] };
  const words = peel(argv, peeled, 0);
  const { role, reason, at } = roleOf(words);
  const virtualenv = peeled.virtualenv ?? programVirtualenv(words, role);
  return {
    ...peeled,
    role,
    reason,
    words,
    rest: words.slice(at + 1),
    ...(virtualenv === undefined ? {} : { virtualenv }),
  };
}

function peel(words: readonly string[], out: Peeled, depth: number): readonly string[] {
  let rest = words;
  for (let steps = 0; steps < 20; steps++) {
    const program = base(rest[0] ?? '');
    if (program === 'exec') {
      rest = rest.slice(1);
    } else if (program === 'env') {
      rest = peelEnv(rest.slice(1), out);
    } else if (program === 'sudo') {
      rest = peelSudo(rest, out);
    } else if (['nice', 'ionice', 'numactl', 'nohup', 'setsid', 'time'].includes(program)) {
      const end = rest.findIndex((one, index) => index > 0 && !/^-|^\d+$/.test(one));
      out.wrappers.push(rest.slice(0, end < 0 ? rest.length : end).join(' '));
      rest = end < 0 ? [] : rest.slice(end);
    } else if (program === 'sg' && rest.length > 2 && depth < deepest) {
      out.unixGroup = rest[1] as string;
      out.wrappers.push(`sg ${rest[1]}`);
      const command = rest[2] === '-c' ? rest[3] : rest[2];
      return peelShell(command ?? '', out, depth + 1);
    } else if (isShell(program) && depth < deepest) {
      const at = rest.findIndex((one, index) => index > 0 && /^-[a-z]*c$/.test(one));
      const command = at < 0 ? undefined : rest[at + 1];
      if (command === undefined) return rest;
      out.wrappers.push(rest.slice(0, at + 1).join(' '));
      return peelShell(command, out, depth + 1);
    } else {
      return rest;
    }
  }
  return rest;
}

/** The part of a shell's text that is the Galaxy process; what is done before it is told in `out`. */
function peelShell(text: string, out: Peeled, depth: number): readonly string[] {
  let last: readonly string[] = [];
  for (const part of simpleCommands(text.slice(0, 100_000))) {
    const split = splitShellWords(part);
    const words = split.ok ? split.words : part.trim().split(/\s+/);
    const [first = '', second = ''] = words;
    if (first === '') continue;
    if (first === 'source' || first === '.') {
      out.wrappers.push(`source ${second}`);
      const activate = /^(.*)\/bin\/activate(?:\.\w+)?$/s.exec(second);
      if (activate) out.virtualenv = activate[1] as string;
    } else if (first === 'cd') {
      out.directory = second;
    } else if (first === 'newgrp') {
      out.unixGroup = second;
      out.wrappers.push(`newgrp ${second}`);
    } else if (first === 'export') {
      peelEnv(words.slice(1), out);
    } else {
      const inner = peel(words, out, depth);
      // The last of several that is known; commands such as `rm -rf` stand in front of it.
      const known = roleOf(inner).role !== 'other';
      if (!known && last.length === 0) out.wrappers.push(inner.slice(0, 2).join(' '));
      if (known || last.length === 0) last = inner;
    }
  }
  return last;
}

/** The commands of a shell's text: cut at `;`, `&`, `|` and line breaks that stand outside of quotes. */
function simpleCommands(text: string): string[] {
  const parts: string[] = [];
  let quote = '';
  let start = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at] as string;
    if (character === '\\' && quote !== "'") at++;
    else if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (/[;&|\n]/.test(character)) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  parts.push(text.slice(start));
  return parts.filter((one) => one.trim() !== '');
}

function peelEnv(words: readonly string[], out: Peeled): readonly string[] {
  let at = 0;
  for (; at < words.length; at++) {
    const assigned = /^([A-Za-z_]\w*)=(.*)$/s.exec(words[at] ?? '');
    if (assigned) out.variables.push({ name: assigned[1] as string, value: assigned[2] as string });
    else if (words[at] === '-u') at++;
    else if (!/^-/.test(words[at] ?? '')) break;
  }
  return words.slice(at);
}

function peelSudo(words: readonly string[], out: Peeled): readonly string[] {
  let at = 1;
  for (; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '-u' || word === '--user') out.user = words[++at] ?? '';
    else if (word === '-g' || word === '--group') out.unixGroup = words[++at] ?? '';
    else if (!/^-|^[A-Za-z_]\w*=/.test(word)) break;
  }
  out.wrappers.push(words.slice(0, at).join(' '));
  return words.slice(at);
}

function roleOf(words: readonly string[]): { role: ProgramRole; reason: string; at: number } {
  for (const [at, word] of words.slice(0, 40).entries()) {
    const found = roleOfWord(words, at, base(word));
    if (found) return { role: found, reason: word, at };
  }
  return { role: 'other', reason: words[0] ?? '', at: 0 };
}

function roleOfWord(words: readonly string[], at: number, name: string): ProgramRole | undefined {
  const rest = words.slice(at + 1);
  const has = (pattern: RegExp) => rest.some((one) => pattern.test(one));
  if (/^paster(?:\.py)?$/.test(name) && rest.includes('serve'))
    return has(/reports[\w.]*\.ini$/) ? 'reports' : 'paste';
  if (name === 'galaxy-main' || (name === 'main.py' && /galaxy\/main\.py$/.test(words[at] ?? '')))
    return 'webless';
  if (words[at] === 'galaxy.main' && words[at - 1] === '-m') return 'webless';
  // Distributions name it after its Python: uwsgi_python3.
  if (/^uwsgi(?:[-_][\w.]+)?$/.test(name)) {
    if (has(/^--?zerg-(?:pool|server)(?:=|$)/)) return 'zergpool';
    if (has(/reports[\w.]*\.(?:ini|ya?ml)$|reports\.buildapp/)) return 'reports';
    return has(/^--?zerg(?:=|$)/) ? 'zergling' : 'uwsgi';
  }
  if (name === 'gunicorn' || name === 'unicornherder')
    return has(/webapps\.reports/) ? 'reports' : 'gunicorn';
  if (name === 'celery' && has(/^galaxy\.celery/)) return rest.includes('beat') ? 'celery-beat' : 'celery';
  if (/gx-it-proxy/.test(words[at] ?? '')) return 'gx-it-proxy';
  return name === 'tusd' ? 'tusd' : undefined;
}

// `V/bin/python` of the program itself, and `--virtualenv` of uWSGI.
function programVirtualenv(words: readonly string[], role: ProgramRole): string | undefined {
  if (role === 'other' || role === 'tusd') return undefined;
  const own = /^(\/.*)\/bin\/(?:python[\d.]*|uwsgi|gunicorn|celery|paster|galaxy-main)$/s.exec(
    words[0] ?? '',
  )?.[1];
  if (own !== undefined && own !== '/usr' && own !== '/usr/local') return own;
  return commandValues(words, ['virtualenv', 'home', 'venv', 'pyhome', 'pythonhome', 'H']).at(-1);
}

/** All values of options of uWSGI on its command line: `--name value`, `--name=value`, `-n value`. */
export function commandValues(words: readonly string[], names: readonly string[]): string[] {
  return commandOptions(words)
    .filter((one) => names.includes(one.key))
    .map((one) => one.value);
}

/** The options of a uWSGI command line in order. A word behind an option is its value unless it is one itself. */
export function commandOptions(words: readonly string[]): { key: string; value: string; at: number }[] {
  const found: { key: string; value: string; at: number }[] = [];
  for (let at = 1; at < words.length; at++) {
    const word = words[at] as string;
    const match = /^--?([A-Za-z][\w-]*)(?:=(.*))?$/s.exec(word);
    if (!match) continue;
    const [, key = '', glued] = match;
    const next = words[at + 1];
    const takes = glued === undefined && next !== undefined && !/^--?[A-Za-z]/.test(next);
    found.push({ key, value: glued ?? (takes ? next : ''), at });
    if (takes) at++;
  }
  return found;
}

function isShell(name: string): boolean {
  return /^(?:ba|da|z|k)?sh$/.test(name);
}

function base(word: string): string {
  return word.slice(word.lastIndexOf('/') + 1);
}

/** The configuration that a command names, as written. */
export function configOf(facts: CommandFacts | undefined): { configFile?: string } {
  if (!facts) return {};
  const after = (names: readonly string[]) => {
    const at = facts.rest.findIndex((one) => names.includes(one));
    return at < 0 ? undefined : facts.rest[at + 1];
  };
  const found =
    facts.role === 'paste' || (facts.role === 'reports' && facts.rest.includes('serve'))
      ? facts.rest.slice(facts.rest.indexOf('serve') + 1).find((one) => !one.startsWith('-'))
      : facts.role === 'webless'
        ? (after(['-c', '--config-file']) ??
          facts.rest.find((one) => one.startsWith('--config-file='))?.slice('--config-file='.length))
        : commandValues(facts.words, [
            'ini-paste',
            'ini-paste-logged',
            'ini',
            'yaml',
            'yml',
            'y',
            'paste',
          ])[0];
  return found === undefined ? {} : { configFile: found };
}
