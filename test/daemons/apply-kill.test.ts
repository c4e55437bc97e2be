// gxgen itself, really killed at every call with which it changes something: what is installed is wholly old or wholly
// new, and the next run heals. And the same on a full disk and in a directory that may not be written.

import { spawn } from 'node:child_process';
import {
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism } from 'node:os';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { suiteNeeding } from './needs.ts';
import { atExit, folder, scratch } from './scratch.ts';

const { test, run } = suiteNeeding('apply, killed', 'linux', 'root', 'namespaces');
const killing = join(import.meta.dirname, 'killing.cjs');

// In memory where that is possible: every run flushes hundreds of times.
const base = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/gxgen-apply-kill-') : folder('apply-kill');
scratch();
atExit.add(() => rmSync(base, { recursive: true, force: true }));
// A copy of its own: a build in between would replace the program.
cpSync('dist', join(base, 'dist'), { recursive: true });
const gxgen = join(base, 'dist/gxgen.cjs');
const units = 'etc/systemd/system';
const programs = 'etc/supervisor/conf.d';

/** @param text tells two configurations apart: by what changes, and by the handlers that come and go */
function configuration(text: string, handlers: number): string {
  return `gravity:
  process_manager: systemd
  galaxy_root: /srv/galaxy/server
  galaxy_user: galaxy
  virtualenv: /srv/galaxy/venv
  gunicorn:
    bind: unix:/srv/galaxy/var/gunicorn.sock
    workers: ${handlers}
    environment: {BROKER_PASSWORD: canary-${text}}
  handlers:
    handler: {processes: 6, pools: [job-handlers, workflow-schedulers]}
    ${text}: {processes: ${handlers}, pools: [workflow-schedulers, job-handlers.${text}]}
galaxy:
  galaxy_infrastructure_url: https://galaxy.example.org
  database_connection: postgresql:///galaxy?host=/var/run/postgresql
  id_secret: 0123456789abcdef0123456789abcdef
  job_config:
    runners: {local: {load: "galaxy.jobs.runners.local:LocalJobRunner"}}
    handling: {assign: [db-skip-locked]}
    execution: {default: local, environments: {local: {runner: local}}}
`;
}

// Both stand under one name on the server, so that what does not change in them changes no file.
for (const [text, handlers] of [
  ['old', 2],
  ['new', 3],
] as const) {
  mkdirSync(join(base, text));
  writeFileSync(join(base, text, 'galaxy.yml'), configuration(text, handlers));
  writeFileSync(join(base, text, 'gxgen.yml'), 'deployed_as: /srv/galaxy/config/galaxy.yml\n');
}

interface Ended {
  readonly status: number | null;
  readonly signal: string | null;
  readonly stderr: string;
}

/** Without programs of the machine: what they say of the files is not the question here. */
function start(argv: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ended> {
  const child = spawn(process.execPath, [gxgen, ...argv], {
    cwd: base,
    env: { PATH: '/nonexistent', NO_COLOR: '1', ...env },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (status, signal) => resolve({ status, signal, stderr }));
  });
}

function apply(machine: string, file: string): string[] {
  return [
    ...['apply', file, '--allow-orphans', '--yes'],
    ...[
      '--installed',
      `systemd=${join(machine, units)}`,
      '--installed',
      `supervisor=${join(machine, programs)}`,
    ],
  ];
}

function rollback(machine: string): string[] {
  return [
    ...['rollback', '--allow-orphans', '--yes'],
    ...['--installed', join(machine, units), '--installed', join(machine, programs)],
  ];
}

/** What a reader of the two directories sees, links followed. */
function seen(machine: string): string {
  return [units, programs]
    .flatMap((name) => {
      const directory = join(machine, name);
      return readdirSync(directory)
        .filter((one) => one !== '.gxgen')
        .sort()
        .flatMap((one) => {
          const path = join(directory, one);
          // A link that leads nowhere is no file.
          if (!existsSync(path)) return [];
          const { mode, uid, gid } = statSync(path);
          return [`${name}/${one} ${mode.toString(8)} ${uid}:${gid} ${readFileSync(path, 'utf8')}`];
        });
    })
    .join('\n');
}

/** What is left over of a run that did not end. */
function leftovers(machine: string): string[] {
  const links = [units, programs].flatMap((name) =>
    readdirSync(join(machine, name))
      .filter((one) => lstatSync(join(machine, name, one)).isSymbolicLink())
      .map((one) => `${name}/${one}`),
  );
  const state = [units, programs].flatMap((name) =>
    existsSync(join(machine, name, '.gxgen'))
      ? readdirSync(join(machine, name, '.gxgen')).filter((one) => !['current', 'generations'].includes(one))
      : [],
  );
  const beside = readdirSync(join(machine, dirname(units))).filter((one) => one.startsWith('.gxgen'));
  return [...links, ...state, ...beside];
}

let copies = 0;

function copyOf(machine: string): string {
  const copy = join(base, `copy-${++copies}`);
  cpSync(machine, copy, { recursive: true, verbatimSymlinks: true, preserveTimestamps: true });
  return copy;
}

/** Runs several at a time; each is told which. */
async function each(count: number, work: (index: number) => Promise<void>): Promise<void> {
  let next = 0;
  const worker = async () => {
    while (next < count) await work(next++);
  };
  await Promise.all(Array.from({ length: Math.min(4, availableParallelism()) }, worker));
}

async function ok(argv: readonly string[], env?: Readonly<Record<string, string>>): Promise<void> {
  const { status, stderr } = await start(argv, env);
  assert.is(status, 0, stderr);
}

