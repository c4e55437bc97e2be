// SARIF against its official schema, and against what code scanning services take.
//
// sarif-2.1.0-rtm.5.json is the schema of SARIF 2.1.0 (OASIS), unchanged, as the npm package @microsoft/jest-sarif
// 1.0.0-beta.0 ships it under the MIT License (Copyright (c) Microsoft Corporation).

import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { Ajv } from 'ajv';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { assemble, type Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { plain } from '../../src/report/colour.ts';
import { allPages } from '../../src/report/pages.ts';
import type { RenderContext } from '../../src/report/reporter.ts';
import { sarif } from '../../src/report/sarif.ts';
import { cutToFit } from '../../src/report/sarif-limits.ts';
import { lineStart, makeSource, type Source, span } from '../../src/text/source.ts';
import { flood, pages, samples, secrets } from './samples.ts';

const test = suite('sarif');
const context: RenderContext = {
  tool: { name: 'gxgen', version: '1.2.3' },
  secrets,
  paint: plain,
  pages: () => pages,
};
const accepts = makeValidator();

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [
        { readonly toolExecutionNotifications?: readonly { readonly message: { readonly text: string } }[] },
      ];
      readonly results: readonly Result[];
    },
  ];
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly partialFingerprints: Readonly<Record<string, string>>;
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: Readonly<Record<string, number>>;
    };
  }[];
}

for (const [name, list, known] of [
  ['the fixed list', samples, () => pages],
  ['a flood', flood, () => pages],
  ['nothing', [], () => []],
  ['every code of gxgen', samples, allPages],
] as const) {
  test(`${name}: valid against the official schema`, () => {
    const log: unknown = JSON.parse(sarif.render(list, { ...context, pages: known }));
    accepts(log);
    assert.is((accepts.errors ?? []).map((one) => `${one.instancePath} ${one.message}`).join('\n'), '');
  });
}

test('the schema refuses what is no SARIF', () => {
  assert.not(accepts({ version: '2.1.0', runs: [{ results: [] }] }));
  assert.not(accepts({ ...parse(samples), extra: 1 }));
});

test('every result names its rule by id and by index', () => {
  const [run] = parse(samples).runs;
  assert.ok(run.results.length > 20);
  for (const { ruleId, ruleIndex } of run.results) assert.is(run.tool.driver.rules[ruleIndex]?.id, ruleId);
});

test('a problem without a file is a notification: services refuse a result without a place', () => {
  const [run] = parse(samples).runs;
  assert.not(run.results.some((one) => one.ruleId === 'GX901'));
  assert.match(run.invocations[0].toolExecutionNotifications?.[0]?.message.text ?? '', 'no file was found');
  for (const one of run.results) assert.ok(one.locations[0]?.physicalLocation.artifactLocation.uri);
});

for (const [path, uri] of [
  ['config/galaxy.yml', 'config/galaxy.yml'],
  ['./galaxy.yml', 'galaxy.yml'],
  ['../shared/job conf.xml', '../shared/job%20conf.xml'],
  ['50%/a#b?c:d.yml', '50%25/a%23b%3Fc%3Ad.yml'],
  ['東京/é.yml', '%E6%9D%B1%E4%BA%AC/%C3%A9.yml'],
  ['broken\ud800.yml', 'broken%EF%BF%BD.yml'],
  ['/srv/galaxy/a b.yml', 'file:///srv/galaxy/a%20b.yml'],
] as const) {
  test(`the address of ${JSON.stringify(path)}`, () => {
    const [one] = parse([warning(makeSource(path, 'gravity:\n'), 0)]).runs[0].results;
    assert.is(one?.locations[0]?.physicalLocation.artifactLocation.uri, uri);
  });
}

test('a place ends where its text ends, in UTF-16 units from 1', () => {
  const source = makeSource('galaxy.yml', '🧬: one\n  two\n\nnext: 1\n');
  const [one] = parse([assemble('GX301', 'port-conflict', 'error', 'x', span(source, 4, 14), {})]).runs[0]
    .results;
  assert.equal(one?.locations[0]?.physicalLocation.region, {
    startLine: 1,
    startColumn: 5,
    endLine: 2,
    endColumn: 6,
  });
});

test('fingerprints survive lines that come and go above, and tell equal lines apart', () => {
  const print = (text: string) => {
    const source = makeSource('galaxy.yml', text);
    const places = [...text.matchAll(/bad/g)].map((match) => match.index);
    return parse(places.map((at) => warning(source, at))).runs[0].results.map(
      (one) => one.partialFingerprints['gxgen/v1'],
    );
  };
  const before = print('a: 1\nb: bad\nc:\n  b: bad\n');
  assert.equal(print('a: 1\n# new\n\n    b: bad\nc:\n  x: 1\n  b: bad\n'), before);
  assert.is(new Set(before).size, 2);
  assert.not.equal(print('a: 1\nb: worse, bad\n')[0], before[0]);
});

