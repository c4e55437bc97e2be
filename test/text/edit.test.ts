import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { applyEdits } from '../../src/text/edit.ts';
import { makeSource, span } from '../../src/text/source.ts';

const test = suite('edit');
const source = makeSource('a.yml', '0123456789');

const cases: readonly [
  name: string,
  edits: [start: number, end: number, text: string][],
  wanted: string | undefined,
][] = [
  ['none', [], '0123456789'],
  ['replace', [[2, 4, 'xyz']], '01xyz456789'],
  [
    'any order',
    [
      [8, 10, ''],
      [0, 1, 'a'],
    ],
    'a1234567',
  ],
  [
    'adjacent',
    [
      [0, 2, 'a'],
      [2, 4, 'b'],
    ],
    'ab456789',
  ],
  [
    'insert at both ends',
    [
      [0, 0, '<'],
      [10, 10, '>'],
    ],
    '<0123456789>',
  ],
  [
    'insertions at one place keep their order',
    [
      [5, 5, 'a'],
      [5, 5, 'b'],
    ],
    '01234ab56789',
  ],
  [
    'insert where a replacement starts',
    [
      [5, 7, 'x'],
      [5, 5, 'a'],
    ],
    '01234ax789',
  ],
  [
    'insert where a replacement ends',
    [
      [5, 7, 'x'],
      [7, 7, 'a'],
    ],
    '01234xa789',
  ],
  [
    'overlapping',
    [
      [2, 5, 'a'],
      [4, 6, 'b'],
    ],
    undefined,
  ],
  [
    'twice the same',
    [
      [2, 5, 'a'],
      [2, 5, 'a'],
    ],
    undefined,
  ],
  [
    'insert inside a replacement',
    [
      [2, 5, 'a'],
      [3, 3, 'b'],
    ],
    undefined,
  ],
  ['past the end', [[9, 11, '']], undefined],
  ['before the start', [[-1, 1, '']], undefined],
  ['backwards', [[3, 2, '']], undefined],
];

for (const [name, edits, wanted] of cases) {
  test(name, () => {
    const list = edits.map(([start, end, text]) => ({ span: span(source, start, end), text }));
    assert.is(applyEdits(source, list), wanted);
  });
}

test('an edit of another file', () => {
  assert.is(applyEdits(source, [{ span: span(makeSource('b.yml', 'x'), 0), text: '' }]), undefined);
});

test.run();
