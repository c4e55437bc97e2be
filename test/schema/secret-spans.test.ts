import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { isSecretKey, secretSpans } from '../../src/schema/secret-spans.ts';
import { tree } from './tree.ts';

const test = suite('schema/secret-spans');

const cases: [name: string, text: string, secrets: string[]][] = [
  [
    'variables',
    'gunicorn: {environment: {DB_PASSWORD: s3cret, LANG: C, PG: "postgresql://g:pw@h/d"}}',
    ['s3cret', '"postgresql://g:pw@h/d"'],
  ],
  ['list entries', 'gunicorn: [{environment: {API_TOKEN: abc}}, {environment: {X: y}}]', ['abc']],
  ['handlers', 'handlers: {h: {environment: {APIKEY: k1}}}', ['k1']],
  ['arguments', 'gunicorn: {extra_args: "--proxy http://u:p@h"}', ['"--proxy http://u:p@h"']],
  ['unknown keys too', 'gunicorn: {enviroment: {PASSWORD: hidden}}', ['hidden']],
  ['name and value pairs', 'env: [{name: DB_PASSWORD, value: v1}, {name: LANG, value: v2}]', ['v1']],
  ['no truth values and nothing', 'a: {PASSWORD: yes, TOKEN: null, SECRET: , KEY: "", API_KEY: "false"}', []],
  [
    'a variable among arguments',
    'extra_args: --env PGPASSWORD=one --reload',
    ['--env PGPASSWORD=one --reload'],
  ],
  ['a value after its argument', 'extra_args: "--password one"', ['"--password one"']],
  ['arguments without a secret', 'extra_args: --keyfile=/k --forwarded-allow-ips="*"', []],
  ['items take the name of their list', 'PASSWORDS: [one, {a: two}]', ['one']],
];
for (const [name, text, secrets] of cases) {
  test(name, () => {
    const found = secretSpans('gravity', tree(text));
    assert.equal(
      found.map(({ source, start, end }) => source.text.slice(start, end)),
      secrets,
    );
  });
}

test('without a schema or a tree', () => {
  assert.is(secretSpans(undefined, tree('PASSWORD: x')).length, 1);
  assert.equal(secretSpans('gravity', undefined), []);
});

test('shared anchors are walked once', () => {
  const levels = Array.from({ length: 15 }, (_, n) => `l${n + 1}: &l${n + 1} [*l${n}, *l${n}]\n`).join('');
  const started = performance.now();
  assert.is(secretSpans('gravity', tree(`l0: &l0 {PASSWORD: x}\n${levels}`)).length, 1);
  assert.ok(performance.now() - started < 2000);
});

test('what a schema marks', () => {
  assert.is(isSecretKey('gravity', 'gunicorn', 'bind'), false);
  assert.is(isSecretKey('gravity', 'nothing', 'here'), false);
});

test.run();