/** Kills a command at each of its calls. @param fresh what is installed afterwards */
async function killEverywhere(
  machine: string,
  argv: (copy: string) => string[],
  fresh: string,
  heal: (copy: string) => string[],
  whens: readonly string[],
): Promise<void> {
  const old = seen(machine);
  assert.not.equal(old, fresh);
  const counted = copyOf(machine);
  await ok(argv(counted), { NODE_OPTIONS: `--require=${killing}`, GXGEN_KILL_COUNT: join(counted, 'count') });
  const calls = Number(readFileSync(join(counted, 'count'), 'utf8'));
  assert.is(seen(counted), fresh);
  rmSync(counted, { recursive: true });
  const tally = { old: 0, new: 0 };
  let killed = 0;
  for (const when of whens)
    await each(calls, async (index) => {
      const copy = copyOf(machine);
      const where = `${when} call ${index + 1} of ${calls}`;
      const { signal, status } = await start(argv(copy), {
        NODE_OPTIONS: `--require=${killing}`,
        GXGEN_KILL_AT: String(index + 1),
        GXGEN_KILL_WHEN: when,
      });
      // Only writes have a middle.
      if (when === 'half' && status === 0) return;
      assert.is(signal, 'SIGKILL', where);
      killed++;
      const found = seen(copy);
      assert.ok(found === old || found === fresh, `${where}: a mixture\n${found}`);
      tally[found === old ? 'old' : 'new']++;
      const healed = await start(heal(copy));
      assert.is(healed.status, 0, `${where}\n${healed.stderr}`);
      assert.is(seen(copy), fresh, where);
      assert.equal(leftovers(copy), [], where);
      rmSync(copy, { recursive: true });
    });
  process.stdout.write(
    `${argv(machine)[0]}: killed ${killed} times at ${calls} calls: ${tally.old} times all old, ${tally.new} times all new\n`,
  );
  assert.ok(tally.old > 50 && tally.new > 20, JSON.stringify(tally));
}

const installed = join(base, 'installed');
const changed = join(base, 'changed');
let oldSet = '';
let newSet = '';

test('two sets of files in two directories', async () => {
  mkdirSync(join(installed, dirname(units)), { recursive: true });
  await ok(apply(installed, 'old/galaxy.yml'));
  cpSync(installed, changed, { recursive: true, verbatimSymlinks: true });
  await ok(apply(changed, 'new/galaxy.yml'));
  oldSet = seen(installed);
  newSet = seen(changed);
  assert.ok(oldSet.split('canary-old').length > 2);
  assert.not.match(newSet, 'canary-old');
  const files = readdirSync(join(installed, units)).filter((one) => one !== '.gxgen');
  assert.ok(files.length >= 12, files.join(' '));
});

test('apply is killed before every call, and in the middle of every write', async () => {
  await killEverywhere(
    installed,
    (copy) => apply(copy, 'new/galaxy.yml'),
    newSet,
    (copy) => apply(copy, 'new/galaxy.yml'),
    ['before', 'half'],
  );
});

test('rollback is killed before every call', async () => {
  await killEverywhere(
    changed,
    rollback,
    oldSet,
    // Whether the first one came to its end decides where a second rollback would lead: it is told.
    (copy) => apply(copy, 'old/galaxy.yml'),
    ['before'],
  );
});

test('a disk that is full at some point', async () => {
  let undone = 0;
  for (let inodes = 4; ; inodes += 3) {
    const copy = copyOf(installed);
    const place = join(copy, 'etc');
    // Counted in files, of which there are as many as stand there now and a few more.
    const ended = await shell(`set -e
      cp -a ${place} ${copy}/saved
      mount -t tmpfs -o mode=755,nr_inodes=$(( $(find ${place} | wc -l) + ${inodes} )) tmpfs ${place}
      cp -a ${copy}/saved/. ${place}
      set +e
      ${process.execPath} ${gxgen} ${apply(copy, 'new/galaxy.yml').join(' ')} >/dev/null 2>${copy}/said
      echo $? >${copy}/status
      cp -a ${place} ${copy}/after && umount ${place}`);
    assert.is(ended.status, 0, ended.stderr);
    const status = Number(readFileSync(join(copy, 'status'), 'utf8'));
    const said = readFileSync(join(copy, 'said'), 'utf8');
    rmSync(join(copy, 'etc'), { recursive: true });
    cpSync(join(copy, 'after'), join(copy, 'etc'), { recursive: true, verbatimSymlinks: true });
    const where = `${inodes} more files\n${said}`;
    assert.is(seen(copy), status === 0 ? newSet : oldSet, where);
    assert.equal(leftovers(copy), [], where);
    rmSync(copy, { recursive: true });
    if (status === 0) break;
    undone++;
    assert.match(said, 'GX013', where);
  }
  assert.ok(undone > 20, `${undone}`);
});

test('a file system that is read-only', async () => {
  const copy = copyOf(installed);
  const place = join(copy, units);
  const script = `set -e; mount --bind ${place} ${place}; mount -o remount,bind,ro ${place}
    ${process.execPath} ${gxgen} ${apply(copy, 'new/galaxy.yml').join(' ')} >/dev/null`;
  const ended = await shell(script);
  assert.is(ended.status, 1, ended.stderr);
  assert.match(ended.stderr, 'GX014');
  assert.is(seen(copy), oldSet);
  assert.equal(leftovers(copy), []);
});

/** In a mount namespace of its own. */
function shell(script: string): Promise<Ended> {
  const child = spawn('unshare', ['--mount', '--propagation', 'private', 'bash', '-c', script], {
    cwd: base,
    env: { PATH: process.env.PATH ?? '', NO_COLOR: '1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let stderr = '';
  child.stderr.on('data', (chunk) => {
    stderr += chunk;
  });
  return new Promise((resolve) => {
    child.on('close', (status, signal) => resolve({ status, signal, stderr }));
  });
}

run();
