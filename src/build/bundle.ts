// The program as two files, one with every command and one with those that run all day; beside each the V8 code cache
// that makes its start cheap; and a loader that picks the file and joins the two.

import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  copyFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { type BuildOptions, build, type Plugin } from 'esbuild';

/**
 * Fills `folder`: `gxgen.cjs`, each `gxgen-HASH.js` with its cache for this Node, and the assets. A build that fails or is
 * interrupted leaves the last one as it was.
 */
export async function bundle(folder: string): Promise<void> {
  const dist = `${folder}.${process.pid}.tmp`;
  try {
    await fill(dist);
    rmSync(folder, { recursive: true, force: true });
    renameSync(dist, folder);
  } finally {
    rmSync(dist, { recursive: true, force: true });
  }
}

async function fill(dist: string): Promise<void> {
  mkdirSync(join(dist, 'schemas'), { recursive: true });
  for (const name of readdirSync('schemas')) copyFileSync(join('schemas', name), join(dist, 'schemas', name));

  const packages: Record<string, string> = {};
  for (const [name, entry] of Object.entries(apart)) {
    packages[name] = await program(
      dist,
      {
        ...options,
        entryPoints: [entry],
        footer: { js: onlyDefault },
        plugins: entry.startsWith('src/') ? [elsewhere] : [],
      },
      name,
    );
  }
  const everything = await program(dist, main([]));
  const everyday = await program(dist, main([onlyEveryday]));
  writeFileSync(join(dist, 'gxgen.cjs'), loader(everyday, { ...packages, everything }));
  chmodSync(join(dist, 'gxgen.cjs'), 0o755);
  warm(dist, ['render', example, '--target', 'systemd']);
  warm(dist, ['model', example]);
  warm(dist, ['validate', wholeOfYaml]);
}

/** Writes one `NAME-HASH.js`. @returns its name without the ending */
async function program(dist: string, how: BuildOptions, stem = 'gxgen'): Promise<string> {
  const { outputFiles } = await build({ ...how, write: false });
  // The wrapper is part of the file: joining a megabyte of text at every start costs a garbage collection.
  const code = `(function (exports, require, module, __filename, __dirname) {${outputFiles?.[0]?.text ?? ''}\n})`;
  // V8 trusts a cache for any source of the same length, so the name carries the content.
  const name = `${stem}-${createHash('sha256').update(code).digest('hex').slice(0, 16)}`;
  writeFileSync(join(dist, `${name}.js`), code);
  return name;
}

function main(plugins: readonly Plugin[]): BuildOptions {
  return {
    ...options,
    entryPoints: ['src/main.ts'],
    alias: { ...alias, 'node:module': './src/build/no-module.ts' },
    plugins: [elsewhere, ...plugins],
  };
}

// What runs in every deploy, commit and keystroke of an editor: its start does not pay for the rest.
const daily = ['render', 'validate'];
const managers = ['commands', 'supervisor', 'systemd'];
const formats = ['concise', 'text'];
const onlyEveryday: Plugin = {
  name: 'everyday',
  setup({ onLoad, onResolve }) {
    onLoad({ filter: /src\/commands\/index\.ts$/ }, ({ path }) =>
      shortList(path, 'commands', daily, (name) => `./${name}.ts`),
    );
    onLoad({ filter: /src\/backends\/index\.ts$/ }, ({ path }) =>
      shortList(path, 'backends', managers, (name) => `./${name}/index.ts`),
    );
    onLoad({ filter: /src\/report\/index\.ts$/ }, ({ path }) =>
      shortList(path, 'reporters', formats, (name) => `./${name}.ts`),
    );
    onLoad({ filter: /templates\.gen\.js$/ }, ({ path }) => ({ contents: ownTemplates(path) }));
    onLoad({ filter: /src\/rules\/.*\.ts$/ }, ({ path }) => ({
      contents: withoutExample(path),
      loader: 'ts',
    }));
    onLoad({ filter: /./, namespace: 'hand-over' }, ({ path }) => handOver(path));
    for (const file of Object.keys(handedOver)) {
      onResolve({ filter: new RegExp(`/${file}$`) }, () => ({ path: file, namespace: 'hand-over' }));
    }
  },
};

