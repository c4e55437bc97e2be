// One question of the matrix, what must come back, and the words that the lists of questions are written in.

import { posix } from 'node:path';
import * as assert from 'uvu/assert';
import type { Answer, Header, Request } from '../http.ts';
import type { Address } from '../network.ts';
import { host } from '../scenario.ts';
import type { Server } from '../server.ts';
import { secret } from '../site-files.ts';

export interface Question {
  /** Unique in a scenario: the list of differences names it. */
  readonly name: string;
  ask(server: Server): Promise<Answer>;
  /** Throws where users would not get what they must. */
  check(answer: Answer, server: Server): void;
}

/** What the probe in Galaxy's place tells. */
export interface Report {
  readonly member: string;
  readonly pid: number;
  readonly method: string;
  readonly raw_path: string;
  readonly path: string;
  readonly script_name: string;
  readonly query: string;
  readonly scheme: string;
  readonly client: string;
  readonly headers: readonly Header[];
  readonly body: { size: number; sha256: string; first: number | null; last: number | null } | null;
}

export interface Shape {
  readonly method?: string;
  /** Replaces the usual Host line, or leaves it out. */
  readonly host?: string | false;
  readonly headers?: readonly Header[];
  readonly body?: Request['body'];
  readonly to?: Address;
}

/** A request as a browser would send it; a body without a length goes in chunks. */
export function request(
  target: string,
  { method = 'GET', host: name = host, headers = [], body }: Shape = {},
): Request {
  const counted = headers.some(([one]) => /^(content-length|transfer-encoding)$/i.test(one));
  const length: Header[] = Buffer.isBuffer(body) && !counted ? [['Content-Length', String(body.length)]] : [];
  return {
    ...{ method, target },
    headers: [
      ...(name === false ? [] : [['Host', name] as const]),
      ['Connection', 'close'],
      ...headers,
      ...length,
    ],
    ...(body === undefined ? {} : { body }),
  };
}

/** A question about one path. */
export function question(
  name: string,
  target: string,
  check: Question['check'],
  shape: Shape = {},
): Question {
  return { name, ask: (server) => server.ask(request(target, shape), shape.to), check };
}

/** What the probe told; an error with the answer where it was not the probe that spoke. */
export function reportOf(answer: Answer): Report {
  const text = answer.body.toString('utf8');
  assert.is(answer.status, 200, `status of\n${text.slice(0, 400)}`);
  const report = JSON.parse(text) as Report;
  assert.ok(report.headers, `no report of the application: ${text.slice(0, 400)}`);
  return report;
}

/** The values of a header as they reached the application. */
export function seen(report: Report, name: string): string[] {
  return report.headers.filter(([one]) => one.replaceAll('_', '-') === name).map(([, value]) => value);
}

/** The path arrived as it was written. */
export function arrived(answer: Answer, { scenario }: Server, target: string): Report {
  const report = reportOf(answer);
  const [raw = '', query = ''] = target.split(/\?(.*)/s);
  const decoded = decodeURIComponent(raw);
  if (scenario.era === 'gunicorn') {
    assert.is(report.raw_path, raw);
    assert.is(report.path, decoded);
  } else {
    assert.is(report.script_name, scenario.prefix, 'SCRIPT_NAME');
    // Paste itself takes a path apart and puts it together again; uWSGI has each byte as a character.
    const path = decoded.slice(scenario.prefix.length);
    const wanted = scenario.era === 'paste' ? posix.normalize(path) : Buffer.from(path).toString('latin1');
    assert.is(report.path, wanted, 'PATH_INFO');
  }
  assert.is(report.query, query);
  return report;
}

/** Not a byte of what nobody may get. */
export function withoutSecret(answer: Answer): void {
  assert.not.ok(answer.body.includes(secret), 'a file outside the served folders came back');
}

/** The web server itself says no: the application was never asked. */
export function refused(...statuses: number[]): Question['check'] {
  return (answer) => {
    withoutSecret(answer);
    assert.ok(
      statuses.includes(answer.status),
      `status ${answer.status} instead of ${statuses.join(' or ')}`,
    );
    assert.not.ok(answer.body.includes('"raw_path"'), 'the application was asked');
  };
}
