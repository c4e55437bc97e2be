import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Service } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';
import { tusdEndpoint, uploadDirectory } from '../../src/model/tusd.ts';

const test = suite('tusd');
const settings = { host: byDefault('localhost'), port: byDefault(1080) };
const words = (text: string) => text.split(' ').filter(Boolean).map(byDefault);

const listening: readonly (readonly [string, string])[] = [
  ['', 'localhost:1080'],
  ['-port 1099', 'localhost:1099'],
  ['--port=1099 -host=0.0.0.0', '0.0.0.0:1099'],
  ['-port 1 -port 2', 'localhost:2'],
  ['-port', 'localhost:1080'],
  ['-port x', 'localhost:1080'],
  ['-portal 3 port 4', 'localhost:1080'],
  ['-unix-sock /run/tusd.sock -port 1', '/run/tusd.sock'],
  ['-unix-sock=', 'localhost:1080'],
];

for (const [extra, expected] of listening)
  test(`listens: ${extra}`, () => {
    const found = tusdEndpoint(settings, words(extra));
    const shown =
      found.kind === 'unix' ? found.path : found.kind === 'tcp' ? `${found.host}:${found.port}` : '';
    assert.is(shown, expected);
  });

const directories: readonly (readonly [string, string | undefined])[] = [
  ['-upload-dir=/a', '/a'],
  ['-upload-dir=/a --upload-dir /b', '/b'],
  ['-upload-dir=', undefined],
];

for (const [argv, expected] of directories)
  test(`stores: ${argv}`, () => {
    const service = { settings: { upload_dir: byDefault('/a') }, processes: [{ argv: words(argv) }] };
    assert.is(uploadDirectory(service as unknown as Service)?.value, expected);
  });

test.run();
