// Damage as people, editors, templates and attackers do it.

import { readFileSync } from 'node:fs';
import type { Random } from './random.ts';

const hostile = (JSON.parse(readFileSync('test/hostile-values.json', 'utf8')) as { value: string }[]).map(
  (one) => one.value,
);

// What means something to YAML 1.1, to XML, to Python, to JavaScript, to a shell or to nobody.
const tokens = [
  ...[
    '~',
    'null',
    'yes',
    'on',
    '022',
    '0x1F',
    '1:30',
    '1e400',
    '-.inf',
    '.nan',
    '2024-02-30',
    '1_000',
    '=',
    '<<',
    '? ',
  ],
  ...[
    '- ',
    '-',
    ': ',
    ':',
    '#',
    ' #',
    '{',
    '}',
    '[',
    ']',
    '[]',
    '{}',
    ',',
    '|',
    '|2-',
    '>',
    '>+',
    '&a ',
    '*a',
    '!!str ',
    '!x ',
  ],
  ...[
    '!!python/object:os.system',
    '!!binary ',
    '---\n',
    '...\n',
    '%YAML 1.2\n',
    '\t',
    '"',
    "'",
    '""',
    "''",
    '\\',
    '\\u0000',
    '\\x',
  ],
  ...[
    '<',
    '>',
    '</',
    '/>',
    '<!--',
    '-->',
    '--',
    '<![CDATA[',
    ']]>',
    '<?xml version="1.0"?>',
    '<!DOCTYPE a [<!ENTITY b "c">]>',
    '&b;',
  ],
  ...[
    '&amp;',
    '&#0;',
    '&#x110000;',
    '&#xD800;',
    '&lt;',
    'xmlns:x="y"',
    '<macros><import>job_conf.xml</import></macros>',
  ],
  ...[
    '<expand macro="m"/>',
    '<macro name="m"><expand macro="m"/></macro>',
    '@TOKEN@',
    'id="id"',
    'handler="handlers"',
  ],
  ...['__proto__', 'constructor', 'toString', 'hasOwnProperty', 'length', '__proto__: {a: 1}\n', 'prototype'],
  ...[
    '9007199254740993',
    '1e21',
    '-1',
    '0',
    '99999999999999999999',
    '{process}',
    '{name}_{process}',
    '{0}',
    '{',
    '%(here)s',
    '%%',
  ],
  ...[
    '../../../../etc/passwd',
    '/',
    '//',
    '.',
    '..',
    '~',
    '~root',
    'unix:',
    'unix:/x',
    ':8080',
    '[::1]:80',
    'localhost:99999',
  ],
  ...[
    '\u0000',
    '\u001b[31m',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u00a0',
    '\u200b',
    '\ud83d\ude00',
    '\ud800',
    'é',
    'ß',
    'İ',
    '\u202e',
  ],
  ...[
    '# gxgen-disable-next-line GX200 -- why',
    '# gxgen-disable',
    '<!-- gxgen-disable-next-line GX401 -- x -->',
  ],
  ...[
    ' ; ',
    ' # ',
    '%(here)s',
    '%(a)s',
    '%(',
    '%)',
    '%\n',
    '%d',
    '$(HOME)',
    '@(x)',
    '%(process_num)s',
    '%(ENV_X)s',
  ],
  ...[
    '[uwsgi]',
    '[DEFAULT]',
    '[server:a]',
    '[app:main]',
    '[',
    '\nset x = y',
    '\nuse = config:galaxy.ini',
    'rem ',
  ],
  ...['\nif-exists = /x\n', '\nendif =\n', '\nfor = a b\n', '\nini = galaxy.ini\n', '\nfilter-with = x\n'],
  ...[
    'gravity:',
    'galaxy:',
    '- gravity:',
    'handlers:',
    'job_config:',
    'job_config_file: ',
    'galaxy_config_file: ',
    'pools: ',
  ],
];

type Damage = (text: string, random: Random, lines: readonly string[]) => string;

