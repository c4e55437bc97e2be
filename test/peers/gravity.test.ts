// Parity with the real Gravity: over the corpus, the same units and programs with the same argv, environment, working
// directory, account, umask, timeouts and limits, except for the differences that are meant (differences.ts).

import { existsSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { brokenByGravity } from './broken.ts';
import { type Case, textOf } from './case.ts';
import { type Comparison, compare, describe, type Found } from './compare.ts';
import { corpus } from './corpus.ts';
import { count } from './coverage.ts';
import { differences } from './differences.ts';
import { Driver } from './driver.ts';
import type { Target } from './effective.ts';
import { minimise } from './minimise.ts';
import { pythonWith, requirements } from './python.ts';
import { refusals } from './refusals.ts';
import { byGravity, byGxgen, newestGravity, prepare, program, standIns } from './tools.ts';

const test = suite('peers: Gravity');

const say = (text: string) => process.stdout.write(`${text}\n`);
const python = pythonWith(requirements('requirements.txt'));
const workers = 2;

/** Runs `work` over all items with one driver a worker, in a folder that is removed when all went well. */
async function inParallel<T>(
  interpreter: string,
  items: readonly T[],
  work: (item: T, driver: Driver, folder: string, tools: string) => Promise<void>,
): Promise<void> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-peers-')));
  const tools = standIns(join(folder, 'bin'));
  const waiting = [...items];
  const worker = async (name: string) => {
    const driver = new Driver(interpreter);
    try {
      for (let item = waiting.shift(); item !== undefined; item = waiting.shift())
        await work(item, driver, join(folder, name), tools);
    } finally {
      driver.close();
    }
  };
  try {
    await Promise.all(Array.from({ length: workers }, (_, at) => worker(`w${at}`)));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Failure {
  readonly one: Case;
  readonly target: Target;
  readonly defects: readonly Found[];
  /** Said instead of defects when one of the two gave no result. */
  readonly error?: string;
}

/** Both compile the case; undefined when Gravity itself refuses it. */
async function judge(
  driver: Driver,
  one: Case,
  target: Target,
  folder: string,
  tools: string,
): Promise<Comparison | { error: string }> {
  prepare(one, target, folder);
  const [gravity, gxgen] = [
    await byGravity(driver, one, target, folder, tools),
    await byGxgen(driver, one, target, folder),
  ];
  if (!gravity.ok) return { error: `Gravity: ${gravity.error}` };
  if (!gxgen.ok) return { error: `gxgen: ${gxgen.error}` };
  return compare(gravity.processes, gxgen.processes, { target, one }, differences);
}

if (!existsSync(program)) {
  test('gxgen is built', () => assert.unreachable(`${program} is missing: npm run build`));
} else if ('missing' in python) {
  say(`SKIPPED: the parity suite needs Gravity from the Python registry\n  ${python.missing}`);
  test.skip('Gravity and gxgen agree', () => undefined);
} else {
  test('the corpus writes every setting that Gravity knows at least three times', async () => {
    const driver = new Driver(python.python);
    const answer = await driver.ask({ do: 'settings' });
    driver.close();
    assert.is(answer.version, '1.2.3');
    const totals = count(corpus());
    const short = (answer.settings as string[]).filter((name) => (totals.get(name) ?? 0) < 3);
    assert.equal(short, []);
    say(
      `  ${(answer.settings as string[]).length} settings, the rarest in ${Math.min(...(answer.settings as string[]).map((name) => totals.get(name) ?? 0))} cases`,
    );
  });

  test('Gravity and gxgen agree', async () => {
    const cases = corpus();
    const jobs = cases.flatMap((one) => one.targets.map((target) => ({ one, target })));
    const compared: Record<Target, number> = { systemd: 0, supervisor: 0 };
    const explained = new Map<string, number>();
    const failures: Failure[] = [];
    await inParallel(python.python, jobs, async ({ one, target }, driver, folder, tools) => {
      const result = await judge(driver, one, target, folder, tools);
      if ('error' in result) {
        failures.push({ one, target, defects: [], error: result.error });
        return;
      }
      compared[target] += result.compared;
      for (const [id, times] of result.explained) explained.set(id, (explained.get(id) ?? 0) + times);
      if (result.defects.length > 0) failures.push({ one, target, defects: result.defects });
    });
    say(
      `  ${cases.length} configurations; processes compared: ${compared.systemd} systemd, ${compared.supervisor} supervisor`,
    );
    for (const { id, reason } of differences)
      say(`  ${String(explained.get(id) ?? 0).padStart(6)} x ${id}: ${reason}`);
    const defects = failures.reduce((sum, one) => sum + Math.max(1, one.defects.length), 0);
    say(`  ${defects} defects`);
    if (failures.length > 0) await report(failures, python.python);
    assert.is(defects, 0, `${defects} differences that are not on the list`);
    const unused = differences.filter(({ id }) => !explained.has(id)).map(({ id }) => id);
    assert.equal(unused, [], 'entries of the list that nothing needs');
  });

  test('what gxgen refuses on purpose', async () => {
    const wrong: string[] = [];
    await inParallel(python.python, refusals, async ({ one, code }, driver, folder, tools) => {
      for (const target of one.targets) {
        prepare(one, target, folder);
        const gravity = await byGravity(driver, one, target, folder, tools);
        const gxgen = await byGxgen(driver, one, target, folder);
        if (!gravity.ok) wrong.push(`${target}, ${one.name}: Gravity refuses it too: ${gravity.error}`);
        if (gxgen.ok || !gxgen.error.includes(`error[${code}]`))
          wrong.push(`${target}, ${one.name}: no ${code}`);
      }
    });
    for (const { code, one, reason } of refusals) say(`  ${code}, ${one.name}: ${reason}`);
    assert.equal(wrong, []);
  });

  test('values that Gravity breaks arrive or are refused', async () => {
    const tally = { 'Gravity delivers': 0, 'gxgen delivers': 0, 'gxgen refuses': 0 };
    const wrong: string[] = [];
    await inParallel(
      python.python,
      brokenByGravity,
      async ({ one, target, delivered }, driver, folder, tools) => {
        prepare(one, target, folder);
        const gravity = await byGravity(driver, one, target, folder, tools);
        const gxgen = await byGxgen(driver, one, target, folder);
        if (gravity.ok && delivered(gravity.processes)) {
          tally['Gravity delivers']++;
          wrong.push(`${target}, ${one.name}: Gravity delivers it, so it belongs into the corpus`);
        }
        if (gxgen.ok && delivered(gxgen.processes)) tally['gxgen delivers']++;
        else if (!gxgen.ok && /^exit 1\n[\s\S]*error/.test(gxgen.error)) tally['gxgen refuses']++;
        else
          wrong.push(
            `${target}, ${one.name}: ${gxgen.ok ? 'gxgen writes something else' : gxgen.error.slice(0, 300)}`,
          );
      },
    );
    say(
      `  ${brokenByGravity.length} values: ${Object.entries(tally)
        .map(([what, times]) => `${what} ${times}`)
        .join(', ')}`,
    );
    assert.equal(wrong, []);
  });

  test('the newest Gravity, for information', async () => {
    const newest = newestGravity(python.python);
    if (newest === undefined || newest === '1.2.3') {
      say(`  nothing newer than 1.2.3${newest === undefined ? ' could be looked up' : ''}`);
      return;
    }
    const other = pythonWith(
      requirements('requirements.txt').map((line) =>
        line.startsWith('gravity==') ? `gravity==${newest}` : line,
      ),
    );
    if ('missing' in other) {
      say(`  Gravity ${newest} cannot be installed: ${other.missing}`);
      return;
    }
    const fields = new Map<string, number>();
    const note = (text: string) => fields.set(text, (fields.get(text) ?? 0) + 1);
    const cases = corpus().filter((_, at) => at % 4 === 0);
    const latest = new Driver(other.python);
    try {
      await inParallel(python.python, cases, async (one, driver, folder, tools) => {
        for (const target of one.targets) {
          prepare(one, target, folder);
          const pinned = await byGravity(driver, one, target, folder, tools);
          prepare(one, target, folder);
          const now = await byGravity(latest, one, target, folder, tools);
          if (pinned.ok !== now.ok)
            note(`${target}: ${now.ok ? 'accepted now' : `refused now: ${now.error.split('\n')[0]}`}`);
          if (!pinned.ok || !now.ok) continue;
          const { defects } = compare(pinned.processes, now.processes, { target, one }, []);
          for (const found of defects)
            note(
              `${target} ${found.field}: ${found.gravity ?? '(absent)'} -> ${found.gxgen ?? '(absent)'}`.replaceAll(
                folder,
                '',
              ),
            );
        }
      });
    } finally {
      latest.close();
    }
    say(
      `  Gravity ${newest} against 1.2.3, ${cases.length} configurations: ${fields.size} kinds of difference`,
    );
    for (const [text, times] of [...fields].sort((a, b) => b[1] - a[1]).slice(0, 12))
      say(`    ${times} x ${text.slice(0, 300)}`);
  });
}

test.run();

/** Prints one example of each kind of failure, the smallest configuration first made from it. */
async function report(failures: readonly Failure[], interpreter: string): Promise<void> {
  const kinds = new Map<string, { failure: Failure; times: number }>();
  for (const failure of failures) {
    for (const kind of kindsOf(failure)) {
      const known = kinds.get(kind);
      if (known === undefined) kinds.set(kind, { failure, times: 1 });
      else known.times++;
    }
  }
  const shown = [...kinds].slice(0, 8);
  await inParallel(interpreter, shown, async ([kind, { failure, times }], driver, folder, tools) => {
    const { one, target } = failure;
    const small = await minimise(one, async (smaller) => {
      const result = await judge(driver, smaller, target, folder, tools);
      return kindsOf({ one: smaller, target, defects: [], ...result }).includes(kind);
    });
    const result = await judge(driver, small, target, folder, tools);
    const lines =
      'error' in result
        ? [result.error.slice(0, 1500)]
        : result.defects.filter((found) => kindOf(found) === kind).map(describe);
    say(`\n--- ${kind}: ${times} cases, such as "${one.name}"; the smallest that shows it:`);
    for (const [path, content] of Object.entries(small.files))
      say(`# ${path}\n${textOf(content, target, '/here').trimEnd()}`);
    say(lines.slice(0, 6).join('\n').replaceAll(folder, '/here'));
  });
  if (kinds.size > shown.length)
    say(
      `\n... and ${kinds.size - shown.length} more kinds: ${[...kinds.keys()].slice(shown.length).join('; ').slice(0, 2000)}`,
    );
}

function kindsOf({ target, defects, error }: Failure): string[] {
  if (error !== undefined)
    return [
      `${target} fails: ${(/error\[(GX\d+)|\w+Error/.exec(error)?.[0] ?? error.split('\n').find((line) => line !== '') ?? '').slice(0, 80)}`,
    ];
  return [...new Set(defects.map(kindOf))];
}

function kindOf({ target, field, gravity, gxgen }: Found): string {
  const side = gravity === undefined ? ' only in gxgen' : gxgen === undefined ? ' only in Gravity' : '';
  return `${target} ${field}${side}`;
}
