// Asks the program that will read a set of files what it thinks of a copy.

import type { Backend, Check, CheckFinding, OutputFile, TargetOptions } from '../backends/backend.ts';
import { problem, type Report } from '../diagnostics/diagnostic.ts';
import type { Host, RunResult } from '../host/host.ts';
import { codeOf } from '../host/system-error.ts';
import { dirname, join } from '../model/paths.ts';
import { words, writeProblem } from './failure.ts';
import type { Held } from './session.ts';
import { checkPath } from './state.ts';
import { removeTree } from './tree.ts';

const seconds = 60;

/** Reports what it finds: an error for what the program refuses. Nothing of the copy is left. */
export function checkFiles(
  host: Host,
  { held, backend, options }: { held: Held; backend: Backend; options: TargetOptions },
  files: readonly OutputFile[],
  report: Report,
): void {
  const check = backend.check?.(files, options);
  if (!check || files.length === 0) return;
  const folder = checkPath(held.directory);
  try {
    copy(host, folder, check, files);
    const found = ask(host, folder, check);
    if (typeof found === 'string')
      report(
        problem(
          'GX856',
          `the files for ${backend.name} were not tried with ${check.by}: ${found}`,
          held.shown,
        ),
      );
    else for (const one of found) report(findingProblem(one, check, held.shown));
  } catch (error) {
    report(writeProblem(held.shown, error, 'the files could not be tried, so nothing was changed'));
  }
  remove(host, folder, report);
}

function remove(host: Host, folder: string, report: Report): void {
  try {
    removeTree(host, folder);
  } catch (error) {
    // The next run removes it.
    if (codeOf(error) === undefined) throw error;
    report(problem('GX859', `cannot remove "${folder}": ${words(error)}`, folder));
  }
}

function copy(host: Host, folder: string, check: Check, files: readonly OutputFile[]): void {
  const encoder = new TextEncoder();
  removeTree(host, folder);
  host.mkdir(folder, 0o700);
  const write = (path: string, bytes: Uint8Array, mode: number) => {
    const place = join(folder, path);
    host.mkdir(dirname(place));
    host.create(place, bytes, mode);
  };
  for (const { path, text, mode } of files) write(`files/${path}`, encoder.encode(text), mode);
  for (const [path, text] of Object.entries(check.beside)) write(path, encoder.encode(text), 0o600);
  for (const [path, from] of Object.entries(check.copies)) {
    const read = host.read(from);
    if (read.ok) write(path, read.bytes, 0o600);
  }
}

/** What it found, or why it could not be asked. */
function ask(host: Host, folder: string, check: Check): readonly CheckFinding[] | string {
  let why = '';
  for (const command of check.commands) {
    const argv = command.map((word) => word.replaceAll('{}', folder));
    const result = host.run(argv, { seconds });
    if (!result.ok) {
      why ||= refusal(result, check.commands.length > 1 ? check.by : (command[0] ?? ''));
      continue;
    }
    const said = `${new TextDecoder().decode(result.stdout)}\n${result.stderr}`.replaceAll(folder, '{}');
    const found = check.read(result.status, said);
    if (found) return found;
    why = `this machine has no ${check.by} that can be asked`;
  }
  return why;
}

function refusal(result: Extract<RunResult, { ok: false }>, program: string): string {
  if (result.reason === 'missing') return `this machine has no ${program}`;
  if (result.reason === 'timeout') return `${program} did not answer within ${seconds} seconds`;
  return `${program} cannot be run (${result.message})`;
}

function findingProblem({ severity, words: said, file }: CheckFinding, { by }: Check, shown: string) {
  const place = file === undefined ? shown : join(shown, file);
  return severity === 'error'
    ? problem('GX854', `${by} refuses what is to be installed: ${said}`, place, {
        why: 'nothing was changed',
        help: 'this is likely a fault of gxgen or of a template of yours (--templates): report it with the line',
      })
    : problem('GX855', said, place, {
        why: `on this machine the process would not start (${by} was asked)`,
      });
}
