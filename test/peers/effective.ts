// What an administrator gets, whoever wrote the files: one flat record a process (or target), so that two writers can
// be compared field by field and nothing that stands in a file falls through.

/** Fields by name: `argv` (JSON), `env.NAME`, `cwd`, `umask`, `memoryMax` in bytes, `directive.Type` for the rest. */
export interface Effective {
  /** How it is addressed: `galaxy-gunicorn.service`, `galaxy.target`, `main:gunicorn0`. */
  readonly id: string;
  readonly fields: ReadonlyMap<string, string>;
}

export type Target = 'systemd' | 'supervisor';

/** A list of words as one field. */
export function words(argv: readonly string[]): string {
  return JSON.stringify(argv);
}

/**
 * `/usr/bin/env NAME=value... program args` starts the program with these variables: undoes it and says so in
 * `wrapper`, the field that the list of differences explains.
 */
export function unwrap(
  argv: readonly string[],
  set: (field: string, value: string) => void,
): readonly string[] {
  if (argv[0] !== '/usr/bin/env') return argv;
  let at = argv[1] === '--' ? 2 : 1;
  for (; at < argv.length; at++) {
    const word = argv[at] ?? '';
    const equals = word.indexOf('=');
    if (equals < 1) break;
    set(`env.${word.slice(0, equals)}`, word.slice(equals + 1));
  }
  set('wrapper', '/usr/bin/env');
  return argv.slice(at);
}

/** `022`, `22` and `0022` are one mask. */
export function mask(text: string): string {
  return /^[0-7]+$/.test(text) ? `0${(Number.parseInt(text, 8) & 0o777).toString(8).padStart(3, '0')}` : text;
}
