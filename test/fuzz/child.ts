// A child process of the fuzz suite: takes ranges of inputs, and tells before each one which it is, so that its parent
// knows where it hangs. Memory is bounded from outside, by --max-old-space-size.

import { reporters } from '../../src/report/index.ts';
import { hostile, hostileInput } from './hostile.ts';
import { type Input, Inputs } from './input.ts';
import { unaccounted } from './ledger.ts';
import { describe, minimise } from './minimise.ts';
import { processorClock, runInput } from './run.ts';

/** What the parent sends: numbers from `from` on, `step` apart, below `to`. */
export interface Task {
  readonly kind: 'random' | 'ini' | 'hostile';
  readonly from: number;
  readonly to: number;
  readonly step: number;
}

export type Message =
  | { readonly kind: 'at'; readonly number: number }
  | { readonly kind: 'fault'; readonly number: number; readonly text: string }
  | { readonly kind: 'done'; readonly number: number; readonly exit: number; readonly milliseconds: number }
  /** The last one; `peak` in megabytes. */
  | { readonly kind: 'end'; readonly peak: number };

const tell = (message: Message) => process.send?.(message);

process.on('message', async ({ kind, from, to, step }: Task) => {
  const inputs =
    kind === 'hostile'
      ? undefined
      : new Inputs(
          reporters.map((one) => one.name),
          kind === 'ini',
        );
  for (let number = from; number < to; number += step) {
    // The message has to leave before the work begins; and where the parent is slow, messages would pile up here.
    await new Promise((resolve) => process.send?.({ kind: 'at', number } satisfies Message, resolve));
    const special = inputs ? undefined : hostile[number];
    const input = special ? hostileInput(special, number) : inputs?.at(number);
    if (!input) break;
    const ran = await runInput(input, special ? processorClock : undefined);
    const { exit, milliseconds, report } = ran;
    const fault = ran.fault ?? (kind === 'ini' ? unaccounted(input) : undefined);
    tell({ kind: 'done', number, exit, milliseconds });
    const missing = special?.code !== undefined && !report.includes(special.code);
    if (missing)
      tell({ kind: 'fault', number, text: `no ${special?.code} in the report:\n${report.slice(0, 2000)}` });
    if (fault !== undefined)
      tell({ kind: 'fault', number, text: special ? fault : await explain(input, fault) });
  }
  tell({ kind: 'end', peak: Math.round(process.resourceUsage().maxRSS / 1024) });
  process.disconnect();
});

async function explain(input: Input, fault: string): Promise<string> {
  const small = await minimise(input, async (smaller) => (await runInput(smaller)).fault !== undefined);
  const { fault: again } = await runInput(small);
  return `${again ?? fault}\n${describe(small)}`;
}
