// Two gunicorns restarted one after the other, in the order and at the moments in which Gravity does it, while clients
// go on asking through each web server: with the upstream that gxgen writes nothing is lost, and with the one that the
// documentation of Galaxy and Gravity has, a server that is never wholly down answers 502 and 503.

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as assert from 'uvu/assert';
import { pause, until } from '../command.ts';
import { sandboxed, suiteNeeding } from '../needs.ts';
import { exchange } from './http.ts';
import { type Count, load } from './load.ts';
import { naive } from './naive.ts';
import { servers } from './programs.ts';
import { request } from './requests/question.ts';
import { type Scenario, scenarios } from './scenario.ts';
import { type Server, withServer } from './server.ts';
import type { Kind } from './web-server.ts';

const { test, run } = suiteNeeding(
  'rolling restart',
  ...sandboxed,
  'supervisor',
  'nginx',
  'apache',
  servers(),
);

const boot = 2;
const usual = scenarios.find(({ name }) => name === 'two sockets');
const scenario: Scenario = { ...(usual as Scenario), layout: 'blocks', boot, name: 'rolling restart' };
const rows: string[] = [];

for (const kind of ['nginx', 'apache'] as const) {
  test(`${kind}: nothing is lost, and nothing is done twice`, async () => {
    const { count, journal } = await measure(kind, 'generated');
    assert.is(count.failed, 0, JSON.stringify([...count.statuses]));
    assert.ok(count.total >= 5000, `${count.total} requests`);
    // Every POST that was answered was carried out, once.
    assert.is(new Set(journal).size, journal.length, 'carried out twice');
    assert.equal(
      count.done.filter((id) => !journal.includes(id)),
      [],
    );
  });

  test(`${kind}: the upstream of the documentation loses requests`, async () => {
    const { count } = await measure(kind, 'documented');
    assert.ok(count.failed > 0, `${count.failed} of ${count.total}`);
  });
}

test('the numbers', () => {
  assert.is(rows.length, 4);
  const head = [
    '| web server | upstream | requests | failed | from first to last failure | slowest answer |',
    '| --- | --- | --- | --- | --- | --- |',
  ];
  process.stdout.write(`\n${[...head, ...rows].join('\n')}\n`);
});

run();

async function measure(kind: Kind, upstream: 'generated' | 'documented') {
  const rewrite = upstream === 'documented' ? naive(kind) : undefined;
  return withServer(
    scenario,
    kind,
    async (server) => {
      const { network, address, places } = server;
      const clients = load(network, address, '/_probe/slow', 24, 40_000);
      await pause(1000);
      await rollingRestart(server);
      if (upstream === 'generated')
        await until('5000 requests', () => clients.total() >= 5000 || undefined, 60);
      else await pause(500);
      const count = await clients.stop();
      rows.push(row(kind, upstream, count));
      const log = join(places.base, 'log/journal');
      const journal = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : [];
      return { count, journal };
    },
    rewrite,
  );
}

/** Gravity's order: stop and start one, wait until it answers on its own socket, and at once the next. */
async function rollingRestart({ supervisor, network, places }: Server): Promise<void> {
  const { stdout } = await supervisor.control('status');
  const names = stdout.split('\n').flatMap((line) => /^\S*gunicorn\S*/.exec(line) ?? []);
  assert.is(names.length, 2, stdout);
  for (const [number, name] of names.entries()) {
    const { status, stdout: said } = await supervisor.control('restart', name);
    assert.is(status, 0, said);
    const socket = { unix: join(places.run, `gunicorn${number}.sock`) };
    await until(`${name} answers`, async () => {
      const answer = await exchange(network, socket, request('/api/version'), 5);
      return answer.status === 200 ? true : undefined;
    });
  }
}

function row(kind: Kind, upstream: string, { total, failed, window, longest }: Count): string {
  const name = kind === 'nginx' ? 'nginx' : 'Apache';
  const by = upstream === 'generated' ? 'by gxgen' : 'of the documentation';
  const seconds = (value: number) => `${value.toFixed(1)} s`;
  const cells = [
    name,
    by,
    grouped(total),
    grouped(failed),
    failed > 0 ? seconds(window) : '-',
    seconds(longest),
  ];
  return `| ${cells.join(' | ')} |`;
}

function grouped(value: number): string {
  return String(value).replace(/\B(?=(\d{3})+$)/g, ',');
}
