// The judge of the fixtures, judged: each way in which a run can differ from its case must fail.

import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Host } from '../../src/host/host.ts';
import { type Cli, listCases, runCase } from './case.ts';

const test = suite('case');
const bytes = (text: string) => new TextEncoder().encode(text);

/** A command that reads, writes, edits, removes and prints. */
function command(host: Host): number {
  const read = host.read('config/galaxy.yml');
  host.mkdir('out/sub');
  host.create('out/sub/a.service', read.ok ? read.bytes : bytes('?'), 0o644);
  host.create('out/secret.env', bytes('S=1\n'), 0o600);
  host.create('fixed.yml', bytes('fixed\n'), 0o644);
  host.remove('old.yml');
  host.stdout.write('product\n');
  return 0;
}
const run: Cli = async (_argv, host) => command(host);

const complete: Readonly<Record<string, string>> = {
  'case.json':
    '{\n  "argv": ["render", "--out", "out"],\n  "exit": 0,\n  "note": "a test",\n  "modes": {\n    "secret.env": "0600"\n  },\n  "removed": ["old.yml"]\n}\n',
  'in/config/galaxy.yml': 'galaxy:\n',
  'in/old.yml': 'old\n',
  'out/sub/a.service': 'galaxy:\n',
  'out/secret.env': 'S=1\n',
  'after/fixed.yml': 'fixed\n',
  stdout: 'product\n',
};

async function withCase(
  files: Readonly<Record<string, string>>,
  work: (folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'gxgen-case-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await work(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

async function failure(work: Promise<void>): Promise<string> {
  try {
    await work;
    return '';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

function without(key: string): Record<string, string> {
  return Object.fromEntries(Object.entries(complete).filter(([path]) => path !== key));
}

function caseJson(change: object): Record<string, string> {
  return {
    ...complete,
    'case.json': JSON.stringify({ ...JSON.parse(complete['case.json'] ?? ''), ...change }),
  };
}

test('a case that holds', () => withCase(complete, (folder) => runCase(folder, run, false)));

const wrong: readonly [name: string, files: Readonly<Record<string, string>>, message: string][] = [
  ['a changed file', { ...complete, 'out/sub/a.service': 'other\n' }, '-other\n+galaxy:'],
  ['an extra file', without('out/secret.env'), 'not expected: out/secret.env'],
  ['an absent file', { ...complete, 'out/b': 'b' }, 'expected, but absent: out/b'],
  ['an edit nobody expects', without('after/fixed.yml'), 'not expected: after/fixed.yml'],
  ['no stdout expected', without('stdout'), 'not expected: stdout'],
  ['a stderr that stays empty', { ...complete, stderr: 'x' }, 'expected, but absent: stderr'],
  ['an empty expectation', { ...complete, stderr: '' }, 'absent means nothing'],
  ['another exit', caseJson({ exit: 1 }), 'exit 0 instead of 1'],
  ['a mode', caseJson({ modes: undefined }), '+  "modes"'],
  ['a removed file', caseJson({ removed: undefined }), '+  "removed"'],
  ['a file that belongs nowhere', { ...complete, 'notes.txt': '' }, 'notes.txt belongs to no part'],
  ['a slip in case.json', caseJson({ exits: 0 }), 'unknown key "exits"'],
  ['a case without a note', caseJson({ note: '' }), 'needs argv, exit and note'],
  ['a line end', { ...complete, stdout: 'product\r\n' }, '+product'],
];

for (const [name, files, message] of wrong) {
  test(`fails: ${name}`, () =>
    withCase(files, async (folder) => {
      const found = await failure(runCase(folder, run, false));
      assert.ok(found.includes(message), found);
    }));
}

test('update makes every such case hold, but for the exit code', () =>
  withCase({ ...without('stdout'), 'out/b': 'b', 'after/old': 'x', stderr: 'x' }, async (folder) => {
    await runCase(folder, run, true);
    await runCase(folder, run, false);
    assert.is(readFileSync(join(folder, 'case.json'), 'utf8'), complete['case.json']);
    assert.match(await failure(runCase(folder, async () => 2, true)), 'exit 2 instead of 0');
  }));

test('writing outside the case fails', () =>
  withCase(complete, async (folder) => {
    const outside: Cli = async (_argv, host) => {
      host.mkdir('/etc');
      host.create('/etc/x', bytes(''), 0o644);
      return command(host);
    };
    assert.match(await failure(runCase(folder, outside, false)), '/etc/x was written outside');
  }));

test('the list of cases', () =>
  withCase({ 'b-case/case.json': '{}', 'a/case.json': '{}' }, async (folder) => {
    assert.equal(listCases(folder), ['a', 'b-case']);
    writeFileSync(join(folder, 'stray.txt'), '');
    assert.throws(() => listCases(folder), /stray.txt is no case/);
  }));

test.run();
