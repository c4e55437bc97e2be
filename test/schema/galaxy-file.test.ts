import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { checkSections } from '../../src/schema/galaxy-file.ts';
import { lines, tree } from './tree.ts';

const test = suite('schema/galaxy-file');

const cases: [text: string, said: string[]][] = [
  ['gravity: {}\ngalaxy: {}\n', []],
  ['galaxy: {}\nuwsgi: {}\nreports: {}\n', []],
  ['galaxy: {}\nx-common: &common {}\ntool_shed: {}\n.anchors: 1\n', []],
  ['gravitee: {}', ['1:1 GX207 unknown section "gravitee"; did you mean "gravity"?']],
  ['Gravity: {}', ['1:1 GX207 unknown section "Gravity"; did you mean "gravity"?']],
  ['galxy: {}', ['1:1 GX207 unknown section "galxy"; did you mean "galaxy"?']],
  ['gravity: {}\nGalaxy: {}', ['2:1 GX207 unknown section "Galaxy"; did you mean "galaxy"?']],
  ['gravity:\ngunicorn:\n  bind: x:1\n', ['2:1 GX207 "gunicorn" stands beside "gravity", not in it']],
  ['gravity:\nhandlers: {}\n', ['2:1 GX207 "handlers" stands beside "gravity", not in it']],
  ['[]', []],
  ['text', []],
];
for (const [text, said] of cases) test(text, () => assert.equal(lines(sections(text)), said));

test('beside the real section it is only mentioned', () => {
  assert.equal(
    sections('galaxy: {}\ngalaxy1: {}\n').map((one) => [one.severity, one.fix]),
    [['info', undefined]],
  );
  assert.equal(
    sections('galaxy1: {}\n').map((one) => [one.severity, one.fix?.edits[0]?.text]),
    [['warning', 'galaxy']],
  );
});

test.run();

function sections(text: string): Diagnostic[] {
  const found: Diagnostic[] = [];
  checkSections(tree(text), (one) => found.push(one));
  return found;
}
