// What the explanations of a configuration have in common: it is compiled, and its errors are mentioned.

import { countSeverities } from '../diagnostics/collect.ts';
import type { Host } from '../host/host.ts';
import type { Compilation } from '../pipeline.ts';
import { type Arguments, exits } from './command.ts';
import { compileArguments, writeReport } from './compiling.ts';
import { type Judged, judge } from './judging.ts';

/** Compiles the files of `-c`, or the usual ones; the words of the command line name what is to be explained. */
export function compileGiven(args: Arguments, host: Host, files: readonly string[] = []): Judged {
  return judge(compileArguments({ ...args, words: files }, host, true), host, { complete: false });
}

/** Prints what `explanation` makes of the configuration. */
export function explainFromFiles(
  args: Arguments,
  host: Host,
  explanation: (compilation: Compilation) => string,
): number {
  const judged = compileGiven(args, host);
  if (judged.unreadable || judged.deployment.instances.length === 0)
    return writeReport(judged.diagnostics, judged, host.stderr, 'text', args, host);
  host.stdout.write(explanation(judged));
  mentionErrors(judged, host);
  return exits.clean;
}

/** An explanation of a configuration that has errors may be of something that never runs. */
export function mentionErrors({ diagnostics }: Judged, host: Host): void {
  const { error } = countSeverities(diagnostics);
  if (error > 0)
    host.stderr.write(
      `gxgen: the configuration has ${error} ${error === 1 ? 'error' : 'errors'}; gxgen validate shows ${error === 1 ? 'it' : 'them'}\n`,
    );
}
