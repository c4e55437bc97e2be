// Any text at all gives a tree or errors: never a throw, never a place outside the text, never much time.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { decode } from '../../src/syntax/decode.ts';
import { toPlain } from '../../src/syntax/plain.ts';
import type { Node } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('yaml properties');

const seeds = [
  'gravity:\n  gunicorn:\n    - bind: "localhost:8080"\n      workers: 4\n  handlers:\n    h: {processes: 3, pools: [a, b]}\n',
  "base: &base\n  x: 022\n  y: |\n    text\n     more\n\nc:\n  <<: *base\n  <<: [*base, {z: 1:30}]\n  \"on\": 'it''s'\n",
  '%YAML 1.1\n--- # comment\n- !!str 12\n- ? [a, b]\n  : *x\n- >-\n  folded\n\n  text\n...\n',
];

const marks = fc.constantFrom(
  ...[
    ' ',
    '  ',
    '\n',
    '\r\n',
    '\r',
    '\t',
    ':',
    ': ',
    '-',
    '- ',
    '? ',
    ',',
    '[',
    ']',
    '{',
    '}',
    '"',
    "'",
    '#',
    ' #',
  ],
  ...[
    '&a',
    '*a',
    '!',
    '!!int ',
    '|',
    '>',
    '%',
    '@',
    '`',
    '<<: ',
    '=',
    '~',
    '---\n',
    '...\n',
    '\\',
    '\\u',
    '\0',
    '\x1f',
  ],
  ...[
    '\x02',
    '\x18',
    '\ufeff',
    '\u2028',
    '\u00a0',
    '\ud800',
    '😀',
    'a',
    'key',
    'yes',
    '012',
    '1:30',
    '2001-02-30',
  ],
);
const soup = fc.array(marks, { maxLength: 60 }).map((parts) => parts.join(''));
const mutated = fc
  .tuple(
    fc.constantFrom(...seeds),
    fc.array(fc.tuple(fc.nat(), fc.nat({ max: 3 }), marks), { minLength: 1, maxLength: 6 }),
  )
  .map(([seed, edits]) =>
    edits.reduce((text, [place, removed, added]) => {
      const at = place % (text.length + 1);
      return text.slice(0, at) + added + text.slice(at + removed);
    }, seed),
  );

test('any text gives a tree or errors, with places inside it', () => {
  fc.assert(
    fc.property(fc.oneof(soup, mutated, fc.string(), fc.string({ unit: 'binary' })), (text) => {
      const source = makeSource('galaxy.yml', text);
      const found: Diagnostic[] = [];
      const started = process.cpuUsage();
      const node = parseYaml(source, (one) => found.push(one));
      assert.ok(process.cpuUsage(started).user < 1_000_000);
      const inside = (span: Span | undefined) =>
        assert.ok(
          span && 0 <= span.start && span.start <= span.end && span.end <= text.length,
          JSON.stringify(span),
        );
      for (const { span, labels, fix } of found) {
        inside(span);
        for (const label of labels) inside(label.span);
        for (const edit of fix?.edits ?? []) inside(edit.span);
      }
      if (found.some((one) => one.severity === 'error')) assert.is(node, undefined);
      if (node) {
        toPlain(node);
        walk(node, (one) => inside(one.span));
      }
    }),
    { seed: 42, numRuns: 4000 },
  );
});

test('a plain scalar on one line stands at its place, letter by letter', () => {
  fc.assert(
    fc.property(fc.oneof(mutated, soup), (text) => {
      const node = parseYaml(makeSource('galaxy.yml', text), () => {});
      if (node)
        walk(node, ({ kind, span, ...rest }) => {
          if (kind !== 'scalar' || !('style' in rest) || rest.style !== 'plain') return;
          const written = text.slice(span.start, span.end);
          // The text of an alias used as a key is that of its anchor.
          if (!/[\r\n]/.test(written) && !written.startsWith('*')) assert.is(rest.text, written);
        });
    }),
    { seed: 43, numRuns: 1500 },
  );
});

test('any bytes give a text or a diagnostic', () => {
  fc.assert(
    fc.property(
      fc.uint8Array({ maxLength: 80 }),
      fc.constantFrom('yaml' as const, 'xml' as const),
      (bytes, kind) => {
        const found: Diagnostic[] = [];
        const source = decode('galaxy.yml', bytes, kind, (one) => found.push(one));
        assert.is(found.length, source === undefined ? 1 : 0);
      },
    ),
    { seed: 44, numRuns: 3000 },
  );
});

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  if (node.kind === 'seq') for (const item of node.items) walk(item, visit);
  if (node.kind === 'map')
    for (const { key, value } of node.entries) {
      walk(key, visit);
      walk(value, visit);
    }
}

test.run();
