// Resumable uploads through tusd, as its clients make them: create, follow the Location, send, ask for the offset.

import { createHash } from 'node:crypto';
import * as assert from 'uvu/assert';
import type { Answer, Header } from '../http.ts';
import { host, type Scenario } from '../scenario.ts';
import type { Server } from '../server.ts';
import { type Question, request } from './question.ts';

const tus: Header = ['Tus-Resumable', '1.0.0'];
const part = Buffer.alloc(300_000, 'upload ');

/** Uploads in two parts, and what is told when they go wrong. */
export function uploads({ prefix, tusd, layout }: Scenario): Question[] {
  if (!tusd) return [];
  const scheme = layout === 'site' ? 'https' : 'http';
  const route = `${prefix}/api/upload/resumable_upload`;
  const create = (server: Server, path: string) =>
    server.ask(
      request(path, {
        method: 'POST',
        headers: [
          tus,
          ['Upload-Length', String(2 * part.length)],
          ['X-Api-Key', 'b5d8'],
          ['Cookie', 'galaxysession=a'],
        ],
        body: Buffer.alloc(0),
      }),
    );
  const send = (server: Server, path: string, offset: number) =>
    server.ask(
      request(path, {
        method: 'PATCH',
        headers: [
          tus,
          ['Upload-Offset', String(offset)],
          ['Content-Type', 'application/offset+octet-stream'],
        ],
        body: part,
      }),
    );
  const ask = (name: string, act: Question['ask'], check: Question['check']): Question => ({
    name,
    ask: act,
    check,
  });
  const location = (answer: Answer) => new URL(answer.header('location') ?? 'none:');
  return [
    ...[route, `${route}/`].map((path) =>
      ask(
        `upload: create at ${path === route ? 'the route' : 'the route with a slash'}`,
        (server) => create(server, path),
        (answer) => {
          assert.is(answer.status, 201);
          const { protocol, host: name, pathname } = location(answer);
          assert.is(`${protocol}//${name}`, `${scheme}://${host}`);
          assert.match(pathname, new RegExp(`^${route}/[0-9a-f]{32}$`));
        },
      ),
    ),
    ask(
      'upload: two parts, then the offset',
      async (server) => {
        const path = location(await create(server, route)).pathname;
        assert.is((await send(server, path, 0)).status, 204);
        const second = await send(server, path, part.length);
        assert.is(second.header('upload-offset'), String(2 * part.length));
        const head = await server.ask(request(path, { method: 'HEAD', headers: [tus] }));
        assert.is(head.header('upload-offset'), String(2 * part.length));
        return server.ask(request(path, { headers: [tus] }));
      },
      (answer) => {
        const told = JSON.parse(answer.body.toString()) as {
          size: number;
          sha256: string;
          created_with: Header[];
        };
        assert.is(told.size, 2 * part.length);
        const sum = createHash('sha256').update(part).update(part).digest('hex');
        assert.is(told.sha256, sum);
        // The hook of Galaxy asks for these two.
        const with_ = new Map(told.created_with);
        assert.is(with_.get('x-api-key'), 'b5d8');
        assert.is(with_.get('cookie'), 'galaxysession=a');
      },
    ),
    ask(
      'upload: a wrong offset',
      async (server) => send(server, location(await create(server, route)).pathname, 5),
      (answer) => assert.is(answer.status, 409),
    ),
    ask(
      'upload: nobody knows it',
      (server) => send(server, `${route}/none`, 0),
      (answer) => assert.is(answer.status, 404),
    ),
    ask(
      'upload: the hook is Galaxy',
      (server) =>
        server.ask(request(`${prefix}/api/upload/hooks`, { method: 'POST', body: Buffer.from('{}') })),
      (answer) => assert.ok(answer.body.includes('"raw_path"'), 'the application was not asked'),
    ),
  ];
}
