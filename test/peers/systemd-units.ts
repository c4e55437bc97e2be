// Reads a folder of systemd units as systemd 252 would, as far as generated units go, and refuses what it does not
// know: lines joined, words split with quotes and C escapes, specifiers expanded in the decoded word, then `$`.
// Sources: systemd.syntax(7), systemd.unit(5), systemd.exec(5), systemd.service(5) "Command lines".

import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Effective } from './effective.ts';
import { mask, unwrap, words } from './effective.ts';

/** Every unit below `folder`, sorted by name. `installed` is where the units will stand: names environment files. */
export function readUnits(folder: string, installed: string): Effective[] {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort();
  const environment = (path: string): string => {
    const found = files.find((file) => join(installed, basename(file)) === path);
    if (found === undefined) throw new Error(`no environment file "${path}"`);
    return readFileSync(found, 'utf8');
  };
  const used = new Set<string>();
  const units = files
    .filter((file) => !file.endsWith('.env'))
    .map((file) =>
      readUnit(basename(file), readFileSync(file, 'utf8'), (path) => {
        used.add(basename(path));
        return environment(path);
      }),
    );
  for (const file of files) {
    if (file.endsWith('.env') && !used.has(basename(file)))
      throw new Error(`nothing reads ${basename(file)}`);
  }
  return units;
}

/** One unit. `environment` gives the text of an `EnvironmentFile=`. */
export function readUnit(name: string, text: string, environment: (path: string) => string): Effective {
  const directives = readDirectives(text);
  const fields = new Map<string, string>();
  const set = (field: string, value: string) => fields.set(field, value);
  const rest = new Map<string, string[]>();
  const reset = (value: string, prefix: string) => {
    if (value !== '') return false;
    for (const key of [...fields.keys()]) if (key.startsWith(prefix)) fields.delete(key);
    return true;
  };
  let fromFile: [string, string][] = [];
  for (const { section, key, value } of directives) {
    const plain = () => specifiers(value, name);
    switch (`${section}.${key}`) {
      case 'Service.ExecStart': {
        const argv = commandLine(value, name, fields);
        set('argv', words(unwrap(argv, set)));
        break;
      }
      case 'Service.ExecReload':
        set('reload', value);
        break;
      case 'Service.Environment':
        if (reset(value, 'env.')) break;
        for (const word of split(value)) {
          const [variable, content] = assignment(specifiers(word, name));
          set(`env.${variable}`, content);
        }
        break;
      case 'Service.EnvironmentFile':
        set('environmentFile', plain());
        fromFile = fromFile.concat(readEnvironmentFile(environment(plain())));
        break;
      case 'Service.WorkingDirectory':
        set('cwd', normal(plain()));
        break;
      case 'Service.User':
        if (value !== '') set('user', plain());
        break;
      case 'Service.Group':
        if (value !== '') set('group', plain());
        break;
      case 'Service.UMask':
        set('umask', mask(value));
        break;
      case 'Service.TimeoutStartSec':
        set('startTimeout', seconds(value));
        break;
      case 'Service.TimeoutStopSec':
        set('stopTimeout', seconds(value));
        break;
      case 'Service.MemoryMax':
        set('memoryMax', bytes(value));
        break;
      case 'Service.MemoryHigh':
        set('memoryHigh', bytes(value));
        break;
      case 'Service.LogNamespace':
        set('logNamespace', plain());
        break;
      case 'Unit.Description':
        set('description', plain());
        break;
      case 'Unit.PartOf':
        set('partOf', value);
        break;
      case 'Unit.Wants':
        // A set for systemd: starting order comes from After= alone.
        set('wants', sorted([...(fields.get('wants') ?? '').split(' '), ...value.split(/[ \t]+/)]));
        break;
      default: {
        const field = `directive.${section}.${key}`;
        rest.set(field, [...(rest.get(field) ?? []), value]);
      }
    }
  }
  // The file wins whatever the order of the lines.
  for (const [variable, content] of fromFile) set(`env.${variable}`, content);
  for (const [field, values] of rest) set(field, values.join(' | '));
  return { id: name, fields };
}

