// The files of this project and what they import, for the tests that keep the house in order.

import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, posix } from 'node:path';

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** Path in the project, for a relative one. */
  readonly target: string | undefined;
  readonly typeOnly: boolean;
}

export interface SourceFile {
  readonly path: string;
  readonly text: string;
  /** The text with comments and the contents of strings blanked out, line by line the same. */
  readonly code: string;
  readonly imports: readonly Import[];
}

/** Every file below a folder (or the file itself) whose name ends so, sorted; generated ones left out. */
export function listFiles(folder: string, ending = ''): string[] {
  if (!existsSync(folder)) return [];
  if (statSync(folder).isFile()) return [folder];
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile() && one.name.endsWith(ending) && !/\.gen\.js$/.test(one.name))
    .map((one) => join(one.parentPath, one.name))
    .sort();
}

export function readSource(path: string): SourceFile {
  const text = readFileSync(path, 'utf8');
  return { path, text, code: blank(text), imports: importsOf(path, text) };
}

/** Static, dynamic and type imports, and `export ... from`. */
export function importsOf(path: string, text: string): Import[] {
  const bare = blank(text, true);
  const found: Import[] = [];
  const statement = /^(import|export)\b([^;'"`]*?)(?:\bfrom\s*)?(['"])([^'"\n]+)\3/gm;
  for (const [, word = '', clause = '', , specifier = ''] of bare.matchAll(statement)) {
    if (word === 'export' && !/[}*]\s*$/.test(clause)) continue;
    found.push(make(specifier, isTypeOnly(clause)));
  }
  for (const [, type, specifier = ''] of bare.matchAll(/(\btypeof\s+)?\bimport\(\s*['"]([^'"\n]+)['"]\s*\)/g))
    found.push(make(specifier, type !== undefined));
  return found;

  function make(specifier: string, typeOnly: boolean): Import {
    const target = specifier.startsWith('.') ? posix.join(posix.dirname(path), specifier) : undefined;
    return { specifier, target, typeOnly };
  }
}

function isTypeOnly(clause: string): boolean {
  if (/^\s*type\b/.test(clause)) return true;
  const names = /^\s*\{([\s\S]*)\}\s*$/
    .exec(clause)?.[1]
    ?.split(',')
    .map((name) => name.trim());
  return names?.filter((name) => name !== '').every((name) => name.startsWith('type ')) ?? false;
}

/**
 * The text with comments blanked out, and the contents of strings unless they are kept. Knows what this project
 * writes: a regular expression is told from a division by what stands before it.
 */
export function blank(text: string, keepStrings = false): string {
  const token =
    /\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:^|[=(,:;!&|?{}[\n]|=>|return|case)\s*)\/(?![*/])(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[a-z]*/g;
  return text.replace(token, (found) => {
    const isComment = found.startsWith('//') || found.startsWith('/*');
    if (isComment) return found.replace(/[^\n]/g, ' ');
    const first = found[0] ?? '';
    if (keepStrings || first === '/') return keepStrings ? found : found.replace(/[^\n]/g, ' ');
    if (first === '`') return blankTemplate(found);
    return first + found.slice(1, -1).replace(/[^\n]/g, ' ') + first;
  });
}

/** Keeps the code in `${...}` of a template: only its text is blanked. */
function blankTemplate(template: string): string {
  const parts = template.split(/(\$\{(?:[^{}]|\{[^{}]*\})*\})/);
  return parts.map((part) => (part.startsWith('${') ? part : part.replace(/[^\n`]/g, ' '))).join('');
}
