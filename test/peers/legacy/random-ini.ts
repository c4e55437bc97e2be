// INI texts as nobody wrote them: every part that one of the readers takes for something, in any order.

import type { Random } from '../../fuzz/random.ts';

const keys = ['a', 'b', 'c', 'Port', 'port', 'x y', 'http', '/srv', 'rem', 'REM', 'key.with-dots', 'é', ''];
const values = [
  ...[
    '8080',
    'x',
    'x y',
    '"x"',
    '""',
    "''",
    '"',
    ';x',
    '#x',
    'x ; y',
    'x;y ;z',
    'x # y',
    'x\t;y',
    '; x',
    '[x]',
    'a = b',
    'a: b',
  ],
  ...[
    '50%',
    'a%40b',
    '100%%',
    '%',
    '%%',
    '%s',
    'é',
    'x\u00a0',
    '\u2003x',
    'x\u0085y',
    '\u2028',
    'x\ry',
    'x\fy',
    '',
    ' ',
  ],
];
const expansions = [
  '%(a)s',
  '%(b)s',
  '%(here)s',
  '%(nobody)s',
  '%(port)s',
  '%(__name__)s',
  '%(a',
  '%()s',
  '%(a)',
  '%(a)d',
  '%(a)5s',
  '%(b)r',
  '%(a)%',
  '%(port)-6.1s',
  '%((a))s',
];
const headers = [
  ...[
    '[app:main]',
    '[server:web0]',
    '[uwsgi]',
    '[DEFAULT]',
    '[default]',
    '[x]',
    '[x] ; y',
    '[x]y]',
    '[[x]]',
    '[]',
    '[',
    '[ ]',
  ],
  ...['[x', ']x[', '[x];', '[é]'],
];
const indents = ['', '', '', '', ' ', '  ', '\t', '    ', ' \t', '\f', '\u00a0'];
const blanks = ['', '', ' ', '\t', '   \t', '\f', '\r'];
const signs = [' = ', '=', ': ', ':', ' : ', '\t=\t', ' ', ' := ', '=='];
const ends = ['\n', '\n', '\n', '\n', '\n', '\n', '\r\n', '\r', '\n\n'];

/** For Python: section or option, comment or continuation, in every second text each of them odd now and then. */
export function pythonText(random: Random): string {
  return plain(random.once(2) ? tameText(random) : wildText(random));
}

function wildText(random: Random): string {
  let text = random.once(8) ? '' : `${random.pick(headers)}\n`;
  // Most files have one kind of line end.
  const end = random.once(3) ? undefined : random.pick(ends);
  for (let count = random.int(14); count > 0; count--) text += line(random) + (end ?? random.pick(ends));
  if (random.once(4)) text = text.trimEnd();
  if (random.once(20)) text = text.replace(/./su, '');
  return text;
}

/** Nothing but what every parser takes, most of the time. */
function tameText(random: Random): string {
  const end = random.once(4) ? '\r\n' : '\n';
  let text = '';
  for (let section = 0; section < 1 + random.int(3); section++) {
    text += `${random.once(6) ? '[DEFAULT]' : `[s${section}]${random.pick(blanks)}`}${end}`;
    for (let key = 0; key < random.int(7); key++) {
      const name = random.once(4) ? random.pick(['a', 'b', 'port']) : `k${key}`;
      text += `${name}${random.once(3) ? ':' : ' = '}${value(random).replace(/[\r\u0085\u2028]/g, '')}${end}`;
      if (random.once(4)) text += `${random.pick(['  ', '\t', ' '])}${random.pick(values)}${end}`;
      if (random.once(6)) text += `${random.pick(['#', ';', '', '', '  # '])}${end}`;
    }
  }
  return random.once(6) ? text.slice(0, -1) : text;
}

function line(random: Random): string {
  const kind = random.int(20);
  if (kind < 2) return random.pick(indents) + random.pick(headers) + random.pick(blanks);
  if (kind < 4)
    return `${random.pick(indents)}${random.pick(['#', ';', 'rem ', 'REM\t', 'rem'])}${random.pick(values)}`;
  if (kind < 6) return random.pick(blanks);
  if (kind < 7) return random.pick(indents) + random.pick(values);
  return random.pick(indents) + random.pick(keys) + random.pick(signs) + value(random) + random.pick(blanks);
}

function value(random: Random): string {
  let text = random.pick(values);
  for (let count = random.once(3) ? 1 + random.int(3) : 0; count > 0; count--)
    text += random.pick(expansions);
  if (random.once(4)) text += random.pick(values);
  return text;
}

// Python 2 counts and quotes bytes, and gxgen characters, which nobody will notice. `%s` beside a name is refused by
// Python 2 and read by Jython.
function plain(given: string): string {
  const text = given.includes('%(') ? given.replaceAll('%s', '') : given;
  return /%\(\w+\)(?:r|-6)/.test(text) ? text.replace(/[^\0-\x7f]/g, '') : text;
}

