// How a program starts that a process manager cannot start by itself: through env(1), or through sh(1) where env
// would take the path for an assignment. Both exec, so pid and argv are the program's own.

import type { EnvironmentVariable } from '../model/deployment.ts';
import { byDefault, type Located, map } from '../model/located.ts';
import { isIdentifier } from './kernel.ts';

export interface Start {
  /** Every word of the command, the program's own arguments last. */
  readonly argv: readonly Located<string>[];
  /** Why it cannot be started this way. */
  readonly refusal?: string;
  /** What the refusal is about. */
  readonly origin?: Located<unknown>;
}

/**
 * The command that starts `argv`.
 * @param wrapped variables that the target cannot set itself, set by env
 * @param direct true when the target can start the executable as written
 */
export function startCommand(
  argv: readonly Located<string>[],
  wrapped: readonly EnvironmentVariable[],
  direct: (executable: string) => boolean,
): Start {
  const program = argv[0];
  if (program === undefined || program.value === '')
    return {
      argv,
      refusal: 'names no program',
      origin: program ?? byDefault(''),
    };
  if (wrapped.length === 0 && direct(program.value)) return { argv };

  const unnamed = wrapped.find((one) => one.name === '' || one.name.includes('='));
  if (unnamed) return { argv, refusal: 'has a name that is empty or holds "="', origin: unnamed.value };
  const assignments = wrapped.map((one) => map(one.value, (value) => `${one.name}=${value}`));
  const words = program.value.includes('=') ? throughShell(argv) : argv;
  if (words !== argv) {
    // dash drops what it inherits under a name that is no identifier; its exec knows no `--`.
    const lost = wrapped.find((one) => !isIdentifier(one.name));
    if (lost)
      return { argv, refusal: 'has no name that survives the shell its program needs', origin: lost.value };
    if (program.value.startsWith('-'))
      return { argv, refusal: 'starts with "-" and holds "="', origin: program };
    if (wrapped.length === 0) return { argv: words };
  }
  if (program.value === '-') return { argv, refusal: 'is an option of env', origin: program };
  const first = assignments[0] ?? words[0];
  const end = first?.value.startsWith('-') ? [byDefault('--')] : [];
  return { argv: [byDefault('/usr/bin/env'), ...end, ...assignments, ...words] };
}

function throughShell(argv: readonly Located<string>[]): readonly Located<string>[] {
  return ['/bin/sh', '-c', 'exec "$0" "$@"'].map(byDefault).concat(argv);
}
