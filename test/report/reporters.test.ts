// Every format against expected files, over one fixed list of problems.

import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { ansi, type Paint, plain } from '../../src/report/colour.ts';
import { reporters } from '../../src/report/index.ts';
import type { RenderContext } from '../../src/report/reporter.ts';
import { golden } from '../helpers/golden.ts';
import { flood, pages, samples, secrets } from './samples.ts';

const folder = 'test/report/expected';
const tool = { name: 'gxgen', version: '1.2.3' };
const markup: Paint = (style, text) => `[${style}]${text}[/]`;
const context: RenderContext = { tool, secrets, paint: plain, pages: () => pages };
const expected = new Set<string>();

function render(name: string, diagnostics: readonly Diagnostic[], paint: Paint = plain): string {
  const reporter = reporters.find((one) => one.name === name);
  if (!reporter) throw new Error(`no reporter "${name}"`);
  return reporter.render(diagnostics, { ...context, paint });
}

function compare(file: string, text: string): void {
  expected.add(file);
  golden(`${folder}/${file}`, text);
}

const test = suite('reporters');

for (const { name } of reporters) {
  test(`${name}: the fixed list`, () => {
    compare(`${name}.txt`, render(name, samples));
  });

  test(`${name}: any order of the same problems gives the same report`, () => {
    assert.is(render(name, samples.toReversed()), render(name, samples));
  });

  test(`${name}: no secret is shown`, () => {
    const report = render(name, samples);
    for (const secret of ['correct-horse', 'battery', 'postgresql:', 'c2VjcmV0', 'BEGIN KEY', 'is hunter2'])
      assert.not.ok(report.includes(secret), secret);
  });

  test(`${name}: nothing that a terminal obeys or hides`, () => {
    const found = /(?!\n)[\p{Cc}\p{Cf}\u00a0]/u.exec(render(name, samples));
    assert.is(found, null);
  });

  test(`${name}: colour changes no character`, () => {
    const esc = String.fromCharCode(27);
    const bare = render(name, samples, ansi)
      .split(new RegExp(`${esc}\\[[0-9;]*m`))
      .join('');
    assert.is(bare, render(name, samples));
  });
}

test('text: the styles', () => {
  const shown = samples.filter((one) => ['GX301', 'GX402', 'GX203', 'GX903'].includes(one.code));
  compare('text-styles.txt', render('text', shown, markup));
});

test('text: a flood of one code', () => {
  compare('text-flood.txt', render('text', [...flood, ...samples.slice(0, 1)]));
});

test('text: nineteen of one code are all shown', () => {
  assert.is(render('text', flood.slice(0, 19)).match(/warning\[GX407\]/g)?.length, 19);
});

test('text and concise say nothing when there is nothing to say', () => {
  assert.is(render('text', []), '');
  assert.is(render('concise', []), '');
});

test('json: what it prints is what its schema says', () => {
  const validate = new Ajv2020({ allErrors: true, strict: true }).compile(
    JSON.parse(readFileSync('schemas/diagnostics.schema.json', 'utf8')),
  );
  for (const list of [samples, flood, []]) {
    validate(JSON.parse(render('json', list)));
    assert.is(JSON.stringify(validate.errors ?? [], null, 1), '[]');
  }
  assert.not(validate({ ...JSON.parse(render('json', flood)), extra: 1 }));
});

test('json: places are 1-based lines and columns, and offsets, in UTF-16 units', () => {
  const [one] = JSON.parse(
    render(
      'json',
      samples.filter((each) => each.code === 'GX905'),
    ),
  ).diagnostics;
  assert.equal(one.range, {
    start: { line: 18, column: 21, offset: one.range.start.offset },
    end: { line: 18, column: 27, offset: one.range.start.offset + 6 },
  });
});

test('every expected file is compared', () => {
  assert.equal(readdirSync(folder).sort(), [...expected].sort());
});

test('reporters are sorted and described', () => {
  const names = reporters.map((one) => one.name);
  assert.equal(names, names.toSorted());
  for (const one of reporters) assert.ok(one.summary.length > 10);
});

test.run();
