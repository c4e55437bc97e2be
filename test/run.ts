// Runs the test files of one suite in one process through uvu's queue, because uvu's own command exits 0 when a
// file forgets `.run()`, when a hook throws, or when no file matches. Ends with the plain closing line.

import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

type Run = () => Promise<[errors: true | string, ran: number, skipped: number, total: number]>;
type Queue = [file: string | null, ...runs: Run[]][];
const shared = globalThis as { UVU_DEFER?: number; UVU_QUEUE?: Queue; UVU_INDEX?: number };

const suites: Record<string, { folder: string; limit: number }> = {
  unit: { folder: 'test', limit: 120_000 },
  daemons: { folder: 'test/daemons', limit: 900_000 },
  fuzz: { folder: 'test/fuzz', limit: 1_200_000 },
  peers: { folder: 'test/peers', limit: 900_000 },
};

const argv = process.argv.slice(2);
const at = argv.indexOf('--suite');
const suite = at < 0 ? 'unit' : (argv.splice(at, 2)[1] ?? '');
const { folder, limit } = suites[suite] ?? fatal(`no suite "${suite}"`);
const separate = Object.keys(suites).filter((name) => name !== 'unit' && name !== suite);

const files = readdirSync(folder, { recursive: true, withFileTypes: true })
  .filter((one) => one.isFile() && one.name.endsWith('.test.ts'))
  .map((one) => relative('.', join(one.parentPath, one.name)))
  .filter((file) => !separate.some((name) => file.startsWith(`test/${name}/`)))
  .filter((file) => argv.length === 0 || argv.some((word) => file.includes(word)))
  .sort();
if (files.length === 0) fatal('no test file matches');

let passed = 0;
let failed = 0;
let skipped = 0;
let finished = false;
const say = (text: string) => process.stdout.write(`${text}\n`);
process.on('unhandledRejection', (reason) => fatal(`unhandled rejection: ${describe(reason)}`));
process.on('uncaughtException', (error) => fatal(`uncaught exception: ${describe(error)}`));
process.on('exit', () => {
  if (!finished) {
    say('the run ended before every test was finished');
    process.exitCode = 1;
  }
});

shared.UVU_DEFER = 1;
await import('uvu');
const queue = shared.UVU_QUEUE ?? fatal('uvu has no queue');
for (const file of files) await runFile(file);
finished = true;
say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exit(failed > 0 || passed === 0 ? 1 : 0);

async function runFile(file: string): Promise<void> {
  shared.UVU_INDEX = queue.length;
  queue.push([file]);
  const started = performance.now();
  const before = failed;
  let count = 0;
  try {
    await import(pathToFileURL(file).href);
    const runs = queue.at(-1)?.slice(1) as Run[];
    if (runs.length === 0) throw new Error('the file never calls .run()');
    for (const run of runs) {
      const [errors, ran, skips, total] = await withTimeout(run(), file);
      passed += ran;
      skipped += skips;
      failed += total - ran;
      count += total;
      if (errors !== true || total > ran) say(`${file}\n${errors === true ? '' : errors}`);
    }
  } catch (error) {
    failed++;
    say(`${file}\n  ${describe(error)}`);
  }
  const mark = failed > before ? 'FAIL' : 'ok  ';
  say(`${mark} ${file} (${count} tests, ${Math.round(performance.now() - started)} ms)`);
}

async function withTimeout<T>(work: Promise<T>, file: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`${file} took longer than ${limit / 1000} s`)), limit);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

function describe(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function fatal(message: string): never {
  finished = true;
  process.stdout.write(`${message}\n0 passed, 1 failed\n`);
  process.exit(1);
}
