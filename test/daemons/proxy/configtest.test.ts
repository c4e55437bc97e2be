// Every fixture with output for nginx or Apache, judged by the program that has to take it: nginx -t and the config test of Apache, on
// a copy of the machine in which everything is there that the fixture names.

import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import * as assert from 'uvu/assert';
import { listCases } from '../../helpers/case.ts';
import { listFiles } from '../../helpers/sources.ts';
import { type Need, sandboxed, suiteNeeding } from '../needs.ts';
import { inSandbox, type Sandbox } from '../sandbox.ts';
import { folder } from '../scratch.ts';
import { around, modulesOf, type Part, partOf } from './placing.ts';
import { parse, walk } from './scan/syntax.ts';
import { certificate } from './site-files.ts';
import { commandLine, type Kind, writeConfiguration } from './web-server.ts';

interface Output {
  readonly fixture: string;
  /** Texts by part, of one instance. */
  readonly parts: ReadonlyMap<Part, string>;
}

for (const kind of ['nginx', 'apache'] as const) {
  const { test, run } = suiteNeeding(`${kind} takes every fixture`, ...sandboxed, kind satisfies Need);
  test(`the config test of ${kind}`, async () => {
    const outputs = listCases('fixtures').flatMap((name) => outputsOf(name, kind));
    assert.ok(outputs.length > 0, 'no fixture has output for it');
    const wrong: string[] = [];
    await inSandbox('idle', async (box) => {
      for (const [number, output] of outputs.entries()) {
        const said = await configtest(box, kind, output, String(number));
        if (said !== undefined) wrong.push(`${output.fixture}: ${said}`);
      }
    });
    assert.equal(wrong, []);
    process.stdout.write(`${kind}: ${outputs.length} outputs of fixtures pass\n`);
  });
  run();
}

/** What a fixture expects to be written for a web server: below out/, or on stdout. */
function outputsOf(fixture: string, kind: Kind): Output[] {
  const home = join('fixtures', fixture);
  const { argv, exit } = JSON.parse(readFileSync(join(home, 'case.json'), 'utf8')) as {
    argv: string[];
    exit: number;
  };
  const targets = argv
    .filter((_, at) => argv[at - 1] === '--target')
    .filter((one) => one === 'nginx' || one === 'apache');
  if (exit !== 0 || argv[0] !== 'render' || !targets.includes(kind)) return [];
  const out = join(home, 'out');
  const files = listFiles(out).map(
    (path) => [path.slice(out.length + 1), readFileSync(path, 'utf8')] as const,
  );
  const found = files.length > 0 ? files : printed(join(home, 'stdout'));
  const instances = new Map<string, Map<Part, string>>();
  for (const [path, text] of found) {
    const part = partOf(path);
    const other = kind === 'nginx' ? 'apache' : 'nginx';
    if (part === undefined || path.startsWith(`${other}/`)) continue;
    const base = path.replace(/-[a-z]+\.conf$/, '');
    if (!instances.has(base)) instances.set(base, new Map());
    instances.get(base)?.set(part, text);
  }
  return [...instances.values()].map((parts) => ({ fixture, parts }));
}

function printed(path: string): (readonly [string, string])[] {
  const text = readFileSync(path, 'utf8');
  const sections = text.split(/^==> (.*) <==\n/m);
  // One file is printed as it is, and what it is stands in it.
  if (sections.length === 1) return [['galaxy-site.conf', text]];
  return sections
    .slice(1)
    .flatMap((name, at, all) => (at % 2 === 0 ? [[name, all[at + 1] ?? ''] as const] : []));
}

/** What the program says against the files, if anything. */
async function configtest(
  box: Sandbox,
  kind: Kind,
  { parts }: Output,
  name: string,
): Promise<string | undefined> {
  const home = folder('configtest', kind, name);
  const paths = new Map<Part, string>();
  for (const [part, text] of parts) {
    paths.set(part, join(home, `${part}.conf`));
    writeFileSync(join(home, `${part}.conf`), text);
  }
  const texts = [...parts.values()];
  const conf = writeConfiguration(kind, {
    folder: home,
    text: around(kind, paths, { name: 'galaxy.example.org', tools: '*.tools.example.org' }),
    ports: [80, 443],
    modules: modulesOf(texts),
  });
  const staged = `/tmp/staged-${name}`;
  await box.output(['sh', '-c', stage, 'sh', staged, home]);
  const { certificate: cert, key } = await certificate();
  for (const path of texts.flatMap(kind === 'nginx' ? namedInNginx : namedInApache)) {
    const at = join(staged, path.name);
    await box.output(['mkdir', '-p', path.kind === 'folder' ? at : dirname(at)]);
    const from = { certificate: cert, key, file: '/dev/null', folder: '' }[path.kind];
    if (from !== '') await box.output(['cp', '--no-preserve=all', from, at]);
  }
  const { status, stdout, stderr } = await box.run(['chroot', staged, ...commandLine(kind, conf, '-t')]);
  return status === 0 ? undefined : `${stdout}${stderr}`;
}

// All of the machine, with every change in a folder of its own.
const stage = [
  'mkdir -p "$1" "$1.upper" "$1.work"',
  'mount -t overlay overlay -o "lowerdir=/,upperdir=$1.upper,workdir=$1.work" "$1"',
  'mkdir -p "$1$2" && mount --bind "$2" "$1$2" && mount --bind /dev "$1/dev"',
].join(' && ');

interface Named {
  readonly name: string;
  readonly kind: 'certificate' | 'key' | 'file' | 'folder';
}

const needed: Readonly<Record<string, Named['kind']>> = {
  ssl_certificate: 'certificate',
  ssl_certificate_key: 'key',
  sslcertificatefile: 'certificate',
  sslcertificatekeyfile: 'key',
  ssl_dhparam: 'file',
  ssl_trusted_certificate: 'certificate',
  auth_basic_user_file: 'file',
  authuserfile: 'file',
  access_log: 'file',
  error_log: 'file',
  errorlog: 'file',
  customlog: 'file',
  documentroot: 'folder',
  upload_store: 'folder',
};

function namedInNginx(text: string): Named[] {
  return [...walk(parse(text))].flatMap(({ directive: { name, args } }) => named(name, args[0]));
}

function namedInApache(text: string): Named[] {
  return text.split('\n').flatMap((line) => {
    const [, name = '', quoted, plain] = /^\s*(\w+)\s+(?:"((?:\\.|[^"\\])*)"|(\S+))/.exec(line) ?? [];
    return named(name, quoted?.replace(/\\(["\\])/g, '$1') ?? plain);
  });
}

function named(directive: string, path: string | undefined): Named[] {
  const kind = needed[directive.toLowerCase()];
  return kind && path?.startsWith('/') ? [{ name: path, kind }] : [];
}
