// Whatever a text of the configuration holds, the proxies' files keep their form: what nginx and Apache read has it
// unchanged in its places and nothing else different, or the compile refuses it.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { basename, dirname, normalize } from '../../src/model/paths.ts';
import * as apache from './apache/parse.ts';
import { hostile } from './hostile.ts';
import * as nginx from './nginx/parse.ts';
import { bare, marker, placed, positions } from './positions.ts';
import { type Rendered, render } from './render.ts';

const test = suite('hostile texts in front of Galaxy');

/** Stands for a dollar sign that nginx does not take for the beginning of a variable. */
const dollar = '\ue000';

// Where nginx looks for variables.
const evaluated = ['alias', 'root', 'return', 'proxy_set_header', 'add_header', 'auth_basic_user_file'];

interface Node {
  /** True where a bare `$` would begin a variable. */
  readonly evaluated?: boolean;
  readonly words: readonly string[];
  readonly inner?: readonly Node[];
}

function read(target: string, text: string, { files }: Rendered): Node[] {
  const fromNginx = (one: nginx.Directive): Node => ({
    evaluated: evaluated.includes(one.words[0] ?? ''),
    words: evaluated.includes(one.words[0] ?? '')
      ? one.words.map((word) => word.replaceAll(`\${galaxy_dollar}`, dollar))
      : one.words,
    ...(one.block ? { inner: one.block.map(fromNginx) } : {}),
  });
  const fromApache = ({ name, words, section }: apache.Directive): Node => ({
    words: [name, ...words.map((word) => (name.startsWith('Rewrite') ? apache.expandRewritten(word) : word))],
    ...(section ? { inner: section.map(fromApache) } : {}),
  });
  return target.startsWith('nginx')
    ? nginx.readNginx(text).map(fromNginx)
    : apache.readApache(text, files.map((one) => one.text).join('')).map(fromApache);
}

// What only is there for the value's sake: the definition of a dollar sign.
function withoutHelp(nodes: readonly Node[]): Node[] {
  return nodes.filter(
    ({ words }) =>
      !(words[0] === 'geo' && words[1] === '$galaxy_dollar') && words.join(' ') !== 'Define GXD $',
  );
}

/** The forms in which a value may stand: as it is, its folder and name, in an expression, in an address, in a format. */
function forms(value: string): string[] {
  const parts = [value, dirname(value), basename(value), value.replace(/^\/+|\/+$/g, '')];
  return parts.flatMap((one) => [
    one,
    one.replace(/[\\^$.|?*+()[\]{}]/g, '\\$&'),
    encoded(one),
    one.replaceAll('%', '%%'),
    headerForm(one),
    one.replace(/:\d+$/, ''),
    `[${one}]`,
  ]);
}

