// Names, schemes and what is turned away at the door of a complete site.

import { gunzipSync } from 'node:zlib';
import * as assert from 'uvu/assert';
import type { Address } from '../network.ts';
import { host, type Scenario } from '../scenario.ts';
import { bigText } from '../site-files.ts';
import { type Question, question, request } from './question.ts';

/** Questions about the server names and the redirect to HTTPS. */
export function entry({ prefix, layout }: Scenario): Question[] {
  if (layout === 'blocks') return [];
  const http: Address = { port: 80 };
  const stranger: Question['check'] = (answer) => {
    assert.ok([0, 400, 403, 404, 421].includes(answer.status), `status ${answer.status}`);
    assert.not.ok(answer.body.includes('raw_path'), 'the application was asked');
  };
  const moved = (name: string, path: string, also: readonly (readonly [string, string])[] = []): Question =>
    question(
      `http: ${name}`,
      path,
      (answer) => {
        assert.is(answer.status, 301);
        assert.is(answer.header('location'), `https://${host}${path}`);
        assert.is(answer.headers.filter(([one]) => one === 'x-injected').length, 0);
      },
      { to: http, headers: also },
    );
  return [
    moved('the root', '/'),
    moved('a path with a query', `${prefix}/histories/list?a=b&c=%2F`),
    moved('an encoded slash', `${prefix}/api/tools/a%2Fb`),
    moved('an encoded line break', '/a%0d%0aX-Injected:%201'),
    moved('a forged host', '/x', [['X-Forwarded-Host', 'evil.example.net']]),
    question('http: a stranger', '/', stranger, { to: http, host: 'evil.example.net' }),
    question('http: no host', '/', stranger, { to: http, host: false }),
    question('https: a stranger in Host', '/', stranger, { host: 'evil.example.net' }),
    question('https: a stranger in both names', '/', stranger, {
      ...{ host: 'evil.example.net', to: { port: 443, tls: 'evil.example.net' } },
    }),
    question('https: an address for a host', '/', stranger, { host: '127.0.0.1' }),
    {
      name: 'https: the name with its port',
      ask: (server) => server.ask(request(`${prefix}/`, { host: `${host}:443` })),
      check: (answer) => assert.is(answer.status, 200),
    },
    question('https: Strict-Transport-Security', `${prefix}/`, (answer) => {
      assert.is(answer.header('strict-transport-security'), 'max-age=15552000');
      assert.is(answer.header('x-content-type-options'), 'nosniff');
    }),
    question('https: Strict-Transport-Security of a failure', `${prefix}/static/none.css`, (answer) => {
      assert.is(answer.status, 404);
      assert.is(answer.header('strict-transport-security'), 'max-age=15552000');
      assert.is(answer.header('x-content-type-options'), 'nosniff');
    }),
    question('https: no version', `${prefix}/static/none.css`, (answer) => {
      assert.not.match(`${answer.header('server')} ${answer.body}`, /(nginx|Apache)\/\d/);
    }),
    question(
      'http: no version without a host',
      '/',
      (answer) => assert.not.match(`${answer.header('server')} ${answer.body}`, /(nginx|Apache)\/\d/),
      { to: http, host: false },
    ),
    question(
      'static: compressed',
      `${prefix}/static/style/big.css`,
      (answer) => {
        assert.is(answer.status, 200);
        assert.is(answer.header('content-encoding'), 'gzip');
        assert.match(answer.header('vary') ?? '', 'Accept-Encoding');
        assert.is(gunzipSync(answer.body).toString(), bigText);
      },
      { headers: [['Accept-Encoding', 'gzip']] },
    ),
    question(
      'an answer of Galaxy, compressed',
      `${prefix}/api/histories?${'x'.repeat(3000)}`,
      (answer) => {
        assert.is(answer.status, 200);
        assert.is(answer.header('content-encoding'), 'gzip');
        assert.ok(gunzipSync(answer.body).includes('raw_path'));
      },
      { headers: [['Accept-Encoding', 'gzip']] },
    ),
  ];
}
