import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Process } from '../../src/model/deployment.ts';
import { foldProcesses, type Group, type Range } from '../../src/model/fold.ts';
import { byDefault } from '../../src/model/located.ts';
import { sampleInstance } from '../backends/sample.ts';

const test = suite('fold');

const base = sampleInstance().services[0]?.processes[0];
if (!base) throw new Error('the sample has no process');

function process(name: string, argv: readonly string[], parts: Partial<Process> = {}): Process {
  return {
    ...(base as Process),
    name,
    argv: argv.map(byDefault),
    log: byDefault(`/log/${name}.log`),
    ...parts,
  };
}

/** `label first+count` for a range, the name for a single. */
function shape(groups: readonly Group[]): string[] {
  return groups.map((one) =>
    one.kind === 'single' ? one.process.name : `${one.label} ${one.first}+${one.members.length}`,
  );
}

function only(groups: readonly Group[]): Range {
  const [one] = groups;
  if (groups.length !== 1 || one?.kind !== 'range') throw new Error(`no single range: ${shape(groups)}`);
  return one;
}

/** Every text of the pattern with a number in it. */
function filled(range: Range, number: number): string[] {
  const { argv, env, log, name, dirs } = range.pattern;
  const texts = [name, ...argv, ...env.map((one) => one.value), log, ...dirs];
  return texts.map((one) =>
    range.fill(typeof one === 'string' ? one : one.value, (width) => String(number).padStart(width, '0')),
  );
}

test('the sample: what differs by its number only, in the place of the first', () => {
  const processes = sampleInstance().services.flatMap((one) => one.processes);
  assert.equal(shape(foldProcesses(processes)), [
    'gunicorn 0+2',
    'celery',
    'celery-beat',
    'tusd',
    'gx-it-proxy',
    'reports',
    'handler 0+2',
    'handler_ 0+3',
    'special_0',
  ]);
});

test('the pattern gives every member back', () => {
  const members = [8, 9, 10, 11].map((n) =>
    process(`h${n}`, ['/x', `--name=h${n}`, `p${n}-${n}`, '8'], { dirs: [byDefault(`/d/${n}`)] }),
  );
  const range = only(foldProcesses(members));
  assert.equal(range.widths, [0]);
  assert.equal(range.numerals, ['8', '9', '10', '11']);
  for (const [index, member] of members.entries()) {
    const { argv, env, log, dirs } = member;
    const want = [
      member.name,
      ...[...argv, ...env.map((one) => one.value), log, ...dirs].map((one) => one.value),
    ];
    assert.equal(filled(range, 8 + index), want);
  }
});

test('numbers with leading zeros keep their width, beside plain ones', () => {
  const members = ['008', '009', '010'].map((n) =>
    process(`h_${n}`, ['/x', `--name=h_${n}`, `-n${Number(n)}`]),
  );
  const range = only(foldProcesses(members));
  assert.is(range.label, 'h');
  assert.equal(range.widths, [3, 0]);
  assert.equal(filled(range, 10).slice(0, 4), ['h_010', '/x', '--name=h_010', '-n10']);
});

test('whatever is not the same but for the number stands alone', () => {
  const two = (argv: readonly string[], parts: Partial<Process> = {}) => [
    process('h0', ['/x', 'h0']),
    process('h1', argv, parts),
  ];
  for (const [why, members] of [
    ['another word', two(['/x', 'h2'])],
    ['one word more', two(['/x', 'h1', 'y'])],
    ['another umask', two(['/x', 'h1'], { umask: byDefault('077') })],
    ['another user', two(['/x', 'h1'], { user: byDefault('other') })],
    ['another timeout', two(['/x', 'h1'], { stopTimeout: byDefault(9) })],
    ['a limit', two(['/x', 'h1'], { memoryMax: byDefault(9) })],
    ['another folder', two(['/x', 'h1'], { cwd: byDefault('/y') })],
    ['a signal', two(['/x', 'h1'], { stopSignal: 'INT' })],
    ['a variable', two(['/x', 'h1'], { env: [] })],
    ['a log', two(['/x', 'h1'], { log: byDefault('/elsewhere') })],
    ['a gap', [process('h0', ['/x']), process('h2', ['/x'])]],
    ['one alone', [process('h0', ['/x'])]],
    ['a number twice', [process('h1', ['/x']), process('h1', ['/x'])]],
    ['mixed widths', [process('h01', ['/x']), process('h2', ['/x'])]],
    ['nothing but numbers', [process('0', ['/x']), process('1', ['/x'])]],
  ] as const)
    assert.equal(
      shape(foldProcesses(members)),
      members.map((one) => one.name),
      why,
    );
});

test('the longest row of a name folds, in whatever order it stands', () => {
  const of = (...numbers: number[]) => numbers.map((n) => process(`h${n}`, ['/x', `h${n}`]));
  assert.equal(shape(foldProcesses(of(0, 1, 3, 4, 5))), ['h0', 'h1', 'h 3+3']);
  assert.equal(shape(foldProcesses(of(2, 0, 1))), ['h 0+3']);
  const apart = [...of(0), process('h1', ['/y', 'h1']), ...of(2, 3)];
  assert.equal(shape(foldProcesses(apart)), ['h0', 'h1', 'h 2+2']);
});

test('labels are unique among groups and names', () => {
  const pair = (stem: string) => [0, 1].map((n) => process(`${stem}${n}`, ['/x', `${stem}${n}`]));
  assert.equal(shape(foldProcesses([...pair('h_'), ...pair('h')])), ['h_ 0+2', 'h 0+2']);
  assert.equal(shape(foldProcesses([...pair('h_'), process('h', ['/x'])])), ['h_ 0+2', 'h']);
  const taken = [...pair('h'), process('h', ['/x'])];
  assert.equal(shape(foldProcesses(taken)), ['h0', 'h1', 'h']);
});

test('marks survive values that look like them', () => {
  const members = [0, 1].map((n) => process(`h${n}`, ['/gxN0N0E', `gxN1N${n}`, `x${n}`]));
  const range = only(foldProcesses(members));
  assert.equal(filled(range, 1).slice(0, 4), ['h1', '/gxN0N0E', 'gxN1N1', 'x1']);
});

test('time is linear in processes and in lengths', () => {
  const started = performance.now();
  const long = 'a_'.repeat(30_000);
  foldProcesses([0, 1].map((n) => process(`${long}${n}`, [long, `${long}${n}`])));
  foldProcesses(Array.from({ length: 3000 }, (_, n) => process(`h${n}`, ['/x', `h${n}`])));
  foldProcesses(Array.from({ length: 3000 }, (_, n) => process(`h${n}x${n}`, ['/x', `h${n}`])));
  assert.ok(performance.now() - started < 2000);
});

test.run();
