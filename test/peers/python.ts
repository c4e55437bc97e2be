// Python environments with the real programs: each made once, kept in the package cache, reused while its list of
// packages stays the same.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';

export const cache = resolve('node_modules/.cache/gxgen/peers');

/** The packages that a list beside this file names, for `pythonWith`. */
export function requirements(file: string): string[] {
  return readFileSync(new URL(file, import.meta.url), 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'));
}

export type Python = { readonly python: string } | { readonly missing: string };

/** @param packages as pip takes them; the answer says what to run by hand where they cannot be had. */
export function pythonWith(packages: readonly string[]): Python {
  const name = createHash('sha256').update(packages.join('\n')).digest('hex').slice(0, 12);
  const home = `${cache}/venv-${name}`;
  const python = `${home}/bin/python`;
  if (existsSync(python)) return { python };
  mkdirSync(cache, { recursive: true });
  const making = `${home}.${process.pid}`;
  const byHand = `python3 -m venv DIR && DIR/bin/pip install ${packages.map((one) => `'${one}'`).join(' ')}`;
  for (const [command, ...args] of [
    ['python3', '-m', 'venv', making],
    [`${making}/bin/python`, '-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', ...packages],
  ] as const) {
    const { status, error, stderr } = spawnSync(command, args, { encoding: 'utf8' });
    if (status === 0) continue;
    rmSync(making, { recursive: true, force: true });
    const reason = error?.message ?? stderr.trim().split('\n').at(-1) ?? '';
    return { missing: `${command}: ${reason}\n  by hand: ${byHand}` };
  }
  try {
    renameSync(making, home);
  } catch (error) {
    // Another run was faster.
    rmSync(making, { recursive: true, force: true });
    if (!existsSync(python)) throw error;
  }
  return { python };
}