const damages: readonly Damage[] = [
  // Characters and tokens.
  (text, random) => splice(text, random.int(text.length + 1), 0, random.pick(tokens)),
  (text, random) => splice(text, random.int(text.length + 1), 0, random.pick(hostile)),
  (text, random) => splice(text, random.int(text.length), 1 + random.int(3), ''),
  (text, random) => splice(text, random.int(text.length), random.int(8), random.pick(tokens)),
  (text, random) =>
    splice(text, random.int(text.length), 1, String.fromCharCode(random.int(random.once(4) ? 65_536 : 256))),
  (text, random) => swapCharacters(text, random.int(text.length)),
  // Words: keys and values.
  (text, random) => replaceWord(text, random, () => random.pick(tokens)),
  (text, random) => replaceWord(text, random, () => random.pick(hostile)),
  (text, random) => replaceWord(text, random, (word) => swapCharacters(word, random.int(word.length))),
  (text, random) => replaceWord(text, random, (word) => `"${word}"`),
  (text, random) => replaceWord(text, random, (word) => `[${word}]`),
  (text, random) => replaceWord(text, random, (word) => word.toUpperCase()),
  (text, random) => replaceWord(text, random, (word) => word.repeat(1 + random.int(200))),
  // Lines.
  (text, random) => onLines(text, (rows) => rows.splice(random.int(rows.length), 1 + random.int(3))),
  (text, random) => onLines(text, (rows) => rows.splice(random.int(rows.length), 0, ...block(rows, random))),
  (text, random) =>
    onLines(text, (rows) => swapLines(rows, random.int(rows.length), random.int(rows.length))),
  (text, random, lines) =>
    onLines(text, (rows) => rows.splice(random.int(rows.length + 1), 0, random.pick(lines))),
  (text, random) => indent(text, random, (row) => ' '.repeat(1 + random.int(4)) + row),
  (text, random) => indent(text, random, (row) => row.slice(1)),
  (text, random) => indent(text, random, (row) => `\t${row}`),
  (text, random) => indent(text, random, (row) => `${row} # comment`),
  (text, random) => indent(text, random, (row) => `# ${row}`),
  (text, random) => indent(text, random, (row) => `- ${row}`),
  // The whole.
  (text, random) => text.slice(0, random.int(text.length)),
  (text) => text.replaceAll('\n', '\r\n'),
  (text) => `\ufeff${text}`,
  (text) => text + text,
  (text, random) => onLines(text, (rows) => repeatBlock(rows, random)),
];

/** The bytes with one to six kinds of damage. @param lines of other files, to be put in */
export function mutate(bytes: Uint8Array, random: Random, lines: readonly string[]): Uint8Array {
  let text = new TextDecoder().decode(bytes);
  for (let count = 1 + random.int(random.once(4) ? 6 : 2); count > 0; count--) {
    text = random.pick(damages)(text, random, lines).slice(0, 200_000);
  }
  const result = new TextEncoder().encode(text);
  // Not every damage is one to text.
  if (random.once(25) && result.length > 0) result[random.int(result.length)] = random.int(256);
  if (random.once(80)) return new Uint8Array(Buffer.from(`\ufeff${text}`, 'utf16le'));
  return result;
}

function splice(text: string, at: number, remove: number, insert: string): string {
  return text.slice(0, at) + insert + text.slice(at + remove);
}

function swapCharacters(text: string, at: number): string {
  return splice(text, at, 2, (text[at + 1] ?? '') + (text[at] ?? ''));
}

function replaceWord(text: string, random: Random, replacement: (word: string) => string): string {
  const words = [...text.matchAll(/[\w./@-]+/g)];
  const word = words[random.int(words.length)];
  return word ? splice(text, word.index, word[0].length, replacement(word[0])) : text;
}

function onLines(text: string, change: (rows: string[]) => void): string {
  const rows = text.split('\n');
  change(rows);
  return rows.join('\n');
}

function indent(text: string, random: Random, change: (row: string) => string): string {
  return onLines(text, (rows) => {
    const first = random.int(rows.length);
    const last = Math.min(rows.length - 1, first + random.int(random.once(3) ? 10 : 1));
    for (let at = first; at <= last; at++) rows[at] = change(rows[at] ?? '');
  });
}

function swapLines(rows: string[], a: number, b: number): void {
  [rows[a], rows[b]] = [rows[b] ?? '', rows[a] ?? ''];
}

function block(rows: readonly string[], random: Random): string[] {
  const first = random.int(rows.length);
  return rows.slice(first, first + 1 + random.int(8));
}

function repeatBlock(rows: string[], random: Random): void {
  const copied = block(rows, random);
  const times = 1 + random.int(30);
  rows.splice(random.int(rows.length + 1), 0, ...Array.from({ length: times }, () => copied).flat());
}
