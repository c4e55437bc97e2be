import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Diagnostic, problem } from '../../src/diagnostics/diagnostic.ts';
import { checkSchema } from '../../src/schema/check.ts';
import { dropEchoes } from '../../src/schema/echoes.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { makeSource } from '../../src/text/source.ts';

const test = suite('schema/echoes');

const cases: [text: string, codes: string[]][] = [
  ['umask: 022', ['GX201']],
  ['gunicorn: {workers: 010}', ['GX121']],
  ['gunicorn: {bind: 12:30}', ['GX201']],
  ['gunicorn: {timeout: 1:30}', ['GX122']],
  ['handlers: {on: {}}', ['GX206']],
  ['gunicorn: {on: x}', ['GX200']],
  ['gunicorn: {workers: 010}\numask: 022', ['GX121', 'GX201']],
  ['celery: &a {umaks: "1", umask: 022}\ngx_it_proxy: *a', ['GX200', 'GX201']],
  ['tusd: [{}, {}]', ['GX205', 'GX205']],
];
for (const [text, codes] of cases) {
  test(text, () => {
    const found: Diagnostic[] = [];
    const report = (one: Diagnostic) => found.push(one);
    checkSchema('gravity', parseYaml(makeSource('galaxy.yml', text), report), report);
    assert.equal(
      dropEchoes(found).map(({ code }) => code),
      codes,
    );
  });
}

test('what a target refuses is told unless the path is an error already', () => {
  const source = makeSource('galaxy.yml', 'virtualenv: ~/venv');
  const place = { source, start: 12, end: 18 };
  const refused = problem('GX700', 'refused', place);
  const told = (severity: 'error' | 'warning') => [problem('GX313', 'a path', place, { severity }), refused];
  assert.equal(dropEchoes(told('error')).length, 1);
  assert.equal(dropEchoes(told('warning')).length, 2);
});

test.run();
