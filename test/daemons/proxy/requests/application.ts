// What passes through to Galaxy, and how it arrives: methods, bodies, paths byte for byte.

import { createHash } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Server } from '../server.ts';
import { arrived, type Question, question, refused, reportOf, type Shape, seen } from './question.ts';

/** Paths with everything in them that a proxy has been known to change. */
const paths = {
  'an encoded slash': '/api/tools/toolshed.example.org%2Frepos%2Fdevteam%2Fbwa%2Fbwa%2F0.7.17',
  'two encoded slashes': '/a%2F%2Fb',
  'an encoded encoded slash': '/a%252Fb',
  'an encoded blank': '/api/libraries/my%20library',
  'two slashes': '/a//b',
  'an encoded percent': '/a%25b',
  'letters beyond ASCII': '/histories/%C3%BCbung',
  'reserved characters': "/a;b=c,d+e!$&'()*:@",
  'an encoded question mark': '/a%3Fb',
  'an encoded hash': '/a%23b',
  'encoded brackets': '/a%5Bb%5D%7Bc%7D%7C',
  'a query': '/api/histories?q=name&qv=a%2Fb&q=%26+&order=%C3%BC',
  'an empty query part': '/api/histories?=&&a',
  'a long path': `/${'x'.repeat(3000)}`,
};

/** Questions about the application's own routes. */
export function application({ prefix, era }: Server['scenario']): Question[] {
  const ask = (name: string, path: string, shape: Shape = {}, check: Question['check'] = () => undefined) =>
    question(
      name,
      prefix + path,
      (answer, server) => {
        const report = arrived(answer, server, prefix + path);
        assert.is(report.method, shape.method ?? 'GET');
        check(answer, server);
      },
      shape,
    );
  const body = (size: number, type: string): Shape => ({
    method: 'POST',
    headers: [['Content-Type', type]],
    body: Buffer.alloc(size, 'galaxy '),
  });
  const whole =
    (size: number): Question['check'] =>
    (answer) => {
      const sum = createHash('sha256').update(Buffer.alloc(size, 'galaxy ')).digest('hex');
      const { body: arrivedBody } = reportOf(answer);
      assert.is(arrivedBody?.size, size);
      assert.is(arrivedBody?.sha256, sum);
    };
  const chunks = async function* () {
    for (let at = 0; at < 3; at++) yield Buffer.from('7\r\ngalaxy \r\n');
    yield Buffer.from('0\r\n\r\n');
  };
  const inChunks: Shape = { method: 'POST', headers: [['Transfer-Encoding', 'chunked']], body: chunks() };
  return [
    ask('the root', '/'),
    ask('a page', '/histories/list'),
    ...Object.entries(paths).map(([what, path]) => ask(`path with ${what}`, path)),
    question('path with two slashes first', `${prefix}//a`, (answer, server) => {
      arrived(answer, server, `${prefix}${server.kind === 'apache' ? '' : '/'}/a`);
    }),
    ask('POST', '/api/tools', body(1234, 'application/json'), whole(1234)),
    ask(
      'POST of a form',
      '/tool_runner/index',
      body(300_000, 'multipart/form-data; boundary=x'),
      whole(300_000),
    ),
    // Neither uWSGI nor Paste takes a body without a length from a proxy: their era's clients never sent one.
    ...(era === 'gunicorn' ? [ask('POST in chunks', '/api/tools', inChunks, whole(21))] : []),
    ask('PUT', '/api/histories/1', { ...body(10, 'application/json'), method: 'PUT' }, whole(10)),
    ask('PATCH', '/api/histories/1', { ...body(10, 'application/json'), method: 'PATCH' }, whole(10)),
    ask('DELETE', '/api/histories/1', { method: 'DELETE' }),
    ask('OPTIONS', '/api/histories', {
      method: 'OPTIONS',
      headers: [['Origin', 'https://partner.example.org']],
    }),
    question(
      'HEAD',
      `${prefix}/_probe/cookie`,
      (answer) => {
        assert.is(answer.status, 200);
        assert.is(answer.body.length, 0);
        assert.is(answer.header('content-length'), '2');
      },
      { method: 'HEAD' },
    ),
    ask('cookies and keys', '/api/users', { headers: sent }, (answer) => {
      for (const [name, value] of sent) assert.equal(seen(reportOf(answer), name.toLowerCase()), [value]);
    }),
    question('a cookie of Galaxy', `${prefix}/_probe/cookie`, (answer) => {
      assert.is(answer.header('set-cookie'), 'galaxysession=abc; path=/; HttpOnly');
    }),
    question('an answer with 5 kB of headers', `${prefix}/_probe/big-header?bytes=5000`, (answer) => {
      assert.is(answer.status, 200);
      assert.is(answer.header('x-big')?.length, 5000);
    }),
    question('a failure of Galaxy', `${prefix}/_probe/fail?status=500`, (answer) => {
      assert.is(answer.status, 500);
      assert.equal(JSON.parse(answer.body.toString()), { probe: 'failed as asked' });
    }),
    ...(prefix === '' ? [] : besidePrefix(prefix)),
  ];
}

const sent = [
  ['Cookie', 'galaxysession=c6ca0ddb55be603a; other=a%2Fb'],
  ['X-Api-Key', 'b5d8c1f0'],
  ['Accept-Language', 'de, en;q=0.5'],
  ['If-None-Match', '"abc"'],
] as const;

function besidePrefix(prefix: string): Question[] {
  const nothing = refused(403, 404);
  return [
    question('the prefix without its slash', prefix, (answer, server) => {
      assert.is(answer.status, 301);
      const base = server.scenario.layout === 'site' ? 'https' : 'http';
      assert.is(answer.header('location'), `${base}://galaxy.example.org${prefix}/`);
    }),
    question(
      'the prefix without its slash, for somebody else',
      prefix,
      (answer) => {
        assert.not.match(answer.header('location') ?? '', 'evil');
      },
      { headers: [['X-Forwarded-Host', 'evil.example.net']] },
    ),
    question('a neighbour of the prefix', `${prefix}foo/api/version`, nothing),
    question('outside of the prefix', '/api/version', nothing),
  ];
}
