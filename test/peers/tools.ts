// A case on the disk, compiled by both: Gravity through driver.py, gxgen through its own command line.

import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { rules } from '../../src/rules/index.ts';
import { type Case, layOut } from './case.ts';
import type { Driver } from './driver.ts';
import type { Effective, Target } from './effective.ts';
import { readPrograms, supervisordPath } from './supervisor-programs.ts';
import { readUnits } from './systemd-units.ts';

/** The program under test: what the build makes, or another build named in the environment. */
export const program = resolve(process.env.GXGEN ?? 'dist/gxgen.cjs');

/** Where the units would be installed. */
const unitFolder = '/etc/systemd/system';

export type Result =
  | { readonly ok: true; readonly processes: readonly Effective[]; readonly output: string }
  | { readonly ok: false; readonly error: string };

/** A folder with a `systemctl` that knows no service and has a PATH of its own. */
export function standIns(folder: string): string {
  mkdirSync(folder, { recursive: true });
  const file = join(folder, 'systemctl');
  writeFileSync(
    file,
    `#!/bin/sh\ncase "$*" in *show-environment*) echo LANG=C.UTF-8; echo PATH=${supervisordPath};; esac\n`,
  );
  chmodSync(file, 0o755);
  return folder;
}

/** Lays the case out once for both, in a folder that is emptied first. */
export function prepare(one: Case, target: Target, folder: string): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  layOut(one, target, folder);
}

/** @param tools the folder of `standIns` */
export async function byGravity(
  driver: Driver,
  one: Case,
  target: Target,
  folder: string,
  tools: string,
): Promise<Result> {
  const out = join(folder, 'by-gravity');
  mkdirSync(out);
  const answer = await driver.ask({
    do: 'gravity',
    target,
    configs: one.configs.map((config) => join(folder, config)),
    cwd: folder,
    out,
    tools,
    galaxyctl: one.virtualenv === null ? '/usr/bin/galaxyctl' : `${one.virtualenv}/bin/galaxyctl`,
  });
  if (!answer.ok) return { ok: false, error: `${answer.error}\n${answer.output}` };
  return reading(answer.output, () =>
    target === 'systemd' ? readUnits(out, unitFolder) : readPrograms(driver, String(answer.conf)),
  );
}

// A generated configuration is no server anybody would run, and the rules say so, each in its own tests. Those that
// Gravity has a counterpart of stay on: refusals.ts counts on them.
const compared = new Set(['GX461', 'GX462']);
const settings = `rules:\n${rules
  .filter(({ code }) => !compared.has(code))
  .map(({ code }) => `  ${code}: "off"\n`)
  .join('')}`;

export async function byGxgen(driver: Driver, one: Case, target: Target, folder: string): Promise<Result> {
  const out = join(folder, 'by-gxgen');
  const layout = target === 'supervisor' ? ['--layout', 'self-contained'] : [];
  const files = one.configs.flatMap((config) => ['-c', join(folder, config)]);
  writeFileSync(join(dirname(join(folder, one.configs[0] ?? '')), 'gxgen.yml'), settings);
  const { code, output } = await run(
    process.execPath,
    [program, 'render', ...files, '--target', target, ...layout, '--out', out],
    folder,
  );
  if (code !== 0) return { ok: false, error: `exit ${code}\n${output}` };
  return reading(output, () =>
    target === 'systemd' ? readUnits(out, unitFolder) : readPrograms(driver, join(out, 'supervisord.conf')),
  );
}

async function reading(output: string, read: () => Effective[] | Promise<Effective[]>): Promise<Result> {
  try {
    return { ok: true, processes: await read(), output };
  } catch (error) {
    return { ok: false, error: error instanceof Error ? error.message : String(error) };
  }
}

function run(
  command: string,
  args: readonly string[],
  cwd: string,
): Promise<{ code: number | null; output: string }> {
  return new Promise((done, fail) => {
    const child = spawn(command, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.on('error', fail);
    child.on('close', (code) => done({ code, output }));
  });
}

/** The newest Gravity that pip would install, without installing it; undefined when pip cannot tell. */
export function newestGravity(python: string): string | undefined {
  const args = [
    '-m',
    'pip',
    'install',
    '--dry-run',
    '--quiet',
    '--no-deps',
    '--ignore-installed',
    '--disable-pip-version-check',
    '--report',
    '-',
    'gravity',
  ];
  const { status, stdout } = spawnSync(python, args, { encoding: 'utf8', timeout: 60_000 });
  if (status !== 0) return undefined;
  const { install } = JSON.parse(stdout) as { install: { metadata: { version: string } }[] };
  return install[0]?.metadata.version;
}
