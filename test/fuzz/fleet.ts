// The parent of the fuzz suite's child processes: hands out the inputs, and ends a child that hangs or runs out of
// memory; another one takes the rest.

import { type ChildProcess, fork } from 'node:child_process';
import type { Message, Task } from './child.ts';

export interface Tally {
  readonly count: number;
  /** How many ended with each exit code. */
  readonly exits: readonly number[];
  readonly faults: readonly { readonly number: number; readonly text: string }[];
  /** The slowest first. */
  readonly slowest: readonly { readonly number: number; readonly milliseconds: number }[];
  /** Most memory of one process, in megabytes. */
  readonly peak: number;
}

interface Collected {
  count: number;
  exits: number[];
  faults: { number: number; text: string }[];
  times: { number: number; milliseconds: number }[];
  peak: number;
}

// An input that takes longer than this is not finished: the child may only be slow because others use the machine.
const patience = Number(process.env.FUZZ_PATIENCE ?? 60_000);

/**
 * Runs inputs 0 to `count` - 1 on `children` processes.
 * @param memory megabytes that the heap of each may take
 */
export async function runAll(
  kind: Task['kind'],
  count: number,
  children: number,
  memory: number,
  first = 0,
): Promise<Tally> {
  const all: Collected = { count: 0, exits: [0, 0, 0, 0], faults: [], times: [], peak: 0 };
  const tasks = Array.from({ length: children }, (_, index) => ({
    kind,
    from: first + index,
    to: first + count,
    step: children,
  }));
  await Promise.all(tasks.map((task) => runTask(task, memory, all)));
  all.times.sort((a, b) => b.milliseconds - a.milliseconds);
  return { ...all, slowest: all.times.slice(0, 5), faults: all.faults.sort((a, b) => a.number - b.number) };
}

async function runTask(task: Task, memory: number, all: Collected): Promise<void> {
  let from = task.from;
  while (from < task.to) {
    const stopped = await runChild({ ...task, from }, memory, all);
    if (stopped === undefined) return;
    all.faults.push(stopped);
    // It would be the same with every other input.
    if (!stopped.began) return;
    from = stopped.number + task.step;
  }
}

/** @returns where and why it stopped before the end */
function runChild(
  task: Task,
  memory: number,
  all: Collected,
): Promise<{ number: number; text: string; began: boolean } | undefined> {
  return new Promise((resolve) => {
    const child: ChildProcess = fork(new URL('./child.ts', import.meta.url), {
      execArgv: ['--import', 'tsx', `--max-old-space-size=${memory}`],
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    });
    let at = task.from;
    let began = false;
    let ended = false;
    let hangs = false;
    let errors = '';
    let timer = setTimeout(stop, patience);
    child.stderr?.on('data', (text: Buffer) => {
      errors = (errors + text.toString()).slice(-4000);
    });
    child.on('message', (message: Message) => {
      clearTimeout(timer);
      timer = setTimeout(stop, patience);
      began = true;
      if (message.kind === 'at') at = message.number;
      else if (message.kind === 'fault') all.faults.push({ number: message.number, text: message.text });
      else if (message.kind === 'end') {
        ended = true;
        all.peak = Math.max(all.peak, message.peak);
      } else collect(message, all);
    });
    child.on('exit', (code, signal) => {
      clearTimeout(timer);
      const why = hangs
        ? `it hangs for ${patience / 1000} s`
        : `the process ended with ${signal ?? code}\n${errors}`;
      resolve(ended ? undefined : { number: at, text: why, began });
    });
    child.send(task);
    function stop(): void {
      hangs = true;
      child.kill('SIGKILL');
    }
  });
}

function collect({ number, exit, milliseconds }: Message & { kind: 'done' }, all: Collected): void {
  all.count++;
  all.exits[exit] = (all.exits[exit] ?? 0) + 1;
  all.times.push({ number, milliseconds });
  if (all.times.length < 10_000) return;
  all.times.sort((a, b) => b.milliseconds - a.milliseconds);
  all.times.length = 5;
}
