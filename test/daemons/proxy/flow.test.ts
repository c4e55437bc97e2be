// What takes time: large uploads that stream, and a server whose Galaxy is down.

import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { pause } from '../command.ts';
import { sandboxed, suiteNeeding } from '../needs.ts';
import { type Header, now } from './http.ts';
import { servers } from './programs.ts';
import { type Report, reportOf, request } from './requests/question.ts';
import { type Scenario, scenarios } from './scenario.ts';
import { type Server, withServer } from './server.ts';
import type { Kind } from './web-server.ts';

const { test, run } = suiteNeeding('flow', ...sandboxed, 'supervisor', 'nginx', 'apache', 'uwsgi', servers());
const kinds: readonly Kind[] = ['nginx', 'apache'];
const mebibyte = 2 ** 20;
const size = 200 * mebibyte;

for (const kind of kinds) {
  test(`${kind}: 200 MB stream through tusd`, async () => {
    await withServer(named('tusd'), kind, async (server) => {
      const route = '/api/upload/resumable_upload';
      const tus: Header = ['Tus-Resumable', '1.0.0'];
      const create = await server.ask(
        request(route, {
          method: 'POST',
          headers: [tus, ['Upload-Length', String(size)]],
          body: Buffer.alloc(0),
        }),
      );
      const path = new URL(create.header('location') ?? 'none:').pathname;
      const seen = await upload(server, path, [tus, ['Upload-Offset', '0']], 'PATCH');
      assert.is(seen.answer.status, 204);
      const told = JSON.parse((await server.ask(request(path, { headers: [tus] }))).body.toString()) as Told;
      assert.is(told.size, size);
      assert.is(told.sha256, seen.sum);
      print(kind, 'through tusd', seen, told);
      assertStreamed(seen, told);
      assert.ok(seen.aside < 4 * mebibyte, `${seen.aside} bytes were put aside`);
    });
  });

  test(`${kind}: 200 MB in one POST to Galaxy`, async () => {
    await withServer(named('one socket'), kind, async (server) => {
      const seen = await upload(server, '/api/tools', [], 'POST');
      const { body } = reportOf(seen.answer) as Report & { body: Told };
      assert.is(body.size, size);
      assert.is(body.sha256, seen.sum);
      print(kind, 'in one POST', seen, body);
      // nginx keeps a slow client from holding a worker of Galaxy: it takes the whole body first, on disk.
      if (kind === 'apache') assertStreamed(seen, body);
      else assert.ok(seen.aside > 100 * mebibyte, `${seen.aside} bytes were put aside`);
    });
  });

  test(`${kind}: while Galaxy is down, its page says so, and static files are there`, async () => {
    const page = '<h1>Galaxy is being restarted</h1>';
    const scenario = { ...named('two sockets'), errorPage: true };
    await withServer(scenario, kind, async (server) => {
      const { supervisor, places } = server;
      mkdirSync(join(places.base, 'errors'), { recursive: true });
      writeFileSync(join(places.base, 'errors/down.html'), page);
      await supervisor.control('stop', 'all');
      const down = await server.ask(request('/histories/list'));
      assert.is(down.status, kind === 'nginx' ? 502 : 503);
      assert.is(down.body.toString(), page);
      assert.match(down.header('retry-after') ?? '', /^\d+$/);
      assert.match(down.header('content-type') ?? '', /^text\/html/);
      const upload = { method: 'POST', body: Buffer.alloc(2 * mebibyte) };
      const refused = await server.ask(request('/api/tools', upload));
      assert.is(refused.status, down.status, 'the page is no answer to what is larger than itself may be');
      assert.is(refused.body.toString(), page);
      const file = await server.ask(request('/static/style/base.css'));
      assert.is(file.status, 200);
      await supervisor.control('start', 'all');
      const end = now() + 15;
      let status = 0;
      while (status !== 200 && now() < end) {
        await pause(200);
        ({ status } = await server.ask(request('/api/version')));
      }
      assert.is(status, 200, 'it is not noticed that Galaxy is back');
    });
  });
}

run();

interface Told {
  readonly size: number;
  readonly sha256: string;
  readonly first: number;
  readonly last: number;
}

interface Seen {
  readonly answer: Awaited<ReturnType<Server['ask']>>;
  readonly sum: string;
  /** When the first byte was sent. */
  readonly started: number;
  /** The most that lay in the folder for bodies, and the most memory beyond what was held before. */
  readonly aside: number;
  readonly memory: number;
}

/** Sends the body over about two seconds, and watches the web server meanwhile. */
async function upload(server: Server, path: string, headers: Header[], method: string): Promise<Seen> {
  const hash = createHash('sha256');
  const chunk = Buffer.alloc(mebibyte, 'galaxy upload ');
  async function* body() {
    for (let sent = 0; sent < size; sent += chunk.length) {
      hash.update(chunk);
      yield chunk;
      await pause(8);
    }
  }
  const before = await server.web.memory();
  let [aside, memory, watching] = [0, 0, true];
  const watch = (async () => {
    while (watching) {
      aside = Math.max(aside, await server.web.aside());
      memory = Math.max(memory, (await server.web.memory()) - before);
      await pause(50);
    }
  })();
  const started = now();
  const answer = await server.ask(
    request(path, { method, headers: [...headers, ['Content-Length', String(size)]], body: body() }),
  );
  watching = false;
  await watch;
  return { answer, sum: hash.digest('hex'), started, aside, memory };
}

function assertStreamed({ answer, started, memory }: Seen, told: Told): void {
  const share = (answer.sent - told.first) / (answer.sent - started);
  assert.ok(
    share > 0.9,
    `the first byte arrived when ${Math.round(100 * (1 - share))} % of the time were over`,
  );
  assert.ok(memory < 64 * mebibyte, `${memory} bytes of memory`);
}

function print(kind: Kind, how: string, { answer, started, aside, memory }: Seen, told: Told): void {
  const megabytes = (bytes: number) => `${Math.round(bytes / mebibyte)} MB`;
  const seconds = (from: number, to: number) => `${(to - from).toFixed(2)} s`;
  process.stdout.write(
    `${kind}: 200 MB ${how}: sent in ${seconds(started, answer.sent)}, first byte at Galaxy after ` +
      `${seconds(started, told.first)}, at most ${megabytes(aside)} put aside, ${megabytes(memory)} of memory\n`,
  );
}

function named(name: string): Scenario {
  const found = scenarios.find((one) => one.name === name);
  if (!found) throw new Error(`no scenario "${name}"`);
  return found;
}
