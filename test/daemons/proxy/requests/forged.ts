// What a client claims about itself that only a proxy may say.

import * as assert from 'uvu/assert';
import type { Header } from '../http.ts';
import { host, type Scenario } from '../scenario.ts';
import { arrived, type Question, question, type Report, refused, seen } from './question.ts';

/** The value that must never arrive, wherever a client writes it. */
const forged = 'evil.example.net';

/** Requests whose headers lie. */
export function forgedHeaders({ prefix, layout }: Scenario): Question[] {
  const scheme = layout === 'site' ? 'https' : 'http';
  const path = `${prefix}/api/whoami`;
  const truth = (report: Report) => {
    assert.is(report.scheme, scheme, 'scheme');
    assert.is(report.client, '127.0.0.1', 'client');
    assert.equal(seen(report, 'host'), [host], 'Host');
    for (const name of ['x-forwarded-host', 'x-forwarded-for', 'x-forwarded-proto', 'x-url-scheme'])
      for (const value of seen(report, name))
        assert.ok([host, '127.0.0.1', scheme].includes(value), `${name}: ${value}`);
    for (const name of ['remote-user', 'gx-secret', 'script-name'])
      assert.equal(seen(report, name), [], name);
    for (const [name, value] of report.headers)
      assert.not.ok(value.includes(forged), `${name} arrived: ${value}`);
  };
  const lie = (name: string, headers: readonly Header[]) =>
    question(`forged ${name}`, path, (answer, server) => truth(arrived(answer, server, path)), { headers });
  return [
    lie('X-Forwarded-For', [['X-Forwarded-For', `6.6.6.6, ${forged}`]]),
    lie('X-Forwarded-For, twice', [
      ['X-Forwarded-For', forged],
      ['x-forwarded-for', `${forged}, 127.0.0.1`],
    ]),
    lie('X-Forwarded-Host', [['X-Forwarded-Host', forged]]),
    lie('X-Forwarded-Proto', [['X-Forwarded-Proto', forged]]),
    lie('X-Forwarded-Proto of the other scheme', [
      ['X-Forwarded-Proto', scheme === 'https' ? 'http' : 'https'],
    ]),
    lie('X-Real-IP', [['X-Real-IP', forged]]),
    lie('X-URL-SCHEME', [['X-URL-SCHEME', forged]]),
    lie('Remote-User', [['Remote-User', forged]]),
    lie('REMOTE_USER', [['REMOTE_USER', forged]]),
    lie('GX-Secret', [['GX-Secret', forged]]),
    lie('GX_SECRET', [['GX_SECRET', forged]]),
    lie('X_FORWARDED_FOR', [
      ['X_FORWARDED_FOR', forged],
      ['X_FORWARDED_HOST', forged],
    ]),
    lie('SCRIPT_NAME', [['SCRIPT_NAME', `/${forged}`]]),
    question('forged port in Host', path, (answer, server) => truth(arrived(answer, server, path)), {
      host: `${host}:1234`,
    }),
    question(
      'a whole address in the request line, and another Host',
      `http://${host}${path}`,
      (answer, server) => {
        // nginx goes by the address, Apache by the other name, which in a site is that of a stranger.
        if (server.kind === 'apache' && layout === 'site') refused(400, 403, 421)(answer, server);
        else truth(arrived(answer, server, path));
      },
      { host: forged },
    ),
  ];
}
