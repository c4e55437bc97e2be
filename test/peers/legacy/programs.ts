// The programs that read legacy INI files, asked what they have read.

import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  environment,
  home,
  type PasteAnswer,
  type PythonAnswer,
  type SupervisorAnswer,
  type UwsgiAnswer,
} from '../../legacy/vectors.ts';
import { cache, pythonWith } from '../python.ts';

export interface Interpreter {
  readonly name: string;
  readonly command: string;
  /** As python_readers.py takes it. */
  readonly paste: string;
}

export type Found<T> = T | { readonly missing: string };

/** Python 2.7 itself where it is left, else Jython, which has its library. @param only one of the two */
export function python2(only?: 'python2.7' | 'jython'): Found<Interpreter> {
  const paste = oldPaste();
  if (typeof paste !== 'string') return paste;
  const commands = [process.env.PYTHON2 ?? 'python2.7', 'jython'];
  for (const command of commands.filter((_, at) => only === undefined || at === Number(only === 'jython')))
    if (answers(command, '--version')) return { name: command, command, paste };
  return { missing: 'no python2.7 and no jython\n  by hand: apt-get install jython' };
}

export function python3(): Found<Interpreter> {
  const found = pythonWith(['PasteDeploy==3.1.0']);
  return 'missing' in found ? found : { name: 'python3', command: found.python, paste: '-' };
}

/** The last PasteDeploy that Python 2 can run, unpacked beside the other environments. */
function oldPaste(): Found<string> {
  const wanted = 'PasteDeploy==1.5.2';
  const place = `${cache}/${wanted.replace('==', '-')}`;
  if (existsSync(place)) return place;
  mkdirSync(cache, { recursive: true });
  const making = `${place}.${process.pid}`;
  const args = [
    '-m',
    'pip',
    'install',
    '--quiet',
    '--disable-pip-version-check',
    '--no-deps',
    '--no-compile',
  ];
  const found = pythonWith(['PasteDeploy==3.1.0']);
  if ('missing' in found) return found;
  const { status, stderr } = spawnSync(found.python, [...args, '--target', making, wanted], {
    encoding: 'utf8',
  });
  if (status !== 0) {
    rmSync(making, { recursive: true, force: true });
    return { missing: `${wanted}: ${stderr.trim().split('\n').at(-1)}\n  by hand: pip download ${wanted}` };
  }
  if (existsSync(place)) rmSync(making, { recursive: true, force: true });
  else renameSync(making, place);
  return place;
}

export interface PythonAnswers {
  readonly python: PythonAnswer;
  readonly paste?: PasteAnswer;
  /** From Python 3. */
  readonly supervisor?: SupervisorAnswer;
}

/** One process for all files. */
export function askPython(
  { name, command, paste }: Interpreter,
  files: readonly string[],
  withPaste = true,
): PythonAnswers[] {
  const script = new URL('python_readers.py', import.meta.url).pathname;
  const { status, stdout, stderr } = spawnSync(command, [script, home, withPaste ? paste : ''], {
    input: files.map((one) => `${one}\n`).join(''),
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { PATH: process.env.PATH ?? '', LC_ALL: 'C.UTF-8', PYTHONDONTWRITEBYTECODE: '1' },
  });
  if (status !== 0) throw new Error(`${name} ended with ${status}\n${stderr.slice(-2000)}`);
  return stdout
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** @returns undefined when it is there */
export function uwsgiMissing(): string | undefined {
  return answers('uwsgi', '--version') ? undefined : 'no uwsgi\n  by hand: apt-get install uwsgi-core';
}

const patience = 10_000;
const lastLine = '\n;end of configuration\n';

/**
 * What uWSGI has read of a file. It says so before it does anything, and is ended there.
 * @param folder where it runs; the name of the file is told apart from it
 */
export function askUwsgi(folder: string, file: string): Promise<UwsgiAnswer> {
  return new Promise((resolve, fail) => {
    const child = spawn('uwsgi', ['--show-config', '--ini', file], {
      cwd: folder,
      env: { PATH: process.env.PATH ?? '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    let output = '';
    const end = () => {
      // It takes SIGTERM for a wish to reload.
      if (child.pid !== undefined && child.exitCode === null) process.kill(-child.pid, 'SIGKILL');
    };
    const timer = setTimeout(() => {
      end();
      fail(new Error(`uwsgi says nothing about ${file}:\n${output.slice(-500)}`));
    }, patience);
    const take = (part: Buffer | string) => {
      output += part.toString('latin1');
      if (output.includes(lastLine)) end();
    };
    // A file may send what is said elsewhere, and does so before it is said.
    const log = logOf(join(folder, file));
    const looking = setInterval(() => {
      const said =
        log !== undefined && existsSync(join(folder, log)) ? readFileSync(join(folder, log), 'latin1') : '';
      if (said.includes(lastLine)) take(said);
    }, 50);
    child.stdout.on('data', take);
    child.stderr.on('data', take);
    child.on('error', fail);
    child.on('close', () => {
      clearTimeout(timer);
      clearInterval(looking);
      resolve(configurationOf(output, folder, file));
    });
  });
}

function logOf(path: string): string | undefined {
  return /^logto = (\S+)$/m.exec(readFileSync(path, 'latin1'))?.[1];
}

function configurationOf(output: string, folder: string, file: string): UwsgiAnswer {
  const start = output.indexOf('\n;uWSGI instance configuration\n[uwsgi]\n');
  const end = output.indexOf(lastLine, start);
  if (start < 0 || end < 0) return { refused: output.trim().split('\n').at(-1) ?? '' };
  const lines = output.slice(start, end).replaceAll(folder, home).split('\n').slice(3);
  const options = lines.map((line): [string, string] => {
    const sign = line.indexOf(' = ');
    return [line.slice(0, sign), line.slice(sign + 3)];
  });
  // What the command line gives stands before what the file gives.
  const [[first] = [], [second, name] = []] = options;
  if (first !== 'show-config' || second !== 'ini' || name !== file)
    throw new Error(`uwsgi shows something else: ${output.slice(start, end)}`);
  return { options: options.slice(2) };
}

/** Asks about all files, a few at a time. */
export async function askUwsgiAll(folder: string, files: readonly string[]): Promise<UwsgiAnswer[]> {
  const results: UwsgiAnswer[] = [];
  const waiting = [...files.entries()];
  const worker = async () => {
    for (let next = waiting.shift(); next; next = waiting.shift())
      results[next[0]] = await askUwsgi(folder, next[1]);
  };
  await Promise.all([worker(), worker()]);
  return results;
}

function answers(command: string, word: string): boolean {
  return spawnSync(command, [word], { timeout: 60_000 }).status === 0;
}