const uwsgiHeaders = [
  '[uwsgi]',
  '[uwsgi]',
  '[uwsgi] ',
  ' [uwsgi]',
  '[uwsg',
  '[uwsgi',
  '[uwsgi]]',
  '[other]',
  '[ uwsgi ]',
  '[%(uwsgi]',
];
// Letters whose value the test cannot know are left out.
const magic = [
  '%d',
  '%n',
  '%e',
  '%s',
  '%p',
  '%c',
  '%D',
  '%S',
  '%%',
  '%q',
  '%a',
  '% ',
  '%',
  '%=',
  '%\t',
  '%%%',
];
const uwsgiKeys = ['alpha', 'beta', 'two words', 'alpha', 'with-dash', 'gamma:', 'de=lta', ''];
// No digit and nothing beyond ASCII begins one: behind a `%` they mean folders of this machine and bytes of a character.
const words = [
  'wide',
  'x y',
  ' ',
  '',
  'a=b',
  '#x',
  ';x',
  'x # y',
  '"x"',
  'x\ry',
  '$(GALAXY_HOME)',
  '$(NOPE)',
  '$(',
  ')',
  '(',
  'xé',
];

/** For uWSGI, with names that mean nothing to it: reading them does nothing. */
export function uwsgiText(random: Random): string {
  let text = random.once(6) ? '' : '[uwsgi]\n';
  let open = '';
  for (let count = random.int(16); count > 0; count--) {
    const number = 16 - count;
    const kind = random.int(16);
    let part = '';
    if (kind < 2) part = random.pick(uwsgiHeaders);
    else if (kind < 4)
      part = random.pick([';', '#', '  # ', '\t;']) + random.pick(words) + random.pick(magic);
    else if (kind < 5) part = random.pick(['', ' ', '\t', '\r']);
    else if (kind < 6 && open === '') part = open = random.pick(logic);
    else if (kind < 8 && open !== '')
      [part, open] = [random.pick(['endif =', 'endfor =', 'end =', 'end-if']), ''];
    else part = option(random, number, open === '');
    text += part + (random.once(10) ? '\r\n' : '\n');
  }
  return random.once(4) ? text.slice(0, -1) : text;
}

const logic = [
  'if-exists = /usr',
  'if-exists = /nowhere',
  'if-not-exists = /usr',
  'if-dir=/usr',
  'if-file = /usr',
  'if-opt = alpha',
  'if-opt = alpha=wide',
  'if-not-opt = beta',
  'if-env = GALAXY_HOME',
  'for = a b',
  'for = a  b c',
  'for-times = 2',
  'for-times = x',
];

function option(random: Random, number: number, free: boolean): string {
  // A name refers to lines above it only: in a ring uWSGI never ends.
  const above = `%(p${random.int(Math.max(1, number))})`;
  const parts = [random.pick(words), random.pick(magic), above, '%(_)', '%(nobody)', '%(', `%(p0 + 2)`];
  let text = '';
  for (let count = random.int(4); count > 0; count--) text += random.pick(parts);
  // A name with a colon is read and obeyed by nobody, and gxgen marks it as what a condition leaves out.
  const key = random.once(2)
    ? `p${number}`
    : random.pick(uwsgiKeys.filter((one) => free || !one.includes(':')));
  const blank = random.pick(['', '', ' ', '\t']);
  const end = random.pick(['', ' ', '\t']);
  // Without a sign in its value it stops uWSGI, if it is read at all.
  if (random.once(8)) return `${blank}${random.pick(['set', 'set-ph'])} = ${key}=${text}${end}`;
  // A line must not begin with what a sign stands for: the name of this folder is an option.
  const sign = random.pick([' = ', '=', '= ', '\t=', ...(key === '' ? [] : [''])]);
  return blank + key + sign + text + end;
}

/** Damage to a file of the vectors, as people and tools do it. @param lines of all of them */
export function damagedText(text: string, random: Random, lines: readonly string[]): string {
  let damaged = text;
  for (let count = 1 + random.int(4); count > 0; count--) damaged = damage(damaged, random, lines);
  return plain(damaged);
}

function damage(text: string, random: Random, lines: readonly string[]): string {
  const at = random.int(text.length + 1);
  const rows = text.split('\n');
  const row = random.int(rows.length);
  switch (random.int(7)) {
    case 0:
      return text.slice(0, at) + random.pick([...'[]=:;# \t\r\n%()\'"{}$\x0b\x0c']) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1 + random.int(4));
    case 2:
      return rows.toSpliced(row, 0, random.pick(lines)).join('\n');
    case 3:
      return rows.with(row, random.pick([' ', '\t', '# ', '; ', 'rem ']) + (rows[row] ?? '')).join('\n');
    case 4:
      return rows
        .with(row, (rows[row] ?? '') + random.pick([' ; x', ' # x', '%', '%%', ' ', '\r', ']']))
        .join('\n');
    case 5:
      return text.replaceAll('\n', '\r\n');
    default:
      return rows.toSpliced(row, 1 + random.int(2)).join('\n');
  }
}
