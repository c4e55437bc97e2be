// What lies on the disk of a tried server: static files, their neighbours that nobody may get, datasets, certificates.

import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { output } from '../command.ts';
import { folder } from '../scratch.ts';
import { host, type Places, toolsHost } from './scenario.ts';

/** A dataset of a size that no buffer holds by chance, with every byte in it. */
export const dataset = Buffer.from(Array.from({ length: 1_000_003 }, (_, at) => (at * 7 + (at >> 8)) & 255));

/** A style sheet that is worth to be compressed. */
export const bigText = 'body { color: black }\n'.repeat(1000);

/** Content that must never be served; tests look for it in every answer. */
export const secret = 'id_secret of this very server';

/** Files below the Galaxy root, by path. */
const rootFiles: Readonly<Record<string, string>> = {
  'static/welcome.html': '<h1>welcome</h1>',
  'static/favicon.ico': 'the icon',
  'static/robots.txt': 'User-agent: *\nDisallow: /\n',
  'static/style/base.css': 'body { color: black }',
  'static/style/big.css': bigText,
  // Where Galaxy had them up to 18.09.
  'static/style/blue/base.css': 'body { color: black }',
  'static/style/blue/big.css': bigText,
  'static/dist/module.mjs': 'export const answer = 42;',
  'static/dist/name with space.js': 'void 0;',
  'static/.git/config': secret,
  'static/dist/.env': secret,
  'static_old/x.txt': secret,
  'config/galaxy.yml': secret,
  'config/plugins/visualizations/charts/static/logo.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'config/plugins/visualizations/charts/charts_bar/static/script.js': 'void 1;',
  'config/plugins/visualizations/charts/config/charts.xml': secret,
  'config/plugins/visualizations/charts/staticx/secret.txt': secret,
  'staged/overview.js': 'void 2;',
};

/** Writes everything that a server has on its disk beside its configuration. */
export function writeFiles({ root, data, run, base }: Places): void {
  const write = (path: string, content: string | Buffer) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content);
  };
  for (const [name, text] of Object.entries(rootFiles)) write(join(root, name), text);
  // Galaxy stages the assets of plugins as links.
  const link = join(root, 'static/plugins/visualizations/overview/static');
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(join(root, 'staged'), link);
  write(join(data, 'objects/000/dataset_1.dat'), dataset);
  write(join(data, 'objects/000/a b ü#1.txt'), 'odd name');
  write(join(data, 'objects_private/dataset_2.dat'), secret);
  write(join(base, 'secret.txt'), secret);
  for (const name of [run, join(data, 'tus'), join(data, 'tmp'), join(base, 'log')])
    mkdirSync(name, { recursive: true });
  chmodSync(run, 0o755);
}

let made: Promise<{ certificate: string; key: string }> | undefined;

/** One certificate for all servers of a run: the name and the wildcard of the interactive tools. */
export function certificate(): Promise<{ certificate: string; key: string }> {
  made ??= (async () => {
    const at = folder('certificates');
    const [cert, key] = [join(at, 'galaxy.crt'), join(at, 'galaxy.key')];
    await output([
      ...['openssl', 'req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'],
      ...['-days', '2', '-subj', `/CN=${host}`, '-addext', `subjectAltName=DNS:${host},DNS:*.${toolsHost}`],
      ...['-keyout', key, '-out', cert],
    ]);
    return { certificate: cert, key };
  })();
  return made;
}
