// The reader against PyYAML itself: pyyaml-cases.jsonl holds what PyYAML makes of each text (pyyaml-record.py).

import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { decode } from '../../src/syntax/decode.ts';
import type { Node, ScalarNode } from '../../src/syntax/tree.ts';
import { parseYaml } from '../../src/syntax/yaml.ts';

const test = suite('yaml as PyYAML');

interface Case {
  readonly yaml: string;
  readonly value: unknown;
}

/** Texts that PyYAML reads and gxgen refuses, with the reason. There is no text that it reads differently. */
const refused: readonly (readonly [reason: string, text: RegExp])[] = [
  ['bytes, sets and lists of pairs fit no setting', /!!(?:binary|set|omap|pairs)/],
  ['the default value of a mapping is unknown to everybody', /!!value =|\{=: /],
  ['half a character cannot be written to any file', /\\ud83d/],
  ['a lone "-" inside brackets', /(?:\[|: )-[\]}]/],
  ['a key mark inside brackets', /\[\?a\]/],
  ['a ":" that could belong to the name of an anchor', /^&a:|\n\*x:/],
  ['text inside brackets as far left as the key', /a: \[\n {2}1\n\]/],
  ['a quoted text that goes on as far left as its key', /a: (?:"b|'b|"---)\n\s{0,2}[bc"]/],
  ['a comment without a space before it', /['\]]#/],
  ['an invisible line end or byte order mark inside the text', /[\u0085\ufeff]/],
];

const cases: Case[] = readFileSync('test/syntax/pyyaml-cases.jsonl', 'utf8')
  .trimEnd()
  .split('\n')
  .map((line) => JSON.parse(line));

test(`${cases.length} texts give PyYAML's values or a stated refusal`, () => {
  assert.ok(cases.length > 3000);
  const used = new Set<string>();
  const wrong: string[] = [];
  for (const { yaml, value } of cases) {
    const found = JSON.stringify(read(yaml));
    const expected = JSON.stringify(value);
    if (found === expected) continue;
    const reason = found === '{"error":true}' ? refused.find(([, text]) => text.test(yaml)) : undefined;
    if (reason) used.add(reason[0]);
    else wrong.push(`${JSON.stringify(yaml)}\n  PyYAML ${expected}\n  gxgen  ${found}`);
  }
  assert.is(wrong.join('\n'), '');
  assert.equal(
    refused.map(([reason]) => reason).filter((reason) => !used.has(reason)),
    [],
    'reasons that no text needs',
  );
});

function read(yaml: string): unknown {
  const errors: Diagnostic[] = [];
  const report = (one: Diagnostic) => {
    if (one.severity === 'error') errors.push(one);
  };
  const source = decode('galaxy.yml', Buffer.from(yaml), 'yaml', report);
  const node = source && parseYaml(source, report);
  if (errors.length > 0) {
    assert.is(node, undefined, `a value beside an error: ${JSON.stringify(yaml)}`);
    return { error: true };
  }
  return typed(node);
}

function typed(node: Node | undefined): unknown {
  if (node === undefined) return null;
  if (node.kind === 'seq') return node.items.map(typed);
  if (node.kind === 'map') return { map: node.entries.map(({ key, value }) => [typed(key), typed(value)]) };
  return typedScalar(node);
}

function typedScalar({ type, value }: ScalarNode): unknown {
  if (type === 'int') return { int: String(value) };
  if (type === 'timestamp') return { timestamp: true };
  if (type !== 'float') return value;
  if (Number.isNaN(value)) return { float: 'nan' };
  const bytes = Buffer.alloc(8);
  bytes.writeDoubleBE(Number(value));
  return { float: bytes.toString('hex') };
}

test.run();
