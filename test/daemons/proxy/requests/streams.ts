// What has to pass while it is being made: events one by one, websockets both ways.

import * as assert from 'uvu/assert';
import type { Answer } from '../http.ts';
import { hasEvents, host, type Scenario } from '../scenario.ts';
import type { Server } from '../server.ts';
import { speak } from '../websocket.ts';
import { type Question, question, type Report } from './question.ts';

/** Event stream and websockets, where the application server has them. */
export function streams(scenario: Scenario): Question[] {
  const { prefix, era, layout } = scenario;
  if (era !== 'gunicorn') return [];
  const oneByOne: Question['check'] = (answer) => {
    assert.is(answer.status, 200);
    assert.match(answer.body.toString(), /^data: 0\n\ndata: 1\n\n/);
    const [first, last] = [answer.pieces[0]?.at ?? 0, answer.pieces.at(-1)?.at ?? 0];
    // The application sends five events 0.15 s apart; buffered, they would all come at the end.
    assert.ok(last - first > 0.4, `the first and the last event came ${(last - first).toFixed(2)} s apart`);
  };
  const echo = (name: string, path: string): Question => ({
    name,
    ask: (server) => upgrade(server, prefix + path),
    check(answer) {
      assert.is(answer.status, 101);
      const [report, ...echoes] = JSON.parse(answer.body.toString()) as string[];
      const told = JSON.parse(report ?? '{}') as Report;
      assert.is(told.scheme, layout === 'site' ? 'wss' : 'ws');
      assert.is(told.client, '127.0.0.1');
      assert.equal(echoes, ['galaxy', 'ü']);
    },
  });
  return [
    ...(hasEvents(scenario)
      ? [
          question('event stream', `${prefix}/api/events/stream`, oneByOne),
          question('event stream without a word of Galaxy', `${prefix}/api/events/stream?bare=1`, oneByOne),
        ]
      : []),
    echo('websocket', '/api/socket'),
    echo('websocket at the root', '/'),
    question(
      'an upgrade to something unknown',
      `${prefix}/histories/list`,
      (answer) => assert.is(answer.status, 200),
      {
        headers: [['Upgrade', 'h2c']],
      },
    ),
  ];
}

/** The upgrade and the messages in the form of an answer: the body is the list of messages. */
export async function upgrade(
  server: Server,
  target: string,
  name = host,
  to = server.address,
): Promise<Answer> {
  const { status, messages } = await speak(server.network, to, target, [['Host', name]], ['galaxy', 'ü']);
  return {
    ...{ status, headers: [], pieces: [], sent: 0, took: 0 },
    body: Buffer.from(JSON.stringify(messages)),
    header: () => undefined,
  };
}
