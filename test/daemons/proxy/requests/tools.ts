// Interactive tools, below a name of their own and below a path.

import * as assert from 'uvu/assert';
import type { Answer, Header } from '../http.ts';
import type { Address } from '../network.ts';
import { type Places, type Scenario, toolsHost } from '../scenario.ts';
import { dataset } from '../site-files.ts';
import { type Question, question, request } from './question.ts';
import { upgrade } from './streams.ts';

interface Told {
  readonly interactive: true;
  readonly method: string;
  readonly raw_path: string;
  readonly headers: readonly Header[];
}

/** Questions to gx-it-proxy through the web server, for a configuration in which tools are on. */
export function tools({ prefix, tools: on, layout }: Scenario, { data }: Places): Question[] {
  const path = `${prefix}/interactivetool/ep/abc123/def456/ipython/lab`;
  if (!on) {
    const galaxy: Question['check'] = (answer) =>
      assert.ok(answer.body.includes('"raw_path"'), String(answer.status));
    return [question('tools are off: their path is Galaxy', path, galaxy)];
  }
  const scheme = layout === 'site' ? 'https' : 'http';
  const own = `abc123-def456.${toolsHost}`;
  const to: Address = layout === 'site' ? { port: 443, tls: own } : { port: 80 };
  const told = (answer: Answer): Told => {
    assert.is(answer.status, 200);
    const value = JSON.parse(answer.body.toString()) as Told;
    assert.ok(value.interactive, 'not gx-it-proxy');
    return value;
  };
  const truth = ({ headers }: Told, name: string) => {
    const of = (key: string) => headers.filter(([one]) => one === key).map(([, value]) => value);
    assert.equal(of('host'), [name]);
    assert.equal(of('x-forwarded-proto'), [scheme]);
    for (const [key, value] of headers) assert.not.ok(value.includes('evil'), `${key}: ${value}`);
  };
  const socket = (name: string, target: string, at: string, address?: Address): Question => ({
    name,
    ask: (server) => upgrade(server, target, at, address),
    check(answer) {
      assert.is(answer.status, 101);
      const [report, ...echoes] = JSON.parse(answer.body.toString()) as string[];
      assert.is((JSON.parse(report ?? '{}') as Told).raw_path, target);
      assert.equal(echoes, ['galaxy', 'ü']);
    },
  });
  const forged: Header[] = [
    ['X-Forwarded-Host', 'evil'],
    ['X-Forwarded-Proto', 'evil'],
    ['X-Forwarded-For', 'evil'],
  ];
  const odd = '/files/a%2Fb//c%20d?x=%2F';
  return [
    question('tool by name: its root', '/', (answer) => truth(told(answer), own), { host: own, to }),
    question('tool by name: a path as written', odd, (answer) => assert.is(told(answer).raw_path, odd), {
      host: own,
      to,
    }),
    question('tool by name: forged headers', '/', (answer) => truth(told(answer), own), {
      host: own,
      to,
      headers: forged,
    }),
    question('tool by name: POST', '/api/contents', (answer) => assert.is(told(answer).method, 'POST'), {
      host: own,
      to,
      method: 'POST',
      body: Buffer.from('{}'),
    }),
    socket('tool by name: websocket', '/api/kernels/1/channels?session=a', own, to),
    {
      name: 'tool by name: nobody else below the wildcard',
      ask: (server) => server.ask(request('/api/version', { host: own }), to),
      check: (answer) => assert.is(told(answer).raw_path, '/api/version'),
    },
    question('tool by path: a page', path, (answer, server) => {
      const value = told(answer);
      truth(value, 'galaxy.example.org');
      assert.is(value.raw_path, path, `the path must stay whole for ${server.kind}`);
    }),
    question('tool by path: a path as written', `${path}/a%2Fb//c`, (answer) =>
      assert.is(told(answer).raw_path, `${path}/a%2Fb//c`),
    ),
    question('tool by path: forged headers', path, (answer) => truth(told(answer), 'galaxy.example.org'), {
      headers: forged,
    }),
    {
      name: 'tool by path: websocket',
      ask: (server) => upgrade(server, `${path}/api/kernels`),
      check: (answer) => assert.is(answer.status, 101),
    },
    ...[['path', path, {}] as const, ['name', '/', { host: own, to }] as const].map(([by, target, shape]) =>
      question(
        `tool by ${by}: a file of Galaxy that it names`,
        `${target}?send=${encodeURIComponent(`${data}/objects/000/dataset_1.dat`)}`,
        (answer) => assert.not.ok(answer.body.equals(dataset), 'a tool was sent a dataset'),
        shape,
      ),
    ),
    question('tool by path: a neighbour is Galaxy', `${prefix}/interactivetool/epx`, (answer) => {
      assert.not.ok(answer.body.includes('"interactive": true'), 'gx-it-proxy was asked');
    }),
  ];
}
