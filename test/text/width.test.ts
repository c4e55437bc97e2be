import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { textWidth, visible } from '../../src/text/width.ts';

const test = suite('width');

const widths: readonly [text: string, width: number][] = [
  ['', 0],
  ['bind: localhost', 15],
  ['é', 1],
  ['e\u0301', 1],
  ['東京', 4],
  ['한국', 4],
  ['ﾊﾝｶｸ', 4],
  ['ＡＢ', 4],
  ['🧬', 2],
  ['𠮷', 2],
  ['→ “x”', 5],
  ['שלום', 4],
  ['นี้', 1],
];

for (const [text, width] of widths) {
  test(`"${text}" takes ${width}`, () => assert.is(textWidth(text), width));
}

const spelled: readonly [text: string, shown: string][] = [
  ['plain "text" with \\', 'plain "text" with \\'],
  ['\x1b[31m', '\\x1b[31m'],
  ['a\tb\r\nc', 'a\\tb\\r\\nc'],
  ['\u0000\u007f\u0085\u009b', '\\x00\\x7f\\x85\\x9b'],
  ['no\u00a0break', 'no\\xa0break'],
  ['\u200b\u202e\u2028\ufeff', '\\u200b\\u202e\\u2028\\ufeff'],
  ['\u{e0041}', '\\u{e0041}'],
  ['\ud800', '\\ud800'],
  ['東京 🧬', '東京 🧬'],
];

for (const [text, shown] of spelled) {
  test(`shows ${shown}`, () => assert.is(visible(text), shown));
}

test.run();
