import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Escaped } from '../../../src/backends/kernel.ts';
import {
  address,
  evaluated,
  expression,
  fixedPath,
  headerName,
  headerValue,
  locationPath,
  quoteExpression,
  socket,
  urlPath,
  word,
} from '../../../src/backends/nginx/escape.ts';
import { hostile } from '../hostile.ts';
import { readNginx } from './parse.ts';

const test = suite('nginx escape');

function shown(escaped: Escaped): string {
  return 'text' in escaped ? escaped.text : `refused: it ${escaped.refusal}`;
}

/** The word as nginx reads it. */
function readBack(text: string): string {
  const [directive, ...others] = readNginx(`x ${text};`);
  assert.is(others.length, 0);
  assert.is(directive?.words.length, 2);
  return directive?.words[1] ?? '';
}

test('every hostile value gets the verdict of the real nginx, and what passes reads back unchanged', () => {
  for (const one of hostile) {
    const { value, why } = one;
    const escaped = evaluated(value, 'd');
    assert.is('text' in escaped, one.possible('nginx.arg'), why);
    // In this place a dollar sign is another variable, which holds it.
    if ('text' in escaped) {
      const pieces = readBack(escaped.text).split(`\${d}`);
      assert.not(pieces.join('').includes('$'), why);
      assert.is(pieces.join('$'), value, why);
    }
    const literal = word(value);
    if ('text' in literal) assert.is(readBack(literal.text), value, why);
  }
});

test('plain words stay as people write them', () => {
  for (const [value, want] of [
    ['/srv/galaxy/static/', '/srv/galaxy/static/'],
    ['unix:/run/galaxy/g.sock', 'unix:/run/galaxy/g.sock'],
    ['', '""'],
    ['a b', '"a b"'],
    ['a;b{c}', '"a;b{c}"'],
    ['~x', '"~x"'],
    ['C:\\dir "x"', '"C:\\\\dir \\"x\\""'],
    ['a\nb\tc\r', '"a\\nb\\tc\\r"'],
    ['$host', '"$host"'],
    ['a\0b', 'refused: it holds a NUL character, where nginx would cut it'],
    ['\ud800', 'refused: it holds half of a surrogate pair, which has no form in UTF-8'],
    ['"'.repeat(2048), 'refused: it is longer than 4094 bytes, the most nginx reads'],
  ] as const)
    assert.is(shown(word(value)), want);
});

test('a dollar sign is literal where nginx reads no variables, and a variable elsewhere', () => {
  assert.is(shown(evaluated('/a$b', 'galaxy_dollar')), `"/a\${galaxy_dollar}b"`);
  assert.is(shown(evaluated('/ab', 'galaxy_dollar')), '/ab');
  assert.match(shown(fixedPath('/etc/$x.pem')), /^refused: it holds a "\$"/);
  assert.is(shown(fixedPath('/etc/x.pem')), '/etc/x.pem');
});

test('a location is no longer than nginx can find', () => {
  const longest = `/${'x'.repeat(254)}`;
  assert.is(shown(locationPath(longest)), longest);
  assert.match(shown(locationPath(`${longest}x`)), 'more than 255 bytes');
});

test('sockets have the length that the system gives them', () => {
  const longest = `/${'x'.repeat(106)}`;
  assert.is(shown(socket(longest)), `unix:${longest}`);
  assert.match(shown(socket(`${longest}x`)), 'longer than 107 bytes');
  assert.match(shown(socket(`/${'é'.repeat(54)}`)), 'longer than 107 bytes');
  assert.is(shown(socket('/run/a b$c')), '"unix:/run/a b$c"');
});

test('addresses, names, headers', () => {
  for (const [escaped, want] of [
    [address('127.0.0.1', 8080), '127.0.0.1:8080'],
    [address('::1', 8080), '[::1]:8080'],
    [address('2001:db8::7f', 1), '[2001:db8::7f]:1'],
    [address('web-1.example.org', 80), 'web-1.example.org:80'],
    [address('a b', 80), 'refused: it is no host name and no address'],
    [address('a:1', 80), 'refused: it is no host name and no address'],
    [address('h;}', 80), 'refused: it is no host name and no address'],
    [headerName('X-Auth-User'), 'X-Auth-User'],
    [headerName('X User'), 'refused: it is no name of a header'],
    [headerValue('s3cr$t', 'd'), `"s3cr\${d}t"`],
    [headerValue('a\nX-Forged: 1', 'd'), 'refused: it holds a control character, which no header can have'],
  ] as const)
    assert.is(shown(escaped), want);
});

test('a path in an expression matches itself, and one in an address is encoded', () => {
  for (const path of ['/a.b*c', '/x(y)[z]{1}', '/^$|?+', '/back\\slash', '/é "q"']) {
    assert.ok(new RegExp(`^${quoteExpression(path)}$`, 'u').test(path), path);
    assert.is(readBack(shown(expression(`^${quoteExpression(path)}$`))), `^${quoteExpression(path)}$`);
    const encoded = shown(urlPath(path));
    assert.match(encoded, /^[A-Za-z0-9%/._~!@&,+=:^-]*$/, path);
    assert.is(decodeURIComponent(encoded), path);
  }
  // An expression is one even when nothing in it needs quotes.
  assert.is(shown(expression('/abc')), '"/abc"');
});

test.run();
