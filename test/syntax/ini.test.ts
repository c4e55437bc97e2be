// What supervisord's parser makes of a file (observed with supervisor 4.3), and where it stands.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parseIni, placeInValue } from '../../src/syntax/ini.ts';
import { makeSource, position } from '../../src/text/source.ts';

const test = suite('INI of supervisor');

function read(text: string) {
  const found: Diagnostic[] = [];
  const ini = parseIni(makeSource('s.conf', text), (one) => found.push(one));
  const values = Object.fromEntries(
    ini.sections.map(({ name, values: own }) => [
      name,
      Object.fromEntries([...own].map(([key, value]) => [key, value.text])),
    ]),
  );
  return { ini, values, found };
}

const good: readonly [
  what: string,
  text: string,
  values: Readonly<Record<string, Record<string, string>>>,
][] = [
  ['nothing', '', {}],
  ['a value', '[a]\nk=v\n', { a: { k: 'v' } }],
  ['a colon, blanks, capitals', '[a]\n Key : v = w \n', { a: { key: 'v = w' } }],
  ['CRLF and a lone CR', '[a]\r\nk=v\rl=w\r\n', { a: { k: 'v', l: 'w' } }],
  ['whole lines of comment', '; x\n# y\n[a]\n  ; z\nk=v\n', { a: { k: 'v' } }],
  ['comments behind a blank', '[a]\nk=v ; x\nl=w\t# y\n', { a: { k: 'v', l: 'w' } }],
  ['no comment without a blank', '[a]\nk=v;x#y\n', { a: { k: 'v;x#y' } }],
  [
    'a sign glued to a word puts off the next of its kind',
    '[a]\nk=x;y ;z #c\nl=x ;y#z #c\n',
    { a: { k: 'x;y ;z', l: 'x' } },
  ],
  ['a comment inside quotes', "[a]\nk=x 'a ;b'\n", { a: { k: "x 'a" } }],
  ['continued lines', '[a]\nk=v\n  w\n\tx ; c\n', { a: { k: 'v\nw\nx' } }],
  ['a value that begins below', '[a]\nk=\n  v\n', { a: { k: '\nv' } }],
  ['an empty line inside', '[a]\nk=v\n\n  w\n\nl=x\n', { a: { k: 'v\n\nw', l: 'x' } }],
  ['a comment inside is no line', '[a]\nk=v\n; c\n  w\n', { a: { k: 'v\nw' } }],
  ['an indented key is swallowed', '[a]\nk=v\n l=w\n', { a: { k: 'v\nl=w' } }],
  ['keys at one indentation', '[a]\n  k=v\n  l=w\n', { a: { k: 'v', l: 'w' } }],
  ['the last duplicate', '[a]\nk=v\nK=w\n', { a: { k: 'w' } }],
  ['sections of one name', '[a]\nk=v\nl=x\n[b]\n[a]\nk=w\n', { a: { k: 'w', l: 'x' }, b: {} }],
  ['a bracket in a header', '[a[0]]\nk=v\n', { 'a[0]': { k: 'v' } }],
  ['an empty value', '[a]\nk=\n', { a: { k: '' } }],
];

for (const [what, text, values] of good) {
  test(`reads ${what}`, () => {
    const { ini, values: got, found } = read(text);
    assert.equal(got, values);
    assert.equal(found, []);
    assert.is(ini.broken, false);
  });
}

const bad: readonly [what: string, text: string, codes: string, line: number][] = [
  ['a word alone', '[a]\nk=v\nword\n', 'GX180', 3],
  ['two words', '[a]\nword\nother\n', 'GX180 GX180', 2],
  ['a value without key', '[a]\n=v\n', 'GX180', 2],
  ['no section', 'k=v\n[a]\n', 'GX181', 1],
  ['a header that is not closed', '[a]\nk=v\n[b\n', 'GX180', 3],
];

for (const [what, text, codes, line] of bad) {
  test(`refuses ${what}`, () => {
    const { ini, found } = read(text);
    assert.is(found.map((one) => one.code).join(' '), codes);
    const place = found[0]?.span;
    assert.is(place && position(place.source, place.start).line, line);
    assert.is(ini.broken, true);
  });
}

test('knows where each part of a value stands', () => {
  const { ini } = read('[a]\nk = one ; c\n   two three\n');
  const value = ini.sections[0]?.values.get('k');
  assert.ok(value);
  const at = (part: string) => {
    const from = value.text.indexOf(part);
    const place = placeInValue(value, from, from + part.length);
    return place.source.text.slice(place.start, place.end);
  };
  for (const part of ['one', 'two', 'three', 'wo th']) assert.is(at(part), part);
  assert.is(at(value.text), 'one');
});

test.run();