test('fingerprints do not depend on secrets', () => {
  const print = (secret: string) => {
    const source = makeSource('galaxy.yml', `galaxy:\n  id_secret: ${secret} # weak\n`);
    const log = JSON.parse(
      sarif.render([warning(source, 10)], { ...context, secrets: [span(source, 21, 21 + secret.length)] }),
    ) as Log;
    return log.runs[0].results[0]?.partialFingerprints['gxgen/v1'];
  };
  assert.is(print('hunter2'), print('correct-horse'));
});

test('30,000 problems: 25,000 stay, the most severe, within 10 MB, and the file says what is missing', () => {
  const source = makeSource('job_conf.xml', lines(30_000));
  const list = Array.from({ length: 30_000 }, (_, index) => {
    const severity = index < 15_000 ? 'info' : index < 28_000 ? 'warning' : 'error';
    return assemble(
      'GX407',
      'unknown-tool',
      severity,
      `tool "tool_${index}" is unknown`,
      line(source, index),
      {
        why: 'Galaxy ignores the entry',
        help: 'remove it, or correct its id',
      },
    );
  });
  const text = sarif.render(list, { ...context, pages: allPages });
  const log = JSON.parse(text) as Log;
  const [run] = log.runs;
  assert.is(run.results.length, 25_000);
  assert.is(run.results.filter((one) => one.level === 'error').length, 2_000);
  assert.is(run.results.filter((one) => one.level === 'warning').length, 13_000);
  assert.equal(
    run.results.slice(0, 2_001).map((one) => one.level),
    [...Array.from({ length: 2_000 }, () => 'error'), 'warning'],
  );
  assert.match(
    run.invocations[0].toolExecutionNotifications?.[0]?.message.text ?? '',
    '5000 of 30000 problems are left out because services take at most 25000 results: 5000 of severity info',
  );
  assert.ok(gzipSync(text).length < 10_000_000);
  assert.ok(accepts(log));
});

test('text that cannot be compressed is cut to 10 MB as well', () => {
  const noise = Array.from({ length: 12_000 }, (_, index) => ({
    ruleId: 'GX407',
    text: random(index, 1_500),
  }));
  let said = '';
  const text = cutToFit(noise, (kept) => {
    said = `${kept.count}: ${kept.because}`;
    return JSON.stringify(noise.slice(0, kept.count));
  });
  assert.ok(gzipSync(text).length <= 10_000_000);
  assert.ok((JSON.parse(text) as unknown[]).length > 5_000, said);
  assert.match(said, 'at most 10 MB, compressed');
});

test.run();

function parse(list: readonly Diagnostic[]): Log {
  return JSON.parse(sarif.render(list, context)) as Log;
}

function warning(source: Source, at: number): Diagnostic {
  return assemble('GX301', 'port-conflict', 'warning', 'port 8080 is claimed twice', span(source, at), {});
}

function lines(count: number): string {
  return Array.from({ length: count }, (_, index) => `  <tool id="tool_${index}" handler="nobody"/>`).join(
    '\n',
  );
}

function line(source: Source, number: number) {
  const start = lineStart(source, number + 1) + '  <tool id="'.length;
  return span(source, start, start + `tool_${number}`.length);
}

// A generator of its own: the test must be the same on every run.
function random(seed: number, length: number): string {
  let state = seed * 7919 + 1;
  let text = '';
  while (text.length < length) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    text += state.toString(36);
  }
  return text;
}

/** The schema is of JSON Schema draft 4, of which it uses nothing that draft 7 has changed but the name of its id. */
function makeValidator() {
  const { $schema, id, ...schema } = JSON.parse(
    readFileSync('test/report/sarif-2.1.0-rtm.5.json', 'utf8'),
  ) as Record<string, unknown>;
  assert.is($schema, 'http://json-schema.org/draft-04/schema#');
  const ajv = new Ajv({
    strict: false,
    allErrors: true,
    unicodeRegExp: false,
    formats: {
      uri: (text: string) => URL.canParse(text),
      'uri-reference': (text: string) => /^(?:[\w\-.~:/?#[\]@!$&'()*+,;=]|%[0-9A-F]{2})*$/.test(text),
      'date-time': true,
    },
  });
  return ajv.compile({ ...schema, $id: String(id) });
}
