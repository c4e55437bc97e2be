// The built program of every day against the whole one: it has less in it, and nobody may notice.

import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Case } from './helpers/case.ts';

const test = suite('dist');
const dist = resolve('dist');
const scratch = mkdtempSync(join(tmpdir(), 'gxgen-dist-'));
const whole = join(scratch, 'whole.cjs');

process.on('exit', () => rmSync(scratch, { recursive: true, force: true }));

test('the loader can be made to take the whole program', () => {
  const loader = readFileSync(join(dist, 'gxgen.cjs'), 'utf8');
  const always = loader.replace(/^load\(.*\? '[^']+' : files\.everything\);$/m, 'load(files.everything);');
  assert.not.equal(always, loader);
  writeFileSync(whole, always.replaceAll('__dirname', JSON.stringify(dist)));
});

const names = readdirSync('fixtures').filter(isOfEveryDay);

// Of the cases of rules, which are all alike, one in ten.
function isOfEveryDay(name: string, index: number): boolean {
  if (name.startsWith('rule-') && index % 10 > 0) return false;
  const { argv, cwd, answers, setup } = JSON.parse(
    readFileSync(`fixtures/${name}/case.json`, 'utf8'),
  ) as Case;
  return (
    ['render', 'validate'].includes(argv[0] ?? '') &&
    cwd === undefined &&
    answers === undefined &&
    setup === undefined
  );
}

test('all cases of render and validate', async () => {
  assert.ok(names.length > 100);
  const left = [...names];
  const work = async () => {
    for (let name = left.pop(); name !== undefined; name = left.pop()) await compare(name);
  };
  await Promise.all([work(), work(), work()]);
});

for (const [what, argv] of [
  ['the formats that only the whole program has', ['validate', 'config/galaxy.yml', '--format', 'sarif']],
  ['a format that nobody has', ['validate', 'config/galaxy.yml', '--format=sariff']],
  ['a target that only the whole program has', ['render', 'config/galaxy.yml', '--target=nginx']],
  ['a target that nobody has', ['render', 'config/galaxy.yml', '--target', 'nginy']],
  ['an option that nobody has', ['render', 'config/galaxy.yml', '--oot', 'x']],
  ['help', ['validate', '--help']],
] as const) {
  test(what, async () => {
    const folder = join(scratch, what.replaceAll(' ', '-'));
    cpSync('fixtures/render-production/in', folder, { recursive: true });
    const [own, other] = await Promise.all([
      run(join(dist, 'gxgen.cjs'), argv, folder),
      run(whole, argv, folder),
    ]);
    assert.equal(own, other);
    assert.ok((own.stdout + own.stderr).length > 20);
  });
}

// A pipe can be read once, and the program of every day may have read it before it hands over.
for (const [what, text, status, expected] of [
  [
    'a pipe with a configuration',
    'gravity: {galaxy_root: /g, galaxy_user: g, virtualenv: /v}',
    0,
    'ExecStart=/v/',
  ],
  ['a pipe with a slip in it', 'gravity: {galaxy_root: /g, galaxy_user: g, virtalenv: /v}', 1, '"virtalenv"'],
] as const) {
  test(what, async () => {
    const argv = ['render', '/dev/stdin', '--target', 'systemd'];
    const ended = await run(join(dist, 'gxgen.cjs'), argv, scratch, text);
    assert.is(ended.status, status, ended.stderr);
    assert.match(ended.stdout + ended.stderr, expected);
  });
}

const changing = ['apply', 'config/galaxy.yml', '--installed', 'units', '--yes'];

test('apply does what was asked for when nobody reads what it prints', () => {
  const folder = join(scratch, 'unread');
  cpSync('fixtures/apply-first/in', join(folder, 'config'), { recursive: true });
  const line = `"$0" "$@" | true; exit "\${PIPESTATUS[0]}"`;
  const { status } = spawnSync('bash', ['-c', line, process.execPath, join(dist, 'gxgen.cjs'), ...changing], {
    cwd: folder,
  });
  assert.is(status, 0);
  assert.ok(existsSync(join(folder, 'units/galaxy.target')));
});

test('output that cannot be written is said, and is no success', () => {
  if (!existsSync('/dev/full')) return;
  for (const argv of [['schema', 'gxgen'], ['--help']]) {
    const { status, stderr } = spawnSync(
      'sh',
      ['-c', '"$0" "$@" > /dev/full', process.execPath, join(dist, 'gxgen.cjs'), ...argv],
      { encoding: 'utf8' },
    );
    assert.is(stderr, 'gxgen: cannot write to stdout (ENOSPC)\n');
    assert.is(status, 2);
  }
});

test('a Node that is too old is said', () => {
  const old = `Object.defineProperty(process.versions, 'node', { value: '18.20.8' });`;
  const { status, stderr } = spawnSync(
    process.execPath,
    ['-e', `${old} require(${JSON.stringify(join(dist, 'gxgen.cjs'))})`],
    { encoding: 'utf8' },
  );
  assert.match(stderr, /^gxgen: needs Node 20 or later, and this is v/);
  assert.is(status, 2);
});

test('no file of the program is loaded twice, however much there is to report', async () => {
  const folder = join(scratch, 'many');
  mkdirSync(folder);
  const unknown = Array.from({ length: 50 }, (_, index) => `  zzzz${index}: {a: 1}\n`).join('');
  writeFileSync(join(folder, 'galaxy.yml'), `gravity:\n${unknown}galaxy:\n  id_secret: {a: 1}\n`);
  const counting = join(scratch, 'counting.cjs');
  writeFileSync(
    counting,
    `const names = [];
process.gxgenWarm = (name) => names.push(name.replace(/-[0-9a-f]{16}$/, ''));
process.on('exit', () => process.stderr.write(names.join()));
require(${JSON.stringify(join(dist, 'gxgen.cjs'))});`,
  );
  const { stdout, stderr } = await run(counting, ['validate', 'galaxy.yml', '--format', 'concise'], folder);
  assert.ok(stdout.split('\n').length > 50, stdout);
  const names = stderr.split(',').sort();
  assert.equal(names, ['codes', 'gxgen', 'yaml'], stderr);
});

async function compare(name: string): Promise<void> {
  const { argv } = JSON.parse(readFileSync(`fixtures/${name}/case.json`, 'utf8')) as Case;
  const results = [];
  for (const program of [join(dist, 'gxgen.cjs'), whole]) {
    const folder = join(scratch, name);
    if (existsSync(`fixtures/${name}/in`)) cpSync(`fixtures/${name}/in`, folder, { recursive: true });
    else mkdirSync(folder);
    results.push({ ...(await run(program, argv, folder)), files: readTree(folder) });
    rmSync(folder, { recursive: true });
  }
  assert.equal(results[0], results[1], name);
}

interface Ended {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function run(program: string, argv: readonly string[], cwd: string, input?: string): Promise<Ended> {
  return new Promise((done, fail) => {
    // Node gives its children sockets, which /dev/stdin cannot open.
    const words = [process.execPath, program, ...argv];
    const [first = '', ...rest] =
      input === undefined ? words : ['sh', '-c', 'printf %s "$0" | "$@"', input, ...words];
    const child = spawn(first, rest, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    const output = { stdout: '', stderr: '' };
    child.stdout.setEncoding('utf8').on('data', (text) => (output.stdout += text));
    child.stderr.setEncoding('utf8').on('data', (text) => (output.stderr += text));
    child.on('error', fail).on('close', (status) => done({ status, ...output }));
  });
}

function readTree(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath, one.name))
    .sort()
    .map((path) => `${path}\n${readFileSync(path, 'latin1')}`);
}

test.run();
