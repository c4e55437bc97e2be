// Arguments on the command line of a process, however they are written.

import type { Process } from './deployment.ts';
import type { Located } from './located.ts';

/** All values of an argument in order: `--name=VALUE`, `--name VALUE`, `-nVALUE`. @param names `['--workers', '-w']` */
export function argumentValues(process: Process | undefined, names: readonly string[]): Located<string>[] {
  const argv = process?.argv ?? [];
  const found: Located<string>[] = [];
  for (let index = 0; index < argv.length; index++) {
    const one = argv[index];
    if (!one?.value.startsWith('-')) continue;
    for (const name of names) {
      const glue = name.startsWith('--') ? `${name}=` : name;
      const next = argv[index + 1];
      if (one.value === name) {
        if (next) found.push(next);
      } else if (one.value.startsWith(glue)) {
        found.push({ value: one.value.slice(glue.length), origin: one.origin });
      }
    }
  }
  return found;
}

/** The value that counts where an argument may be given several times: the last one. */
export function lastArgument(
  process: Process | undefined,
  names: readonly string[],
): Located<string> | undefined {
  return argumentValues(process, names).at(-1);
}

/** The value of a flag as programs in Go take it, behind one hyphen or two: the last one counts. */
export function goFlag(argv: readonly Located<string>[], name: string): Located<string> | undefined {
  for (let index = argv.length - 1; index >= 0; index--) {
    const { value = '', origin } = argv[index] ?? {};
    const [, written, glued] = /^--?([^-=][^=]*)(?:=(.*))?$/s.exec(value) ?? [];
    if (written !== name) continue;
    const next = argv[index + 1];
    if (glued !== undefined && origin) return { value: glued, origin };
    if (next) return next;
  }
  return undefined;
}

/** An argument that takes no value, where it stands. */
export function flag(process: Process | undefined, names: readonly string[]): Located<string> | undefined {
  return process?.argv.findLast((one) => names.includes(one.value));
}
