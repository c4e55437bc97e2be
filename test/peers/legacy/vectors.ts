// The files of test/legacy/vectors through the real programs.

import { cpSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { home, type UwsgiAnswer, vectorFolder, vectorNames } from '../../legacy/vectors.ts';
import { askPython, askUwsgiAll, type Interpreter, type PythonAnswers } from './programs.ts';

/** In the order of the names. */
export function pythonReadings(interpreter: Interpreter): PythonAnswers[] {
  return inCopy((folder) =>
    askPython(
      interpreter,
      vectorNames().map((name) => join(folder, name)),
    ),
  );
}

export async function uwsgiReadings(): Promise<UwsgiAnswer[]> {
  return await inCopy((folder) => askUwsgiAll(folder, vectorNames()));
}

/** A copy of the folder, under the last name it has on its server: `%c` is that name. */
function inCopy<T>(work: (folder: string) => T): T {
  const scratch = realpathSync(mkdtempSync(join(tmpdir(), 'gxgen-legacy-')));
  const folder = join(scratch, home.split('/').at(-1) ?? '');
  cpSync(vectorFolder, folder, { recursive: true });
  const end = () => rmSync(scratch, { recursive: true, force: true });
  const result = work(folder);
  if (result instanceof Promise) void result.then(end, end);
  else end();
  return result;
}
