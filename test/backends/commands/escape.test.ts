import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { directory, umask, word } from '../../../src/backends/commands/escape.ts';
import { hostile } from '../hostile.ts';

const test = suite('commands escape');

// What a POSIX shell makes of one word: single quotes, `\'` between them, plain characters.
function read(text: string): string {
  let value = '';
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith("\\'", at)) {
      value += "'";
      at++;
    } else if (text[at] === "'") {
      const end = text.indexOf("'", at + 1);
      if (end < 0) throw new Error('unterminated quoted string');
      value += text.slice(at + 1, end);
      at = end;
    } else {
      if (!/[A-Za-z0-9_@%+=:,./-]/.test(text[at] ?? '')) throw new Error(`bare ${text[at]}`);
      value += text[at];
    }
  }
  return value;
}

test('every hostile value gets the verdict of real shells, and what passes reads back unchanged', () => {
  for (const one of hostile) {
    const text = word(one.value);
    assert.is('text' in text, one.possible('sh.arg'), one.why);
    if ('text' in text) assert.is(read(text.text), one.value, one.why);
  }
});

test('plain words stay as people write them', () => {
  for (const [value, want] of [
    ['--workers=4', '--workers=4'],
    ['', "''"],
    ['=ls', "'=ls'"],
    ['~', "'~'"],
    ['a b', "'a b'"],
    ["it's", "'it'\\''s'"],
    ['$HOME', "'$HOME'"],
    ['!!', "'!!'"],
  ] as const)
    assert.equal(word(value), { text: want });
});

test('other operands', () => {
  assert.equal(umask('022'), { text: '022' });
  for (const bad of ['', 'u=rwx', '022; id', '8']) assert.ok('refusal' in umask(bad), bad);
  assert.equal(directory('/srv/my galaxy'), { text: "'/srv/my galaxy'" });
  for (const bad of ['srv', '-', '~', '']) assert.ok('refusal' in directory(bad), bad);
});

test.run();
