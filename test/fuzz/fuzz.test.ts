// Whatever the files hold, `gxgen validate` answers: no fault, no hang, bounded memory. The inputs are the same in every
// run; FUZZ_FROM and FUZZ_RUNS choose others: FUZZ_FROM=4711 FUZZ_RUNS=1 repeats the one with that number.

import { availableParallelism } from 'node:os';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runAll, type Tally } from './fleet.ts';
import { hostile } from './hostile.ts';
import { longest } from './run.ts';

const test = suite('fuzz');
const runs = Number(process.env.FUZZ_RUNS ?? 100_000);
const from = Number(process.env.FUZZ_FROM ?? 0);
const children = Math.min(4, Math.max(1, availableParallelism()));
/** Megabytes of heap; what does not fit ends the process, and is a failure. */
const memory = { random: 256, hostile: 1024 };
const say = (text: string) => process.stdout.write(`${text}\n`);

function summary(
  what: string,
  { count, exits, slowest, peak }: Tally,
  name: (number: number) => string,
): void {
  const [slow] = slowest;
  const time = slow ? `slowest ${Math.round(slow.milliseconds)} ms (${name(slow.number)})` : '';
  say(`${what}: ${count}, exits 0: ${exits[0]}, 1: ${exits[1]}, 2: ${exits[2]}; ${time}; peak ${peak} MB`);
}

test(`${runs} damaged and random configurations`, async () => {
  const tally = await runAll('random', runs, children, memory.random, from);
  summary('inputs', tally, (number) => `number ${number}`);
  const told = tally.faults.slice(0, 10).map(({ number, text }) => `number ${number}: ${text}`);
  assert.is(told.join('\n\n'), '', `${tally.faults.length} faults`);
  assert.is(tally.count, runs);
  // Damage that is always or never noticed would prove little.
  if (runs >= 10_000) for (const exit of [0, 1]) assert.ok((tally.exits[exit] ?? 0) > runs / 50);
});

test(`${runs} damaged and random INI files, every line of each accounted for`, async () => {
  const tally = await runAll('ini', runs, children, memory.random, from);
  summary('INI files', tally, (number) => `number ${number}`);
  const told = tally.faults.slice(0, 10).map(({ number, text }) => `number ${number}: ${text}`);
  assert.is(told.join('\n\n'), '', `${tally.faults.length} faults`);
  assert.is(tally.count, runs);
  if (runs >= 10_000) for (const exit of [0, 1]) assert.ok((tally.exits[exit] ?? 0) > runs / 50);
});

test(`${hostile.length} configurations made to exhaust, each at most ${longest / 1000} s`, async () => {
  const tally = await runAll('hostile', hostile.length, 1, memory.hostile);
  summary('hostile', tally, (number) => hostile[number]?.name ?? '');
  const told = tally.faults.map(({ number, text }) => `${hostile[number]?.name}: ${text}`);
  assert.is(told.join('\n\n'), '');
});

test.run();
