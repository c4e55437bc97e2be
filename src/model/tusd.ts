// What tusd makes of its command line. Its flags are those of Go: one dash or two, the value glued on with "=" or the
// next word, and the last one counts; so one in `extra_args` beats the setting of that name.

import type { Endpoint, Service } from './deployment.ts';
import { tcpEndpoint } from './endpoints.ts';
import type { Located } from './located.ts';
import type { TusdSettings } from './settings.ts';

/** Where it listens: a socket, where it is given one, instead of a port. */
export function tusdEndpoint(
  { host, port }: Pick<TusdSettings, 'host' | 'port'>,
  extra: readonly Located<string>[],
): Endpoint {
  const socket = lastFlag(extra, 'unix-sock');
  if (socket && socket.value !== '') return { kind: 'unix', path: socket.value, origin: socket };
  const digits = lastFlag(extra, 'port');
  const given = digits && /^\d{1,5}$/.test(digits.value) ? { ...digits, value: Number(digits.value) } : port;
  return tcpEndpoint(lastFlag(extra, 'host') ?? host, given);
}

/** The directory it keeps uploads in; undefined where there is none. */
export function uploadDirectory({ processes, settings }: Service): Located<string> | undefined {
  const written = settings.upload_dir as Located<string> | undefined;
  const found = lastFlag(processes[0]?.argv ?? [], 'upload-dir') ?? written;
  // The word of the setting holds the flag too; its own place is the better one.
  const directory = found?.value === written?.value ? written : found;
  return directory?.value === '' ? undefined : directory;
}

function lastFlag(words: readonly Located<string>[], name: string): Located<string> | undefined {
  let last: Located<string> | undefined;
  for (const [index, { value, origin }] of words.entries()) {
    const bare = value.startsWith('--') ? value.slice(2) : value.startsWith('-') ? value.slice(1) : undefined;
    if (bare === name) last = words[index + 1] ?? last;
    else if (bare?.startsWith(`${name}=`)) last = { value: bare.slice(name.length + 1), origin };
  }
  return last;
}
