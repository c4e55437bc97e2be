// What tusd makes of its command line, where a flag in `extra_args` beats the setting of that name.

import { goFlag } from './arguments.ts';
import type { Service } from './deployment.ts';
import type { Located } from './located.ts';

/** The directory it keeps uploads in; undefined where there is none. */
export function uploadDirectory({ processes, settings }: Service): Located<string> | undefined {
  const written = settings.upload_dir as Located<string> | undefined;
  const found = goFlag(processes[0]?.argv ?? [], 'upload-dir') ?? written;
  // The word of the setting holds the flag too; its own place is the better one.
  const directory = found?.value === written?.value ? written : found;
  return directory?.value === '' ? undefined : directory;
}
