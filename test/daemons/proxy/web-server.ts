// The real nginx and the real Apache in a sandbox, each with as little of its own around the generated files as it can
// be started with.

import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause, until } from '../command.ts';
import type { Sandbox } from '../sandbox.ts';

export type Kind = 'nginx' | 'apache';

export interface WebServer {
  readonly kind: Kind;
  /** Bytes on the disk where it puts bodies aside, in files whose names are gone as well. */
  aside(): Promise<number>;
  /** Resident memory of all its processes, in bytes. */
  memory(): Promise<number>;
  /** What it wrote to its error log. */
  errors(): string;
  /** Takes over changed files. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

/** What is put around the generated text. */
export interface Setup {
  /** A folder of its own. */
  readonly folder: string;
  /** At the http level of nginx, at the server level of Apache. */
  readonly text: string;
  /** Ports that only Apache has to be told apart from the virtual hosts. */
  readonly ports: readonly number[];
  /** What the generated file says that Apache has to load, beside what Debian always does. */
  readonly modules: readonly string[];
}

/** The whole configuration, written to a file; both `-t` and the server itself take it. */
export function writeConfiguration(kind: Kind, setup: Setup): string {
  for (const name of ['temp', 'logs']) mkdirSync(join(setup.folder, name), { recursive: true });
  // nginx looks for what a file includes beside the main one.
  if (kind === 'nginx')
    for (const name of ['mime.types', 'uwsgi_params'])
      copyFileSync(join('/etc/nginx', name), join(setup.folder, name));
  const conf = join(setup.folder, `${kind}.conf`);
  writeFileSync(conf, kind === 'nginx' ? nginxText(setup) : apacheText(setup));
  return conf;
}

/** The command line of the program with a configuration. */
export function commandLine(kind: Kind, conf: string, ...more: string[]): string[] {
  return kind === 'nginx' ? ['nginx', '-c', conf, ...more] : ['apache2', '-f', conf, ...more];
}

/** Starts it as a daemon; throws what it says where it does not start. */
export async function startWebServer(box: Sandbox, kind: Kind, setup: Setup): Promise<WebServer> {
  const conf = writeConfiguration(kind, setup);
  const { folder } = setup;
  const pidFile = join(folder, 'pid');
  const errors = () => {
    const log = join(folder, 'logs/error.log');
    return existsSync(log) ? readFileSync(log, 'utf8') : '';
  };
  const control = async (...words: string[]) => {
    const { status, stdout, stderr } = await box.run(commandLine(kind, conf, ...words));
    if (status !== 0) throw new Error(`${kind}: status ${status}\n${stdout}${stderr}${errors()}`);
  };
  // A disk of its own for what is put aside: nginx removes the names of such files at once.
  await box.output(['mount', '-t', 'tmpfs', 'tmpfs', join(folder, 'temp')]);
  await control();
  const pid = await until(`the pid of ${kind}\n${errors()}`, () => {
    const text = existsSync(pidFile) ? readFileSync(pidFile, 'utf8').trim() : '';
    return text === '' ? undefined : text;
  });
  return {
    kind,
    async aside() {
      const used = await box.output(['df', '--block-size=1', '--output=used', join(folder, 'temp')]);
      return Number(used.split('\n')[1]);
    },
    async memory() {
      const pages = await box.output(['sh', '-c', 'cat /proc/[0-9]*/stat 2>/dev/null || true']);
      const mine = pages
        .split('\n')
        .filter((line) => line.includes(`(${kind === 'nginx' ? 'nginx' : 'apache2'})`));
      return mine.reduce((sum, line) => sum + Number(line.replace(/^.*\) /, '').split(' ')[21]) * 4096, 0);
    },
    errors,
    async reload() {
      await (kind === 'nginx' ? control('-s', 'reload') : control('-k', 'graceful'));
      await pause(500);
    },
    async stop() {
      await box.run(['kill', '-TERM', pid]);
      await until(`the end of ${kind}`, async () =>
        (await box.run(['kill', '-0', pid])).status === 0 ? undefined : true,
      );
    },
  };
}

function nginxText({ folder, text }: Setup): string {
  return [
    'user www-data;',
    'worker_processes 2;',
    `pid ${folder}/pid;`,
    `error_log ${folder}/logs/error.log info;`,
    'events { worker_connections 2048; }',
    'http {',
    '  include mime.types;',
    '  default_type application/octet-stream;',
    '  access_log off;',
    ...['client_body', 'proxy', 'uwsgi', 'fastcgi', 'scgi'].map(
      (name) => `  ${name}_temp_path ${folder}/temp/${name};`,
    ),
    text,
    '}',
    '',
  ].join('\n');
}

/** What Debian's package enables when it is installed. */
const usual = [
  ...[
    'access_compat',
    'alias',
    'auth_basic',
    'authn_core',
    'authn_file',
    'authz_core',
    'authz_host',
    'authz_user',
  ],
  ...[
    'autoindex',
    'deflate',
    'dir',
    'env',
    'filter',
    'mime',
    'mpm_event',
    'negotiation',
    'reqtimeout',
    'setenvif',
  ],
  'status',
];

function apacheText({ folder, text, ports, modules }: Setup): string {
  const load = withDependencies([...usual, ...modules]);
  return [
    `ServerRoot "${folder}"`,
    'ServerName localhost',
    `PidFile "${folder}/pid"`,
    `Mutex file:${folder}/temp`,
    `DefaultRuntimeDir "${folder}/temp"`,
    'User www-data',
    'Group www-data',
    `ErrorLog "${folder}/logs/error.log"`,
    'LogLevel warn',
    ...load.map((name) => `Include ${loadFile(name)}`),
    'TypesConfig /etc/mime.types',
    ...ports.map((port) => `Listen 127.0.0.1:${port}`),
    'StartServers 2',
    // Debian's own, without which nothing outside a Directory section is refused.
    '<Directory />\n  Options FollowSymLinks\n  AllowOverride None\n  Require all denied\n</Directory>',
    text,
    '',
  ].join('\n');
}

// What a2enmod would enable with them, by the comments in Debian's own files.
function withDependencies(modules: readonly string[]): string[] {
  const all = new Set<string>();
  const add = (name: string) => {
    if (all.has(name)) return;
    const [, depends = ''] = /^# Depends: *(.*)$/m.exec(readFileSync(loadFile(name), 'utf8')) ?? [];
    for (const one of depends.split(/ +/)) if (one !== '') add(one);
    all.add(name);
  };
  for (const name of modules) add(name);
  return [...all];
}

function loadFile(module: string): string {
  return `/etc/apache2/mods-available/${module}.load`;
}
