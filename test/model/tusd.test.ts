import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Service } from '../../src/model/deployment.ts';
import { byDefault } from '../../src/model/located.ts';
import { uploadDirectory } from '../../src/model/tusd.ts';

const test = suite('tusd');
const words = (text: string) => text.split(' ').filter(Boolean).map(byDefault);

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
