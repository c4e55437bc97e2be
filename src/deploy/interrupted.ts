// What a reader sees of a switch that was interrupted.

import { type Diagnostic, problem } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import { join } from '../model/paths.ts';
import { readArmed, transitLink } from './journal.ts';

/** True for a name that is a link only because a switch is under way, or was interrupted: reading it is right. */
export function isTransit(host: Host, directory: string, path: string): boolean {
  const place = host.realpath(directory);
  const to = host.entry(join(place, path))?.to;
  if (to === undefined) return false;
  const own = readArmed(host, place)?.journal.directories.find((one) => one.directory === place);
  return own !== undefined && to === transitLink(own, path);
}

/** Said by who only reads; `apply` and `rollback` heal it. */
export function interruption(host: Host, directory: string): Diagnostic | undefined {
  const armed = readArmed(host, host.realpath(directory));
  if (!armed) return undefined;
  const state = armed.committed ? 'new' : 'old';
  return problem('GX840', `a switch of files was interrupted in "${directory}"`, directory, {
    why: `every file there is the ${state} one, some of them behind links of gxgen`,
    help: 'the next "gxgen apply" or "gxgen rollback" tidies up',
  });
}
