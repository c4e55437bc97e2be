// Steady load: several clients that ask one thing after the other, and a count of what went wrong.

import { Agent, request } from 'node:http';
import type { Socket } from 'node:net';
import { pause } from '../command.ts';
import { now } from './http.ts';
import type { Address, Network } from './network.ts';
import { host } from './scenario.ts';

export interface Count {
  total: number;
  /** Answers other than 200, and connections that ended without one. */
  failed: number;
  /** Of the failed ones: how many by status. */
  readonly statuses: Map<number, number>;
  /** Seconds between the first and the last failure. */
  readonly window: number;
  /** Seconds that the slowest answer took. */
  readonly longest: number;
  /** The names of all POST requests that got an answer of 200. */
  readonly done: readonly string[];
}

export interface Load {
  /** Requests so far. */
  total(): number;
  /** Lets every client finish what it asks. */
  stop(): Promise<Count>;
}

/**
 * Starts the clients: six GET to four POST, each of a few milliseconds, every fortieth of a whole second.
 * They stop by themselves after `limit` requests.
 */
export function load(network: Network, to: Address, path: string, clients: number, limit: number): Load {
  const agent = new Agent({ keepAlive: true, maxSockets: clients });
  // Only the declared type asks for a Socket: any duplex stream will do.
  agent.createConnection = () => network.open(to) as Socket;
  let total = 0;
  let stopped = false;
  let longest = 0;
  const failures: { at: number; status: number }[] = [];
  const done: string[] = [];
  const client = async () => {
    while (!stopped && total < limit) {
      const number = total++;
      const method = number % 10 < 6 ? 'GET' : 'POST';
      const started = now();
      const milliseconds = number % 40 === 39 ? 1000 : 10;
      const status = await ask(agent, method, `${path}?ms=${milliseconds}&id=${number}`);
      longest = Math.max(longest, now() - started);
      if (status === 200) {
        if (method === 'POST') done.push(String(number));
        continue;
      }
      failures.push({ at: now(), status });
      // Failures return at once; without a rest they would be all that is counted.
      await pause(10);
    }
  };
  const all = Promise.all(Array.from({ length: clients }, client));
  return {
    total: () => total,
    async stop() {
      stopped = true;
      await all;
      agent.destroy();
      const statuses = new Map<number, number>();
      for (const { status } of failures) statuses.set(status, (statuses.get(status) ?? 0) + 1);
      const window = (failures.at(-1)?.at ?? 0) - (failures[0]?.at ?? 0);
      return { total, failed: failures.length, statuses, window, longest, done };
    },
  };
}

function ask(agent: Agent, method: string, path: string): Promise<number> {
  return new Promise((resolve) => {
    const headers = { Host: host, ...(method === 'POST' ? { 'Content-Length': '6' } : {}) };
    const asked = request({ agent, method, path, headers, timeout: 30_000 }, (answer) => {
      answer.resume();
      answer.on('end', () => resolve(answer.complete ? (answer.statusCode ?? 0) : 0));
      answer.on('error', () => resolve(0));
    });
    asked.on('error', () => resolve(0));
    asked.on('timeout', () => asked.destroy());
    asked.end(method === 'POST' ? 'galaxy' : undefined);
  });
}
