import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { hasControlSocket, pinnedGunicorn } from '../../src/model/services/gunicorn-version.ts';

const test = suite('gunicorn version');

const pins: [line: string, version: string | undefined][] = [
  ['gunicorn==23.0.0', '23.0.0'],
  ['gunicorn==25.1.0 ; python_version >= "3.10"', '25.1.0'],
  ['gunicorn==25.1.0 # pinned', '25.1.0'],
  ['  gunicorn[gevent] == 25.1.0', '25.1.0'],
  ['gunicorn>=20', undefined],
  ['gunicorn-extra==1.0', undefined],
  ['# gunicorn==1', undefined],
];
for (const [line, version] of pins) {
  test(line, () => assert.is(pinnedGunicorn(`fastapi==0.1\n${line}\nuvicorn==1\n`), version));
}

const versions: [version: string, has: boolean][] = [
  ['20.1.0', false],
  ['25.0.9', false],
  ['25.1.0rc1', false],
  ['25.1.0.dev1', false],
  ['25.1.0', true],
  ['25.1', true],
  ['25.1.0.post1', true],
  ['25.2.0a1', true],
  ['26.0', true],
  ['nonsense', false],
];
for (const [version, has] of versions) test(version, () => assert.is(hasControlSocket(version), has));

test.run();
