// Carries out a plan: its commands one after the other, and the switch of the files where the plan has it.

import type { PlanCommand } from '../deploy/plan.ts';
import { commandLines } from '../deploy/plan-text.ts';
import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host, RunResult } from '../host/host.ts';

// The timeouts of a plan are those of the processes; whoever waits for them needs some time too.
const grace = 60;
const mostLines = 3;
const longest = 7 * 24 * 3600;

/** The commands before the files are switched, and those after: `remove` is a part of the switch. */
export function split(commands: readonly PlanCommand[]): { before: PlanCommand[]; after: PlanCommand[] } {
  const at = commands.findIndex(({ kind }) => kind === 'remove' || kind === 'switch');
  const isRun = ({ kind, argv }: PlanCommand) => kind !== 'remove' && kind !== 'switch' && argv.length > 0;
  return {
    before: commands.slice(0, Math.max(0, at)).filter(isRun),
    after: commands.slice(Math.max(0, at)).filter(isRun),
  };
}

/**
 * Runs commands in order, each told on stderr; stops at the first that fails, which is reported.
 * @param note is told what is left after each that succeeded
 */
export function runCommands(
  commands: readonly PlanCommand[],
  host: Host,
  note: (rest: readonly PlanCommand[]) => void = () => undefined,
): Diagnostic | undefined {
  const lines = commandLines({ commands });
  for (const [index, { argv, words, seconds }] of commands.entries()) {
    host.stderr.write(`gxgen: ${words}: ${lines[index]}\n`);
    const result = host.run(argv, { seconds: Math.min(longest, seconds + grace) });
    if (result.ok && result.status === 0) {
      note(commands.slice(index + 1));
      continue;
    }
    const rest = lines.slice(index + 1);
    return problem('GX857', `"${lines[index]}" failed: ${reason(result, seconds)}`, undefined, {
      why:
        rest.length > 0
          ? `not done after it: ${rest.map((one) => `"${one}"`).join(', ')}`
          : 'everything before it was done',
      help: 'when the cause is gone, run gxgen again with --run, which goes on with that command; "gxgen rollback" brings back the old files',
    });
  }
  return undefined;
}

function reason(result: RunResult, seconds: number): string {
  if (!result.ok) {
    if (result.reason === 'timeout')
      return `it did not end within ${Math.min(longest, seconds + grace)} seconds`;
    return (
      { missing: 'this machine has no such program', denied: 'permission denied' }[result.reason as string] ??
      result.message
    );
  }
  // systemctl tells the reason in its first line and where to read on in the next; supervisorctl tells it on stdout.
  const said = [result.stderr, new TextDecoder().decode(result.stdout)].map((text) => text.trim());
  const lines = (said.find((text) => text !== '') ?? '').split(/\s*\n\s*/).slice(-mostLines);
  const words = lines.join(' ').replace(/\.$/, '');
  return words === '' ? `it ended with status ${result.status}` : `${words} (status ${result.status})`;
}
