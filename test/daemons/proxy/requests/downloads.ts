// Datasets that Galaxy leaves to the web server.

import * as assert from 'uvu/assert';
import type { Places, Scenario } from '../scenario.ts';
import { dataset } from '../site-files.ts';
import { type Question, question, refused, type Shape, withoutSecret } from './question.ts';

/** Accelerated downloads: whole, in part, and those that must not work. */
export function downloads({ prefix }: Scenario, { data, base }: Places): Question[] {
  const target = (path: string) => `${prefix}/api/datasets/display?path=${encodeURIComponent(path)}`;
  const usual = `${data}/objects/000/dataset_1.dat`;
  const get = (name: string, path: string, check: Question['check'], shape: Shape = {}) =>
    question(`download: ${name}`, target(path), check, shape);
  const range = (value: string): Shape => ({ headers: [['Range', `bytes=${value}`]] });
  const total = dataset.length;
  return [
    get('whole', usual, (answer) => {
      assert.is(answer.status, 200);
      assert.ok(answer.body.equals(dataset), `${answer.body.length} bytes, or other ones`);
      assert.is(answer.header('content-disposition'), 'attachment; filename="dataset_1.dat"');
      assert.is(answer.header('content-type'), 'application/octet-stream');
      assert.is(answer.header('x-frame-options'), 'SAMEORIGIN');
      assert.is(answer.header('access-control-allow-origin'), 'https://partner.example.org');
      assert.is(answer.header('x-content-type-options'), 'nosniff');
      for (const name of ['x-accel-redirect', 'x-sendfile']) assert.is(answer.header(name), undefined);
    }),
    get(
      'a range',
      usual,
      (answer) => {
        assert.is(answer.status, 206);
        assert.is(answer.header('content-range'), `bytes 1000-1999/${total}`);
        assert.ok(answer.body.equals(dataset.subarray(1000, 2000)));
      },
      range('1000-1999'),
    ),
    get(
      'its end',
      usual,
      (answer) => {
        assert.is(answer.status, 206);
        assert.ok(answer.body.equals(dataset.subarray(total - 500)));
      },
      range('-500'),
    ),
    get('a range beyond its end', usual, (answer) => assert.is(answer.status, 416), range(`${total + 1}-`)),
    get(
      'HEAD',
      usual,
      (answer) => {
        assert.is(answer.status, 200);
        assert.is(answer.header('content-length'), String(total));
        assert.is(answer.body.length, 0);
      },
      { method: 'HEAD' },
    ),
    get('a name with blank, umlaut and hash', `${data}/objects/000/a b ü#1.txt`, (answer) => {
      assert.is(answer.status, 200);
      assert.is(answer.body.toString(), 'odd name');
    }),
    get('a file that is gone', `${data}/objects/000/none.dat`, refused(404)),
    get('outside of the data', `${base}/secret.txt`, refused(404)),
    get('a neighbour of the data', `${data}/objects_private/dataset_2.dat`, refused(404)),
    get(
      'out of the data by two dots',
      `${data}/objects/../objects_private/dataset_2.dat`,
      refused(400, 403, 404),
    ),
    question('the internal location, asked directly', `/_x_accel_redirect${usual}`, (answer) => {
      withoutSecret(answer);
      assert.not.ok(answer.body.equals(dataset), 'the file came back');
    }),
    question('the internal location below the prefix', `${prefix}/_x_accel_redirect${usual}`, (answer) => {
      assert.not.ok(answer.body.equals(dataset), 'the file came back');
    }),
    question(
      'a header of the client that asks for a file',
      `${prefix}/api/histories`,
      (answer) => {
        withoutSecret(answer);
        assert.ok(answer.body.includes('"raw_path"'), 'the application was not asked');
      },
      {
        headers: [
          ['X-Accel-Redirect', `/_x_accel_redirect${base}/secret.txt`],
          ['X-Sendfile', `${base}/secret.txt`],
        ],
      },
    ),
  ];
}
