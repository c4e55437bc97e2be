// What differs between the process that was wanted and the one that runs.

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Expected } from './places.ts';
import type { Seen } from './witness.ts';

/** Variables that systemd, supervisord and a shell in front of a program set by themselves. */
const managers =
  /^(LANG|PATH|HOME|USER|LOGNAME|SHELL|PWD|OLDPWD|SHLVL|_|INVOCATION_ID|SYSTEMD_EXEC_PID|NOTIFY_SOCKET|JOURNAL_STREAM|MANAGERPID|XDG_RUNTIME_DIR|DBUS_SESSION_BUS_ADDRESS|SUPERVISOR_[A-Z_]+)$/;

/**
 * What differs between the process that was wanted and the one that ran, or undefined.
 * @param whole false leaves out what Gravity does on purpose otherwise: its PATH, the variables of handlers
 */
export function compare(
  expected: Expected,
  seen: Seen | string | undefined,
  whole: boolean,
): string | undefined {
  if (typeof seen !== 'object') return `no process runs ${seen ?? ''}`;
  if (JSON.stringify(seen.argv) !== JSON.stringify(expected.argv)) {
    return `argv is ${shorten(seen.argv)}, not ${shorten(expected.argv)}`;
  }
  if (seen.cwd !== expected.cwd) return `cwd is ${shorten(seen.cwd)}, not ${shorten(expected.cwd)}`;
  for (const [name, value] of Object.entries(expected.env)) {
    if (!whole && (name === 'PATH' || (name === 'GALAXY_CONFIG_FILE' && !seen.env.has(name)))) continue;
    const found = seen.env.get(name);
    if (found !== value) return `${name} is ${shorten(found)}, not ${shorten(value)}`;
  }
  const stray = [...seen.env.keys()].filter((name) => !(name in expected.env) && !managers.test(name));
  if (whole && stray.length > 0) return `stray variables ${shorten(stray)}`;
  if (expected.logs !== undefined && !logsTo(expected.logs, seen))
    return `no log in ${shorten(expected.logs)}`;
  return undefined;
}

function logsTo(directory: string, seen: Seen): boolean {
  return readdirSync(directory).some((name) =>
    readFileSync(join(directory, name), 'utf8').includes(`witness ${seen.pid} writes to stdout`),
  );
}

function shorten(value: unknown): string {
  const text = JSON.stringify(value) ?? 'absent';
  return text.length > 400 ? `${text.slice(0, 200)}...${text.slice(-150)}` : text;
}
