// The supervisor files that were named, to what they start.

import type { Report } from '../diagnostics/diagnostic.ts';
import { readSupervisorConf } from '../frontends/supervisor-conf.ts';
import type { Started } from '../model/started.ts';
import type { FileRef, Files } from '../syntax/files.ts';
import type { Span } from '../text/source.ts';

/** What the files start together, and where their secrets stand; `started` is undefined when none was named. */
export function readStarted(
  given: readonly FileRef[],
  files: Files,
  report: Report,
): { readonly started?: Started; readonly secrets: readonly Span[] } {
  if (given.length === 0) return { secrets: [] };
  const read = given.map((file) => {
    const ini = files.ini(file, report);
    return ini && readSupervisorConf(ini, file.shown, report);
  });
  return {
    started: {
      complete: read.every((one) => one?.complete === true),
      processes: read.flatMap((one) => one?.processes ?? []),
    },
    secrets: read.flatMap((one) => one?.secrets ?? []),
  };
}
