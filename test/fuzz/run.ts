// One input through `gxgen validate`, and what must hold whatever it is.

import { existsSync, readFileSync } from 'node:fs';
import { cli } from '../../src/cli.ts';
import { type MemorySeed, memoryHost } from '../../src/host/memory.ts';
import type { Input } from './input.ts';

/** Longest that an input may take, in milliseconds. */
export const longest = 5_000;

export interface Verdict {
  readonly exit: number;
  readonly milliseconds: number;
  /** Everything that was printed. */
  readonly report: string;
  /** Undefined when everything holds. */
  readonly fault?: string;
}

/** Starts a watch; gives the milliseconds since then. */
type Clock = () => () => number;

const wallClock: Clock = () => {
  const started = performance.now();
  return () => performance.now() - started;
};

/** On a busy machine time passes while nothing is done; a question to the system, so not for a hundred thousand runs. */
export const processorClock: Clock = () => {
  const wall = wallClock();
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return Math.min(wall(), (user + system) / 1000);
  };
};

const assets = new Map<string, string | undefined>();

/** Runs an input, on a machine in memory. */
export async function runInput(
  { files, words }: Pick<Input, 'files' | 'words'>,
  clock: Clock = wallClock,
): Promise<Verdict> {
  const elapsed = clock();
  const first = await validate(files, words);
  let fault = judge(first, words);
  if (fault === undefined && words.includes('--fix') && !words.includes('--dry-run')) {
    const second = await validate(Object.fromEntries(first.entries), words);
    if (second.calls.length > 0) fault = `the second --fix changes something: ${second.calls.join(', ')}`;
  }
  const milliseconds = elapsed();
  if (fault === undefined && milliseconds > longest) fault = `it takes ${Math.round(milliseconds)} ms`;
  const report = first.stdout + first.stderr;
  return { exit: first.exit, milliseconds, report, ...(fault === undefined ? {} : { fault }) };
}

async function validate(files: Readonly<Record<string, Uint8Array | MemorySeed>>, words: readonly string[]) {
  const seeds = Object.entries(files).map(([path, one]): [string, MemorySeed] => [
    path,
    one instanceof Uint8Array ? { kind: 'file', bytes: one, mode: 0o644 } : one,
  ]);
  const host = memoryHost({ cwd: '/srv/galaxy', files: Object.fromEntries(seeds), asset });
  const exit = await cli(['validate', ...words], host);
  return { exit, ...host.output, calls: [...host.calls], entries: host.entries() };
}

type Result = Awaited<ReturnType<typeof validate>>;

// Controls that a terminal obeys; a machine format may hold none either. A diff is the bytes of the file.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const controls = /[\x00-\x08\x0b-\x1f\x7f-\x9f]/;

function judge({ exit, stdout, stderr }: Result, words: readonly string[]): string | undefined {
  if (![0, 1, 2].includes(exit)) return `exit ${exit}\n${stderr}`;
  if (exit === 2 && stderr.startsWith('gxgen: ') && stdout === '') return `wrong usage: ${stderr}`;
  if (stderr.includes('a fault in gxgen')) return stderr;
  const shown = words.includes('--dry-run') ? stderr : stdout;
  const control = controls.exec(shown);
  if (control) return `the report holds the control character ${JSON.stringify(control[0])}`;
  const format = words[words.indexOf('--format') + 1];
  if (
    !words.includes('--dry-run') &&
    words.includes('--format') &&
    (format === 'json' || format === 'sarif')
  ) {
    try {
      JSON.parse(stdout);
    } catch (error) {
      return `the report is no JSON: ${error}`;
    }
  }
  return undefined;
}

function asset(path: string): string | undefined {
  if (!assets.has(path)) assets.set(path, existsSync(path) ? readFileSync(path, 'utf8') : undefined);
  return assets.get(path);
}
