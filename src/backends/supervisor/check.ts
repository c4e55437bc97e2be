// What supervisor's own reader says of programs. supervisord has no option for that, so its Python module is asked.

import type { Check, OutputFile } from '../backend.ts';

// Accounts and folders are the target machine's: they are told, and the reading goes on. The rest ends it.
const script = `
import os, sys
try:
    from supervisor import datatypes, options
except ImportError:
    sys.exit(77)
known = datatypes.name_to_uid
def user(name):
    try:
        return known(name)
    except ValueError:
        print("there is no account %s" % name, file=sys.stderr)
        return os.geteuid()
def folder(path):
    full = os.path.expanduser(path)
    if os.path.dirname(full) and not os.path.isdir(os.path.dirname(full)):
        print("there is no folder %s" % os.path.dirname(full), file=sys.stderr)
    return full
options.name_to_uid = user
options.existing_dirpath = datatypes.existing_dirpath = folder
options.ServerOptions().realize(["-c", sys.argv[1], "-n"])
`;

export function checkPrograms(files: readonly OutputFile[]): Check {
  const main = files.find(({ path }) => path === 'supervisord.conf');
  const place = main ? `{}/files/${main.path}` : '{}/supervisord.conf';
  return {
    by: 'supervisor',
    // Debian's supervisor lies with its own Python, which need not be the first one. Isolated: nothing is imported from
    // the current directory.
    commands: ['/usr/bin/python3', 'python3'].map((python) => [python, '-I', '-c', script, place]),
    beside: main ? {} : { 'supervisord.conf': '[supervisord]\n\n[include]\nfiles = files/*.conf\n' },
    copies: {},
    read: (status, said) => {
      if (status === 77) return undefined;
      const lines = said
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== '' && !/^For help, use|UserWarning|^self\.warnings\.warn/.test(line));
      const hints = lines.filter((line) => line.startsWith('there is no '));
      const errors = lines.filter((line) => !line.startsWith('there is no '));
      return [
        ...(status === 0
          ? []
          : [
              {
                severity: 'error' as const,
                words: (
                  errors.find((line) => line.startsWith('Error:')) ??
                  errors.at(-1) ??
                  'it gives no reason'
                ).replace(/^Error: /, ''),
              },
            ]),
        ...[...new Set(hints)].map((words) => ({ severity: 'warning' as const, words })),
      ];
    },
  };
}