interface Directive {
  readonly section: string;
  readonly key: string;
  readonly value: string;
}

function readDirectives(text: string): Directive[] {
  if (/[\r\0]/.test(text)) throw new Error('a carriage return or NUL ends a line in systemd');
  const found: Directive[] = [];
  let section = '';
  let joined = '';
  for (const line of text.split('\n')) {
    const trimmed = line.replace(/^[ \t]+/, '');
    if (/^[#;]/.test(trimmed)) continue;
    if (/(^|[^\\])(\\\\)*\\$/.test(line)) {
      joined += `${line.slice(0, -1)} `;
      continue;
    }
    const whole = (joined + line).replace(/^[ \t]+|[ \t]+$/g, '');
    joined = '';
    if (whole === '') continue;
    const header = /^\[([^\]]+)\]$/.exec(whole)?.[1];
    if (header !== undefined) {
      section = header;
      continue;
    }
    const equals = whole.indexOf('=');
    if (equals < 1) throw new Error(`systemd drops the line "${whole}"`);
    found.push({
      section,
      key: whole.slice(0, equals).replace(/[ \t]+$/, ''),
      value: whole.slice(equals + 1).replace(/^[ \t]+/, ''),
    });
  }
  return found;
}

const escapes: Record<string, string> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
  '"': '"',
  "'": "'",
  s: ' ',
};

/** Words of a line: blanks separate outside quotes; `\x41`, `\101`, `A` and the short escapes are decoded. */
export function split(line: string): string[] {
  const found: string[] = [];
  let at = 0;
  while (at < line.length) {
    while (/[ \t\n\r]/.test(line[at] ?? '')) at++;
    if (at >= line.length) break;
    const bytesOf: Buffer[] = [];
    let quote = '';
    for (; at < line.length; at++) {
      const char = String.fromCodePoint(line.codePointAt(at) ?? 0);
      if (quote === '' && /[ \t\n\r]/.test(char)) break;
      if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      else if (char === '\\') {
        const code = /^\\(?:x([0-9a-fA-F]{2})|([0-7]{3})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8}))/.exec(
          line.slice(at),
        );
        const short = escapes[line[at + 1] ?? ''];
        if (code !== null) {
          const [all, hex, octal, four, eight] = code;
          const unicode = four ?? eight;
          bytesOf.push(
            unicode === undefined
              ? Buffer.from([hex === undefined ? Number.parseInt(octal ?? '', 8) : Number.parseInt(hex, 16)])
              : Buffer.from(String.fromCodePoint(Number.parseInt(unicode, 16))),
          );
          at += all.length - 1;
        } else if (short !== undefined) {
          bytesOf.push(Buffer.from(short));
          at++;
        } else throw new Error(`unknown escape in "${line}"`);
      } else {
        bytesOf.push(Buffer.from(char));
        at += char.length - 1;
      }
    }
    if (quote !== '') throw new Error(`unbalanced quote in "${line}"`);
    found.push(Buffer.concat(bytesOf).toString());
  }
  return found;
}

/** `%%`, and the specifiers that generated units may hold. Others would expand by accident. */
function specifiers(word: string, unit: string): string {
  const instance = /@(.*)\.[a-z]+$/.exec(unit)?.[1] ?? '';
  return word.replace(/%(.|$)/g, (all, letter: string) => {
    if (letter === '%') return '%';
    if (letter === 'i') return instance;
    if (/[A-Za-z0-9]/.test(letter)) throw new Error(`systemd expands "${all}" in "${word}"`);
    return all;
  });
}

