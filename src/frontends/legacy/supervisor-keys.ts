// The keys that supervisor knows in a program; it passes over all others.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import type { IniSection } from '../../syntax/ini.ts';
import { suggest } from '../../text/suggest.ts';

const knownKeys = [
  ...['command', 'process_name', 'numprocs', 'numprocs_start', 'priority', 'autostart', 'autorestart'],
  ...['startsecs', 'startretries', 'exitcodes', 'stopsignal', 'stopwaitsecs', 'stopasgroup', 'killasgroup'],
  ...['user', 'redirect_stderr', 'directory', 'umask', 'environment', 'serverurl'],
  ...['stdout', 'stderr'].flatMap((one) =>
    ['logfile', 'logfile_maxbytes', 'logfile_backups', 'capture_maxbytes', 'events_enabled', 'syslog'].map(
      (key) => `${one}_${key}`,
    ),
  ),
];

/** Reports each key of a program that has no effect. */
export function reportUnknownKeys({ values }: IniSection, report: Report): void {
  for (const [key, { key: span }] of values) {
    if (knownKeys.includes(key)) continue;
    const near = suggest(key, knownKeys);
    report(
      problem(
        'GX192',
        `supervisor knows no key "${key}" in a program${near ? `; did you mean "${near}"?` : ''}`,
        span,
        {
          why: 'it passes over it without a word',
          help: near ? `rename it to "${near}"` : 'remove the line',
        },
      ),
    );
  }
}
