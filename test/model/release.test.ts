import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { compareReleases, isOlder, isWithin, parseRelease } from '../../src/model/release.ts';

const test = suite('release');

test('releases are in the order in which they came', () => {
  const inOrder = [
    '16.01',
    '17.09',
    '18.01',
    '19.05',
    '22.01',
    '22.05',
    '23.0',
    '23.1',
    '24.2',
    '26.0',
    '26.1',
  ];
  const shuffled = [...inOrder].reverse().sort(compareReleases);
  assert.equal(shuffled, inOrder);
  for (const [index, one] of inOrder.entries()) {
    for (const [other, than] of inOrder.entries())
      assert.is(isOlder(one, than), index < other, `${one} < ${than}`);
  }
});

test('patches and previews are the release they belong to', () => {
  for (const one of ['24.2.1', '24.2.dev0', '24.2rc1', '24.2']) assert.is(compareReleases(one, '24.2'), 0);
  assert.equal(parseRelease('22.05'), [22, 5]);
  for (const none of ['', 'dev', '24', '2024.1', '24.200']) assert.is(parseRelease(none), undefined);
});

test('an unknown release is the newest', () => {
  assert.not(isOlder(undefined, '99.9'));
  assert.not(isWithin(undefined, '22.05', '24.2'));
  assert.ok(isWithin(undefined, '22.05'));
});

test('a range includes both ends', () => {
  assert.ok(isWithin('22.05', '22.05', '24.2'));
  assert.ok(isWithin('24.2.3', '22.05', '24.2'));
  assert.not(isWithin('25.0', '22.05', '24.2'));
  assert.not(isWithin('22.01', '22.05', '24.2'));
  assert.ok(isWithin('16.01'));
});

test.run();
