// Asking whoever runs gxgen before anything is changed.

import type { Host } from '../host/host.ts';
import { type Arguments, type Option, UsageError } from './command.ts';

export const yesOption = {
  yes: { type: 'boolean', alias: 'y', describe: 'do not ask, go on' },
} as const satisfies Record<string, Option>;

/**
 * True when it was agreed to, by `--yes` or on the terminal.
 * @param command for who has no terminal
 */
export function agreed(question: string, command: string, args: Arguments, host: Host): boolean {
  if (args.on('yes')) return true;
  if (!host.stdin.isTTY)
    throw new UsageError(
      `${command} asks before it changes anything, and there is no terminal to ask on; nothing was changed: look at what is shown, then run it with --yes`,
    );
  host.stderr.write(`${question} [y/N] `);
  const answer = host.stdin.readLine()?.trim().toLowerCase() ?? '';
  return answer === 'y' || answer === 'yes';
}