// The functions of these files begin the run anew with the whole program: old servers are read, files are fixed, and
// what follows from a slip of the pen is found out.
const handedOver: Readonly<Record<string, readonly string[]>> = {
  'consequences.ts': ['foldConsequences'],
  'legacy-instance.ts': ['readLegacyInstance'],
  'rounds.ts': ['fixAll'],
  'show.ts': ['showChanges'],
};

function handOver(file: string) {
  const functions = (handedOver[file] ?? []).map(
    (name) => `export function ${name}() { throw new HandOver(); }`,
  );
  return {
    contents: `import { HandOver } from './src/host/hand-over.ts';\n${functions.join('\n')}`,
    resolveDir: '.',
  };
}

/** A rule without what only `explain` and the longer reports tell of it. */
function withoutExample(path: string): string {
  return readFileSync(path, 'utf8').replace(/^ {2}example: \(\) => \(\{\n.*?^ {2}\}\),\n/ms, '');
}

/** The templates of these targets: an entry begins with its name at the start of a line. */
function ownTemplates(path: string): string {
  const entries = readFileSync(path, 'utf8').split(/^(?="[a-z]+\/)|^(?=\};$)/m);
  return entries
    .filter((one) => !/^"/.test(one) || managers.some((name) => one.startsWith(`"${name}/`)))
    .join('');
}

/** One of the project's lists of extensions with fewer of them. */
function shortList(path: string, list: string, names: readonly string[], file: (name: string) => string) {
  const imports = names.map((name) => `import { ${name} } from '${file(name)}';`).join('\n');
  return {
    contents: `${imports}\nexport const ${list} = [${names.join(', ')}];`,
    loader: 'ts' as const,
    resolveDir: dirname(path),
  };
}

// In files of their own, because few runs want them and every run would load them: yargs lays out help and completion,
// the compiler of handlebars reads --templates, the package yaml with what explains its errors reads YAML that is more
// than simple, and the texts of all codes are for who reports one.
const apart = {
  yargs: 'yargs',
  handlebars: 'handlebars',
  yaml: 'src/syntax/yaml-compose.ts',
  codes: 'src/diagnostics/codes.ts',
};
// What the others call of our own files among them.
const calls: Readonly<Record<string, readonly string[]>> = {
  yaml: ['composeYaml', 'yamlComments'],
  codes: ['codes'],
};
// As a package of the older form hands itself out.
const onlyDefault = 'module.exports = module.exports.default ?? module.exports;';
const elsewhere: Plugin = {
  name: 'apart',
  setup({ onLoad, onResolve, initialOptions }) {
    const own = [initialOptions.entryPoints].flat();
    for (const [name, file] of Object.entries(apart)) {
      if (own.includes(file)) continue;
      onResolve({ filter: new RegExp(`^(?:\\./)?${name}$`) }, () => ({ path: `./${name}`, external: true }));
      const functions = (calls[name] ?? []).map(
        (one) => `export const ${one} = (...given) => require('./${name}').${one}(...given);`,
      );
      if (functions.length > 0)
        onLoad({ filter: new RegExp(`/${file}$`) }, () => ({ contents: functions.join('\n') }));
    }
    onResolve({ filter: /^\.\/everything$/ }, ({ path }) => ({ path, external: true }));
  },
};

// What a package is replaced by in the bundle. The module forms of yaml and handlebars lose what nothing uses, and need
// no wrapper around each of their files.
const alias = {
  assert: './src/build/assert.ts',
  'handlebars/runtime.js': './node_modules/handlebars/lib/handlebars.runtime.js',
  'is-unsafe': './src/build/is-unsafe.ts',
  'string-width': './src/build/string-width.ts',
  yaml: './node_modules/yaml/browser/dist/index.js',
};

// Debug switches of the `yaml` package, which asks the environment for them at every token.
const unset = { 'process.env.LOG_TOKENS': 'undefined', 'process.env.LOG_STREAM': 'undefined' };

const options: BuildOptions = {
  bundle: true,
  format: 'cjs',
  platform: 'node',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'eof',
  logLevel: 'warning',
  // yargs asks where it lies; a bundle in the older module form has to be told. It also asks for the width of the
  // terminal, which opens the stream, and loads "assert" for two comparisons: both cost more than gxgen's own work.
  define: { 'import.meta.url': '__url', 'process.stdout.columns': 'undefined', ...unset },
  // Scripts have no loader for import().
  supported: { 'dynamic-import': false },
  banner: { js: "const __url = 'file://' + __filename;" },
  alias,
};

// Named in package.json and the README too.
const oldest = 20;

// The program text is ASCII, so reading it as latin1 is exact, and cheaper.
function loader(everyday: string, files: Readonly<Record<string, string>>): string {
  return `#!/usr/bin/env node
'use strict';
if (Number(process.versions.node.split('.')[0]) < ${oldest}) {
  process.stderr.write('gxgen: needs Node ${oldest} or later, and this is ' + process.version + ' (' + process.execPath + ')\\n');
  process.exit(2);
}
// Runs the program with the code cache that the build left beside it. The cache is an optimisation: without it, or
// under another Node, everything works and starts slower. It is never written here.
const { readFileSync } = require('node:fs');
const { Script } = require('node:vm');
const files = ${JSON.stringify(files)};
const loaded = Object.create(null);
function load(name) {
  if (loaded[name]) return loaded[name].exports;
  const file = __dirname + '/' + name;
  let cachedData;
  try {
    cachedData = readFileSync(file + '-' + process.version + '-' + process.arch + '.cache');
  } catch {}
  // Only its name: the cache keeps what it was made with, and that is a folder of the build.
  const script = new Script(readFileSync(file + '.js', 'latin1'), { filename: name + '.js', cachedData });
  if (process.gxgenWarm) process.gxgenWarm(name, script);
  const module = (loaded[name] = { exports: {} });
  const run = script.runInThisContext();
  run(module.exports, (id) => (id.startsWith('./') ? load(files[id.slice(2)]) : require(id)), module, file + '.js', __dirname);
  return module.exports;
}
// Help, and mistakes in these options, tell of everything there is.
const values = ${JSON.stringify({ '--target': managers, '--format': formats })};
function isDaily(word, at, argv) {
  if (word === '-h' || word === '--help') return false;
  const equals = word.indexOf('=');
  const [name, value] = equals < 0 ? [argv[at - 1], word] : [word.slice(0, equals), word.slice(equals + 1)];
  return !Object.hasOwn(values, name) || values[name].includes(value);
}
const argv = process.argv.slice(2);
load(${JSON.stringify(daily)}.includes(argv[0]) && argv.every(isDaily) ? '${everyday}' : files.everything);
`;
}

// A cache holds what was compiled when it was taken, so it is taken after real work, for each file that has none yet.
function warm(dist: string, argv: readonly string[]): void {
  const program = `
    const { existsSync, writeFileSync } = require('node:fs');
    const folder = ${JSON.stringify(dist)};
    process.gxgenWarm = (name, script) => {
      const file = folder + '/' + name + '-' + process.version + '-' + process.arch + '.cache';
      if (!existsSync(file)) process.on('exit', () => writeFileSync(file, script.createCachedData()));
    };
    process.argv = [process.argv[0], 'gxgen', ...${JSON.stringify(argv)}];
    require(require('node:path').resolve(folder, 'gxgen.cjs'));`;
  const { status, stderr } = spawnSync(process.execPath, ['-e', program], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`gxgen ${argv.join(' ')} fails: ${stderr}`);
}

/** A configuration that yaml-simple.ts leaves to the package. */
const wholeOfYaml = 'fixtures/validate-whole-of-yaml/in/galaxy.yml';

/** The configuration that `npm start` renders. */
export const example = 'fixtures/render-production/in/config/galaxy.yml';