/** The argument vector of a command line, with prefixes and variables resolved. */
function commandLine(line: string, unit: string, fields: ReadonlyMap<string, string>): string[] {
  const argv = split(line).map((word) => specifiers(word, unit));
  const prefix = /^[-:+!@]*/.exec(argv[0] ?? '')?.[0] ?? '';
  if (/[-+!@]/.test(prefix)) throw new Error(`prefix "${prefix}" in "${line}"`);
  const [program = '', ...rest] = argv;
  const path = program.slice(prefix.length);
  // `/bin/true ;` would be two commands; only a bare semicolon counts, and generated lines quote every word.
  if (split(line).some((word, index) => word === ';' && bareWords(line)[index] === ';'))
    throw new Error('two commands');
  if (prefix.includes(':')) return [path, ...rest];
  const value = (name: string): string => fields.get(`env.${name}`) ?? '';
  return [path, ...rest].flatMap((word) => {
    const own = /^\$([A-Za-z_][A-Za-z0-9_]*)$/.exec(word)?.[1];
    if (own !== undefined) return split(value(own));
    if (/^\$[^{$]/.test(word)) throw new Error(`systemd drops the argument "${word}"`);
    return [
      word.replace(/\$\$|\$\{([^}]*)\}/g, (all, name: string | undefined) =>
        all === '$$' ? '$' : value(name ?? ''),
      ),
    ];
  });
}

function bareWords(line: string): string[] {
  return line.split(/[ \t]+/).filter((word) => word !== '');
}

function assignment(text: string): [string, string] {
  const equals = text.indexOf('=');
  const name = text.slice(0, equals);
  if (equals < 1 || !/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
    throw new Error(`systemd drops the variable "${text}"`);
  return [name, text.slice(equals + 1)];
}

/** `NAME=value` lines: double quotes with `\` before `\ " $` and backtick, single quotes literal, no expansion. */
export function readEnvironmentFile(text: string): [string, string][] {
  const found: [string, string][] = [];
  let at = 0;
  while (at < text.length) {
    const end = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at);
    const line = text.slice(at, end);
    if (/^[ \t]*([#;].*)?$/.test(line)) {
      at = end + 1;
      continue;
    }
    const name = /^[ \t]*([A-Za-z_][A-Za-z0-9_]*)=/.exec(line)?.[0];
    if (name === undefined) throw new Error(`systemd ignores the line "${line}"`);
    at += name.length;
    let value = '';
    let quote = '';
    for (; at < text.length; at++) {
      const char = text[at] ?? '';
      if (quote === '' && char === '\n') break;
      if (char === quote) quote = '';
      else if (quote === '' && (char === '"' || char === "'")) quote = char;
      else if (char === '\\' && quote === '"' && /[\\"$`]/.test(text[at + 1] ?? ''))
        value += text[++at] ?? '';
      else if (char === '\\' && quote === '') value += text[++at] ?? '';
      else value += char;
    }
    if (quote !== '') throw new Error('unbalanced quote in an environment file');
    found.push([name.trim().slice(0, -1), value]);
    at++;
  }
  return found;
}

/** A time span; `0` means no limit for the two timeouts that are read here. */
function seconds(value: string): string {
  if (value === '0' || value === 'infinity') return 'infinity';
  if (!/^\d+s?$/.test(value)) throw new Error(`time span "${value}"`);
  return String(Number.parseInt(value, 10));
}

/** A size with systemd's own arithmetic: the fraction is a double, the product is cut. */
export function bytes(value: string): string {
  const [, whole = '', fraction = '0', suffix = ''] = /^(\d+)(?:\.(\d+))?([KMGTPE]?)$/.exec(value) ?? [];
  if (whole === '') return `no limit (systemd ignores "${value}")`;
  const factor = 1024n ** BigInt(' KMGTPE'.indexOf(suffix || ' '));
  let part = Number(fraction);
  for (const _ of fraction) part /= 10;
  return String(BigInt(whole) * factor + BigInt(Math.trunc(part * Number(factor))));
}

/** Names of units as one field. */
export function sorted(names: readonly string[]): string {
  return names
    .filter((one) => one !== '')
    .sort()
    .join(' ');
}

/** systemd cleans a working directory: `//` and `/./` go, a final `/` too. */
function normal(path: string): string {
  return path.replace(/\/+(\.?\/)*/g, '/').replace(/(.)\/\.?$/, '$1');
}
