import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gunicornEndpoint, tusdEndpoint } from '../../src/model/endpoints.ts';
import { byDefault } from '../../src/model/located.ts';

const test = suite('endpoints');

const table: [bind: string, endpoint: string | undefined][] = [
  ['localhost:8080', 'tcp localhost 8080'],
  ['127.0.0.1:4001', 'tcp 127.0.0.1 4001'],
  [':8080', 'tcp 0.0.0.0 8080'],
  ['', 'tcp 0.0.0.0 8000'],
  ['galaxy.example.org', 'tcp galaxy.example.org 8000'],
  ['[::1]:8080', 'tcp ::1 8080'],
  ['[::1]', 'tcp ::1 8000'],
  ['tcp://localhost:80', 'tcp localhost 80'],
  ['unix:/srv/g.sock', 'unix /srv/g.sock'],
  ['unix:///srv/g.sock', 'unix /srv/g.sock'],
  ['unix:run/g.sock', 'unix run/g.sock'],
  ['unix://srv/g.sock', 'unix srv/g.sock'],
  ['unix:////srv/g.sock', 'unix //srv/g.sock'],
  ['  unix:/srv/my galaxy/g.sock  ', 'unix /srv/my galaxy/g.sock'],
  ['fd://3', 'fd 3'],
  ['::1:8080', undefined],
  ['http://localhost:8080', undefined],
  ['*:8080', undefined],
  ['8080', undefined],
  ['localhost:99999', undefined],
  ['a:1,b:2', undefined],
  ['unix:', undefined],
];
for (const [bind, expected] of table) {
  test(`"${bind}" is ${expected ?? 'refused'}`, () => {
    const found = gunicornEndpoint(byDefault(bind));
    const text =
      found &&
      [
        found.kind,
        ...Object.entries(found).flatMap(([key, value]) =>
          key === 'kind' || key === 'origin' ? [] : [value],
        ),
      ].join(' ');
    assert.is(text, expected);
  });
}

const tusd: [extra: string[], endpoint: string][] = [
  [[], 'tcp localhost 1080'],
  [['-port', '1081', '--host=::1'], 'tcp ::1 1081'],
  [['-unix-sock', '/srv/run/tusd.sock', '-port=1081'], 'unix /srv/run/tusd.sock'],
  [['-unix-sock='], 'tcp localhost 1080'],
];
for (const [extra, expected] of tusd) {
  test(`tusd with ${JSON.stringify(extra)} listens on ${expected}`, () => {
    const found = tusdEndpoint(byDefault('localhost'), byDefault(1080), extra.map(byDefault));
    assert.is(
      found.kind === 'tcp' ? `tcp ${found.host} ${found.port}` : `unix ${'path' in found && found.path}`,
      expected,
    );
  });
}

test.run();
