import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ansi, type ColourChoice, paintPatch, palette, wantsColour } from '../../src/report/colour.ts';

const test = suite('colour');

const decisions: readonly [
  choice: ColourChoice,
  env: Record<string, string>,
  isTTY: boolean,
  wanted: boolean,
][] = [
  ['auto', {}, true, true],
  ['auto', {}, false, false],
  ['always', { NO_COLOR: '1' }, false, true],
  ['never', { FORCE_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
  ['auto', { NO_COLOR: '' }, true, true],
  ['auto', { FORCE_COLOR: '1' }, false, true],
  ['auto', { FORCE_COLOR: '0' }, true, false],
  ['auto', { FORCE_COLOR: 'false' }, true, false],
  ['auto', { FORCE_COLOR: '' }, false, false],
  ['auto', { FORCE_COLOR: '1', TERM: 'dumb' }, true, true],
  ['auto', { TERM: 'dumb' }, true, false],
  ['auto', { TERM: 'xterm', CI: '1' }, false, false],
];

for (const [choice, env, isTTY, wanted] of decisions) {
  test(`${choice} ${JSON.stringify(env)} ${isTTY ? 'terminal' : 'pipe'}: ${wanted}`, () => {
    assert.is(wantsColour(choice, env, isTTY), wanted);
  });
}

test('a palette', () => {
  assert.is(palette(false)('error', 'x'), 'x');
  assert.is(palette(true)('error', 'x'), '\x1b[1;31mx\x1b[0m');
  assert.is(ansi('dim', ''), '');
});

test('a patch', () => {
  assert.is(
    paintPatch('--- a\n+++ b\n@@ -1,1 +1,1 @@\n-x\n+y\n z\n', (style, text) => `[${style}]${text}`),
    '[strong]--- a\n[strong]+++ b\n[dim]@@ -1,1 +1,1 @@\n[removed]-x\n[added]+y\n z\n',
  );
});

test.run();
