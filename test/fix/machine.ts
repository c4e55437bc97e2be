// A server in memory to run `validate` on, and a clean configuration with a place for every mistake.

import { existsSync, readFileSync } from 'node:fs';
import { cli } from '../../src/cli.ts';
import { type Fault, type MemoryHost, type MemorySeed, memoryHost } from '../../src/host/memory.ts';

export interface Run {
  readonly exit: number;
  readonly host: MemoryHost;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `gxgen validate` with these words on these files, in /srv/galaxy/config. */
export async function validate(
  files: Readonly<Record<string, MemorySeed>>,
  words: readonly string[] = ['--fix'],
  options: { readonly fault?: Fault; readonly user?: number } = {},
): Promise<Run> {
  const host = memoryHost({
    cwd: '/srv/galaxy/config',
    files: { 'gxgen.yml': settings, ...files },
    asset: (path) => (existsSync(path) ? readFileSync(path, 'utf8') : undefined),
    ...options,
  });
  const exit = await cli(['validate', ...words, 'galaxy.yml'], host);
  return { exit, host, ...host.output };
}

/** The machine after a run, as the files of the next one. */
export function again(host: MemoryHost): Record<string, MemorySeed> {
  return Object.fromEntries(host.entries());
}

/** The bytes of a file. */
export function bytesOf(host: MemoryHost, path: string): Uint8Array {
  const entry = host.entries().get(path);
  if (entry?.kind !== 'file') throw new Error(`${path} is no file`);
  return entry.bytes;
}

const settings = 'release: "24.1"\ngunicorn_version: "22.0"\n';

/** A clean galaxy.yml with these lines in `gravity`, behind those that every server has. */
export function galaxyYml(...gravity: readonly string[]): string {
  return [
    'gravity:',
    '  galaxy_root: /srv/galaxy/server',
    '  virtualenv: /srv/galaxy/venv',
    '  galaxy_user: galaxy',
    ...gravity,
    'galaxy:',
    '  id_secret: 4c1b9f1e5d6a4f0e8b7a',
    '',
  ].join('\n');
}
