import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { makeSecrets } from '../../src/report/secrets.ts';
import { makeSource, type Span, span } from '../../src/text/source.ts';

const test = suite('secrets');
const source = makeSource(
  'a.yml',
  'a: "pass.*word(1"\nb: galaxy\nc: |\n  first long line\n  second long line\n',
);

function find(words: string): Span {
  const start = source.text.indexOf(words);
  return span(source, start, start + words.length);
}

const secrets = makeSecrets([
  find('galaxy'),
  find('"pass.*word(1"'),
  find('word'),
  find('first long line\n  second long line'),
]);

const texts: readonly [text: string, quoting: string, message: string][] = [
  ['a is pass.*word(1 there', 'a is ******** there', 'a is ******** there'],
  ['a is passXXword(1', 'a is passXXword(1', 'a is passXXword(1'],
  ['b is galaxy', 'b is ********', 'b is galaxy'],
  ['b is galaxy_1', 'b is galaxy_1', 'b is galaxy_1'],
  ['db://me:galaxy@host', 'db://me:********@host', 'db://me:galaxy@host'],
  ['c has first long line', 'c has ********', 'c has ********'],
  ['', '', ''],
];

for (const [text, quoting, message] of texts) {
  test(`"${text}"`, () => {
    assert.is(secrets.redact(text, true), quoting);
    assert.is(secrets.redact(text, false), message);
  });
}

test('places: merged, in order, of that file only', () => {
  const all = { source, start: 0, end: source.text.length };
  assert.equal(
    secrets.within(all).map(({ start, end }) => source.text.slice(start, end)),
    ['"pass.*word(1"', 'galaxy', 'first long line\n  second long line'],
  );
  assert.equal(secrets.within({ source, start: 0, end: 3 }), []);
  assert.is(secrets.within({ source, start: 4, end: 5 }).length, 1);
  assert.equal(secrets.within({ ...all, source: makeSource('b.yml', '') }), []);
});

test('no secrets at all', () => {
  assert.is(makeSecrets([]).redact('anything', true), 'anything');
  assert.is(makeSecrets([span(source, 3)]).redact('anything', true), 'anything');
});

test('thousands of secrets', () => {
  const long = makeSource('b.yml', 'secret-value-0000\n'.repeat(5_000));
  const many = makeSecrets(
    Array.from({ length: 5_000 }, (_, index) => span(long, index * 18, index * 18 + 17)),
  );
  const started = performance.now();
  for (let index = 0; index < 5_000; index++)
    assert.is(many.within(span(long, index * 18, index * 18 + 1)).length, 1);
  assert.ok(performance.now() - started < 1_000);
});

test('a secret longer than any regular expression', () => {
  const huge = makeSource('b.yml', 'x'.repeat(200_000));
  const { redact } = makeSecrets([span(huge, 0, huge.text.length)]);
  assert.is(redact(`${huge.text} and xxxxxxxx`, false), '******** and xxxxxxxx');
});

test.run();
