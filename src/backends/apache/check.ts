// What Apache says of the files, in the places they are for: what it includes stands in a configuration of its own.

import type { Check, CheckFinding, OutputFile } from '../backend.ts';

// What a server has before it is told anything.
const usual = [
  'mpm_event',
  'authz_core',
  'authz_host',
  'authz_user',
  'auth_basic',
  'authn_core',
  'authn_file',
  'env',
  'setenvif',
  'dir',
  'mime',
  'alias',
  'filter',
  'reqtimeout',
  'unixd',
  'log_config',
];
// Of Debian and of Red Hat.
const folders = ['/usr/lib/apache2/modules', '/usr/lib64/httpd/modules'];

export function checkFiles(files: readonly OutputFile[]): Check {
  const place = (ending: RegExp) => files.map(({ path }) => path).filter((path) => ending.test(path));
  const inside = place(/-(locations|interactivetools)\.conf$/);
  const outside = place(/\.conf$/).filter((path) => !inside.includes(path));
  const named = files.flatMap(({ text }) =>
    [...text.matchAll(/^# a2enmod (.*)$/gm)].flatMap(([, list = '']) => list.split(' ')),
  );
  const modules = [...new Set([...usual, ...named])].flatMap((name) =>
    folders.map(
      (folder) =>
        `<IfFile "${folder}/mod_${name}.so">\n<IfModule !${name}_module>\nLoadModule ${name}_module "${folder}/mod_${name}.so"\n</IfModule>\n</IfFile>\n`,
    ),
  );
  const include = (path: string) => `Include "{}/files/${path}"\n`;
  const hosts = inside.map(
    (path, index) => `<VirtualHost 127.0.0.1:64999>\nServerName s${index}\n${include(path)}</VirtualHost>\n`,
  );
  return {
    by: 'Apache',
    commands: ['apache2', '/usr/sbin/apache2', 'httpd'].map((program) => [
      program,
      '-t',
      '-f',
      '{}/apache.conf',
    ]),
    beside: {
      'apache.conf': [
        'ServerRoot "{}"\nServerName localhost\nPidFile "{}/pid"\nErrorLog "{}/error.log"\nDefaultRuntimeDir "{}"\n',
        ...modules,
        'TypesConfig /dev/null\n',
        ...outside.map(include),
        ...hosts,
      ].join(''),
    },
    copies: {},
    read: (status, said) => {
      if (status === 0) return readWarnings(said);
      const [, number, path, words] = /Syntax error on line (\d+) of \{\}\/(\S+):\s*\n(.*)/.exec(said) ?? [];
      const text = words ?? (said.trim() || 'it gives no reason');
      const file = path?.startsWith('files/') ? path.slice('files/'.length) : undefined;
      return [
        {
          severity: ofTheMachine.test(text) ? 'warning' : 'error',
          words: number && file ? `line ${number}: ${text}` : text,
          ...(file === undefined ? {} : { file }),
        },
      ];
    },
  };
}

// Certificates, files and modules of the machine.
const ofTheMachine =
  /does not exist or is empty|No such file or directory|Permission denied|Invalid command '(XSendFile|SSL|H2)[^']*', perhaps|Cannot load|Unable to open/;

function readWarnings(said: string): CheckFinding[] {
  return said
    .split('\n')
    .filter((line) => /Warning:/.test(line))
    .map((line) => ({ severity: 'warning', words: line.replace(/^AH\d+: |^.*?Warning: /g, '').trim() }));
}
