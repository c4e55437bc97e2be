// gxgen as its users have it: the built program, called with files and a target.

import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { command, type Finished } from './command.ts';

const bundle = resolve(import.meta.dirname, '../../dist/gxgen.cjs');

export function gxgen(argv: readonly string[], cwd?: string): Promise<Finished> {
  if (!existsSync(bundle)) throw new Error(`${bundle} is not built: npm run build`);
  return command([process.execPath, bundle, ...argv], { env: {}, seconds: 120, ...(cwd ? { cwd } : {}) });
}

export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly file: string | null;
  /** 1-based; absent for a problem without a place. */
  readonly line?: number;
}

/** The errors that `gxgen validate` finds for a target. */
export async function errorsOf(files: readonly string[], target: string): Promise<Problem[]> {
  const { status, stdout, stderr } = await gxgen([
    'validate',
    '--target',
    target,
    '--format',
    'json',
    ...files,
  ]);
  if (status !== 0 && status !== 1) throw new Error(`gxgen validate: status ${status}\n${stderr}`);
  const { diagnostics } = JSON.parse(stdout) as {
    diagnostics: {
      severity: string;
      code: string;
      message: string;
      file: string | null;
      range: { start: { line: number } } | null;
    }[];
  };
  return diagnostics
    .filter(({ severity }) => severity === 'error')
    .map(({ code, message, file, range }) => ({
      code,
      message,
      file,
      ...(range ? { line: range.start.line } : {}),
    }));
}

/** Writes the files of a target to a folder. Anything but status 0 is an error with what gxgen said. */
export async function render(
  files: readonly string[],
  target: string,
  out: string,
  ...more: string[]
): Promise<void> {
  const { status, stdout, stderr } = await gxgen([
    'render',
    ...more,
    '--target',
    target,
    '--out',
    out,
    ...files,
  ]);
  if (status !== 0) throw new Error(`gxgen render: status ${status}\n${stdout}${stderr}`);
}

/** Path of a file that gxgen wrote; throws where there is none. */
export function written(out: string, name: string): string {
  const path = join(out, name);
  if (!existsSync(path)) throw new Error(`gxgen wrote no ${name}`);
  return path;
}
