// What nginx says of the files, in the places they are for: what it includes stands in a configuration of its own.

import type { Check, CheckFinding, OutputFile } from '../backend.ts';

// Busy or not: "nginx -t" does not mind.
const port = '127.0.0.1:64999';

export function checkFiles(files: readonly OutputFile[]): Check {
  const place = (ending: RegExp) => files.map(({ path }) => path).filter((path) => ending.test(path));
  const inside = place(/-(locations|interactivetools)\.conf$/);
  const outside = place(/\.conf$/).filter((path) => !inside.includes(path));
  const include = (path: string) => `include "files/${path}";\n`;
  const servers = inside.map(
    (path, index) => `server {\nlisten ${port};\nserver_name s${index};\n${include(path)}}\n`,
  );
  const configuration = [
    'pid nginx.pid;\nerror_log stderr;\nevents { }\nhttp {\naccess_log off;\n',
    ...['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (one) => `${one}_temp_path temporary/${one};\n`,
    ),
    ...outside.map(include),
    ...servers,
    '}\n',
  ].join('');
  return {
    by: 'nginx',
    commands: ['nginx', '/usr/sbin/nginx'].map((program) => [
      program,
      '-t',
      '-q',
      '-p',
      '{}',
      '-c',
      '{}/nginx.conf',
    ]),
    beside: { 'nginx.conf': configuration, 'temporary/folder': '' },
    copies: { 'mime.types': '/etc/nginx/mime.types', uwsgi_params: '/etc/nginx/uwsgi_params' },
    read: (status, said) => {
      const found = said.split('\n').flatMap((line) => readLine(line) ?? []);
      return status === 0 || found.some(({ severity }) => severity === 'error') || found.length > 0
        ? found
        : [{ severity: 'error', words: said.trim() || 'it gives no reason' }];
    },
  };
}

// Certificates, names, logs, ports and modules of the machine.
const ofTheMachine =
  /^(cannot load certificate|host not found in|open\(\) "(?!\{\}\/files)|bind\(\) to|BIO_new_file|unknown directive "upload_|SSL_CTX_|invalid number of arguments in "http2")|No such file or directory|Permission denied/;

function readLine(line: string): CheckFinding | undefined {
  const [, level, text = ''] = /\[(emerg|alert|crit|error|warn)\] (?:\d+#\d+: )?(.*)$/.exec(line) ?? [];
  if (level === undefined) return undefined;
  const [, before = text, file, number] = /^(.*) in (?:\{\}\/)?files\/([^:]+):(\d+)$/.exec(text) ?? [];
  const severity = level === 'warn' || ofTheMachine.test(text) ? 'warning' : 'error';
  return {
    severity,
    words: number ? `line ${number}: ${before}` : text,
    ...(file === undefined ? {} : { file }),
  };
}
