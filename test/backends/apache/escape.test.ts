import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import {
  address,
  argument,
  balancedPath,
  directory,
  expression,
  fileName,
  headerValue,
  quoteExpression,
  rewritten,
  socketMember,
  urlPath,
} from '../../../src/backends/apache/escape.ts';
import type { Escaped } from '../../../src/backends/kernel.ts';
import { hostile } from '../hostile.ts';
import { expandRewritten, readApache } from './parse.ts';

const test = suite('apache escape');

function shown(escaped: Escaped): string {
  return 'text' in escaped ? escaped.text : `refused: it ${escaped.refusal}`;
}

/** The only argument as Apache reads it. */
function readBack(text: string, directive = 'SetEnv'): string {
  const [, found, ...others] = readApache(`Define GXD $\n${directive} ${text}`);
  assert.is(others.length, 0);
  assert.is(found?.words.length, 1);
  return found?.words[0] ?? '';
}

test('every hostile value gets the verdict of the real Apache, and what passes reads back unchanged', () => {
  for (const one of hostile) {
    const { value, why } = one;
    const escaped = argument(value);
    assert.is('text' in escaped, one.possible('apache.arg'), why);
    if ('text' in escaped) assert.is(readBack(escaped.text), value, why);

    const inRewrite = rewritten(value);
    if ('text' in inRewrite)
      assert.is(expandRewritten(readBack(`"${inRewrite.text}"`, 'RewriteCond')), value, why);
  }
});

test('plain arguments stay as people write them', () => {
  for (const [value, want] of [
    ['/srv/galaxy/static/', '/srv/galaxy/static/'],
    ['', '""'],
    ['a b', '"a b"'],
    ['C:\\dir "x"', '"C:\\\\dir \\"x\\""'],
    ['$a $1 %{X}', '"$a $1 %{X}"'],
    [`\${PATH}`, `"\${GXD}{PATH}"`],
    ['a\\', '"a\\\\"'],
    ['a\nb', 'refused: it holds a line break, where every directive ends'],
    ['a\0b', 'refused: it holds a NUL character, where Apache would cut it'],
    ['\ud800', 'refused: it holds half of a surrogate pair, which has no form in UTF-8'],
  ] as const)
    assert.is(shown(argument(value)), want);
});

test('a socket has less room than elsewhere, and characters that mean something else', () => {
  const longest = `/${'x'.repeat(94)}`;
  assert.is(shown(socketMember(longest, 'http', 'galaxy-0')), `"unix:${longest}|http://galaxy-0"`);
  assert.match(shown(socketMember(`${longest}x`, 'http', 'g')), 'longer than 95 bytes');
  for (const sign of '|#?=')
    assert.match(shown(socketMember(`/run/a${sign}b`, 'http', 'g')), 'holds one of the characters');
  assert.is(shown(socketMember('/run/a "b"', 'uwsgi', 'g')), '"unix:/run/a \\"b\\"|uwsgi://g"');
});

test('a directory with a wildcard in its name is found by an expression', () => {
  assert.equal(directory('/srv/a b'), { tag: 'Directory', path: { text: '"/srv/a b"' } });
  const { tag, path } = directory('/srv/[x]*');
  assert.is(tag, 'DirectoryMatch');
  const pattern = new RegExp(readBack(shown(path)));
  assert.ok(pattern.test('/srv/[x]*') && pattern.test('/srv/[x]*/a'));
  assert.not(pattern.test('/srv/x') || pattern.test('/srv/[x]*y'));
  assert.match(shown(fileName('a*')), 'holds a wildcard');
  assert.is(shown(fileName('welcome.html')), 'welcome.html');
});

test('addresses, paths, names, headers', () => {
  for (const [escaped, want] of [
    [address('::1', 8080), '[::1]:8080'],
    [address('localhost', 4002), 'localhost:4002'],
    [address('a/b', 1), 'refused: it is no host name and no address'],
    [urlPath('/galaxy/'), '"/galaxy/"'],
    [balancedPath(`/${'x'.repeat(61)}/`), `"/${'x'.repeat(61)}/"`],
    [
      balancedPath(`/${'x'.repeat(62)}/`),
      'refused: it makes a path of more than 63 bytes, the most Apache takes',
    ],
    [headerValue('100%'), '"100%%"'],
    [headerValue(`\${X}`), `"\${GXD}{X}"`],
  ] as const)
    assert.is(shown(escaped), want);
  for (const path of ['/a b', '/a%20b', '/a*', '/é', '/a?b', '/a#b', '/"'])
    assert.match(shown(urlPath(path)), 'two forms');
  for (const value of ['a\nb', 'expr=%{REQUEST_URI}', 'a\\nb', 'a\\r', '\x7f'])
    assert.match(shown(headerValue(value)), /^refused: /);
});

test('what a rewriting expands is literal, and what it cannot quote is refused', () => {
  assert.is(shown(rewritten('/srv/$1%2')), '/srv/\\$1\\%2');
  assert.is(shown(rewritten('/srv/a\\b')), '/srv/a\\\\b');
  assert.match(shown(rewritten('/srv/"a"')), 'holds a quote');
});

test('a path in an expression matches itself', () => {
  for (const path of ['/a.b*c', '/x(y)[z]{1}', '/^$|?+', '/back\\slash'])
    assert.ok(new RegExp(readBack(shown(expression(`^${quoteExpression(path)}$`)))).test(path), path);
});

test.run();
