// The entry of every npm script. Plain JavaScript, because on a fresh clone nothing else runs yet: it installs
// what package-lock.json names and builds when something changed, then hands over. Its chatter goes to stderr.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const [task = 'build', ...rest] = process.argv.slice(2);
const tsx = ['--import', 'tsx'];

const tasks = {
  build: () => 0,
  start: () =>
    node([
      'dist/gxgen.cjs',
      ...(rest.length > 0
        ? rest
        : ['render', 'fixtures/render-production/in/config/galaxy.yml', '--target', 'systemd']),
    ]),
  test: () => node([...tsx, 'test/run.ts', ...rest]),
  'test:daemons': () => node([...tsx, 'test/run.ts', '--suite', 'daemons', ...rest]),
  'test:fuzz': () => node([...tsx, 'test/run.ts', '--suite', 'fuzz', ...rest]),
  'test:peers': () => node([...tsx, 'test/run.ts', '--suite', 'peers', ...rest]),
  bench: () => node([...tsx, 'test/bench/run.ts', ...rest]),
  generate: () => node([...tsx, 'src/build/generate.ts', ...rest]),
};

install();
if (task !== 'generate') build();
process.exitCode = tasks[task]();

function install() {
  const stamp = join(root, 'node_modules/.gxgen-lock');
  const lock = hash(['package-lock.json']);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  process.stderr.write('gxgen: installing packages\n');
  const npm = process.env.npm_execpath;
  const [command, first] = npm ? [process.execPath, [npm]] : ['npm', []];
  must(
    spawnSync(
      command,
      [...first, 'ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error'],
      io(),
    ),
  );
  writeFileSync(stamp, lock);
}

function build() {
  const stamp = join(root, 'dist/.stamp');
  const sources = [
    'package.json',
    'package-lock.json',
    ...files('src'),
    ...files('templates'),
    ...files('schemas'),
  ];
  const now = `${process.version} ${hash(sources.filter((file) => !file.includes('.gen.')))}`;
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  process.stderr.write('gxgen: building\n');
  must(spawnSync(process.execPath, [...tsx, 'src/build/build.ts'], io()));
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(stamp, now);
}

function files(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((one) => one.isFile())
    .map((one) => join(one.parentPath ?? one.path, one.name))
    .sort();
}

function hash(paths) {
  const sum = createHash('sha256');
  for (const path of paths) {
    const bytes = readFileSync(resolve(root, path));
    sum.update(`${path}\0${bytes.length}\0`).update(bytes);
  }
  return sum.digest('hex');
}

function node(args) {
  const { status, signal } = spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' });
  return status ?? (signal ? 128 : 1);
}

// A child's stdout is our stderr: stdout belongs to the product.
function io() {
  return { cwd: root, stdio: ['ignore', 2, 2] };
}

function must({ status, error }) {
  if (status === 0) return;
  process.stderr.write(`gxgen: ${error?.message ?? `that step ended with status ${status}`}\n`);
  process.exit(status ?? 1);
}