function encoded(text: string): string {
  if (!text.isWellFormed()) return text;
  return encodeURI(text.replaceAll(dollar, '$')).replace(/[$;'()*?#]/g, (sign) => `%${hex(sign)}`);
}

function hex(sign: string): string {
  return sign.charCodeAt(0).toString(16).toUpperCase();
}

function headerForm(text: string): string {
  const parts = text.replace(/^HTTP_/, '').split('_');
  return parts.map((one) => one.charAt(0).toUpperCase() + one.slice(1).toLowerCase()).join('-');
}

/** How often values were found, and how often refused, in all. */
const counts = { same: 0, refused: 0 };

/** Two trees are the same but for the value in the place of the marker. */
function check(target: string, name: string, text: string): void {
  const place = positions[name];
  if (!place) throw new Error(`no position ${name}`);
  const path = !bare.includes(name);
  // What is done to paths as paths is not the question here.
  const value = path ? normalize(`/srv/${text}`) : text;
  const own = path ? `/srv/${marker}` : marker;
  // Addresses of all of the machine are reached at one.
  if (!path && ['', '*', '0', '0.0.0.0', '::', 'localhost'].includes(value)) return;
  // Each part of a name has spellings of its own, all of which are removed.
  if (name === 'header of the user' && /^[A-Za-z0-9_-]+$/.test(value)) return;
  if (path && (value === '/' || value === '/srv')) return;
  const given = render(target, placed(place, value));
  if (refused(given)) {
    counts.refused++;
    return;
  }
  counts.same++;
  const plain = renderPlain(target, name, own);
  for (const file of given.files) {
    const wanted = plain.files.find((one) => one.path === file.path);
    if (!wanted) throw new Error(`${file.path} is new`);
    const models = readPlain(target, wanted.text, plain);
    const nodes = withoutHelp(read(target, file.text, given));
    compare(models, nodes, { value, own, where: `${target}, ${name}` });
  }
}

const plains = new Map<string, Rendered>();

function renderPlain(target: string, name: string, own: string): Rendered {
  const key = `${target} ${name}`;
  const known = plains.get(key);
  if (known) return known;
  const made = render(target, placed(positions[name] as (typeof positions)[string], own));
  plains.set(key, made);
  return made;
}

const trees = new Map<string, Node[]>();

function readPlain(target: string, text: string, plain: Rendered): Node[] {
  const known = trees.get(text);
  if (known) return known;
  const made = withoutHelp(read(target, text, plain));
  trees.set(text, made);
  return made;
}

interface Comparison {
  readonly value: string;
  readonly own: string;
  readonly where: string;
}

function refused({ problems }: Rendered): boolean {
  return problems.some((one) => /^error GX74[0-9]/.test(one));
}

function compare(wanted: readonly Node[], found: readonly Node[], about: Comparison): void {
  // A directory with a wildcard in its name is found by an expression.
  const shown = (nodes: readonly Node[]) => nodes.map((one) => one.words[0]?.replace('Match', '')).join(' ');
  assert.is(shown(found), shown(wanted), about.where);
  for (const [index, node] of found.entries()) {
    const model = wanted[index] as Node;
    assert.is(node.words.length, model.words.length, `${about.where}: ${node.words.join(' ')}`);
    for (const [at, word] of node.words.entries()) {
      const pattern = model.words[at] ?? '';
      const value = node.evaluated ? about.value.replaceAll('$', dollar) : about.value;
      const one = { ...about, value };
      const fit =
        at === 0 || fits(pattern, word, one) || fits(pattern.replace(/\/$/, ''), unexpressed(word), one);
      assert.ok(fit, `${about.where}: ${JSON.stringify(word)} for ${JSON.stringify(pattern)}`);
    }
    if (model.inner) compare(model.inner, node.inner ?? [], about);
  }
}

/** The path that the expression of a directory is about. */
function unexpressed(word: string): string {
  const path = /^\^(.*)\(\/\|\$\)$/s.exec(word)?.[1];
  return path === undefined ? word : path.replace(/\\(.)/gs, '$1');
}

function fits(pattern: string, word: string, { value, own }: Comparison): boolean {
  if (pattern === word) return true;
  const stems = [own, own.slice(1), headerForm(own), basename(own), dirname(own)].filter(
    (one) => one !== '' && one !== '.' && pattern.includes(one),
  );
  return stems.some((stem) => forms(value).some((one) => pattern.replaceAll(stem, () => one) === word));
}

const targets = ['nginx/site', 'nginx/blocks', 'apache/site', 'apache/blocks'];

// Each has a grammar of its own; to the rest a part of the values is enough.
const whole = [
  'socket of gunicorn',
  'directory of static files',
  'directory of plugins',
  'certificate',
  'prefix of Galaxy',
  'secret of the proxy',
];

for (const name of Object.keys(positions))
  test(`${name}: hostile values`, () => {
    const values = hostile.filter(({ value }) => value.length < 20_000);
    for (const [index, { value }] of values.entries())
      if (whole.includes(name) || index % 8 === 0)
        for (const target of ['nginx/site', 'apache/site']) check(target, name, value);
  });

test('any text in any place of any layout', () => {
  const pieces = fc.constantFrom(
    ...[
      '"',
      "'",
      '\\',
      '$',
      '{',
      '}',
      ';',
      '#',
      '\n',
      '\r',
      ' ',
      `\${GXD}`,
      '%',
      '<',
      '>',
      '|',
      '*',
      '[',
      '/',
      '..',
    ],
    ...[
      '\0',
      '\ud800',
      `\${galaxy_dollar}`,
      '\\n',
      'é',
      '`',
      '$1',
      '%{X}',
      'expr=',
      '!',
      '~',
      '=',
      ':',
      ',',
      '?',
    ],
  );
  const text = fc.array(fc.oneof(pieces, fc.string({ maxLength: 4 })), { maxLength: 12 });
  const where = fc.constantFrom(...Object.keys(positions));
  fc.assert(
    fc.property(fc.constantFrom(...targets), where, text, (target, name, parts) => {
      const value = parts.join('');
      check(target, name, value);
    }),
    { numRuns: 500 },
  );
});

test('both outcomes happened', () => {
  assert.ok(counts.same > 2500 && counts.refused > 500, JSON.stringify(counts));
});

test.run();
