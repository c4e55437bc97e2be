import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dirname, join, normalize, within } from '../../src/model/paths.ts';

const test = suite('paths');

const normal: [path: string, normal: string][] = [
  ['/srv//galaxy/./server/..', '/srv/galaxy'],
  ['/..', '/'],
  ['a/../..', '..'],
  ['', '.'],
  ['/', '/'],
  ['./a/', 'a'],
];
for (const [path, expected] of normal) test(`normalize ${path}`, () => assert.is(normalize(path), expected));

test('join keeps what is absolute and resolves nothing', () => {
  assert.is(join('/srv/galaxy/config', '../x.yml'), '/srv/galaxy/config/../x.yml');
  assert.is(join('/srv', '/etc/x'), '/etc/x');
  assert.is(join('/', 'x'), '/x');
});

test('dirname and within', () => {
  assert.is(dirname('/a'), '/');
  assert.is(dirname('a'), '.');
  assert.is(within('/srv', '/srv/a/b'), 'a/b');
  assert.is(within('/srv', '/srvx/a'), undefined);
  assert.is(within('/', '/a'), 'a');
});

test.run();
