import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { splitShellWords } from '../../src/model/shell-words.ts';

const test = suite('shell words');

// What Python 3.11's shlex.split gives for each text; null where it raises ValueError.
const recorded = JSON.parse(readFileSync('test/model/shlex.json', 'utf8')) as [string, string[] | null][];

test('splits as shlex.split does', () => {
  assert.ok(recorded.length > 300);
  for (const [text, expected] of recorded) {
    const split = splitShellWords(text);
    assert.equal(split.ok ? split.words : null, expected, JSON.stringify(text));
  }
});

test.run();
