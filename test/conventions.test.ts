// The order of the house: who may import whom, who may touch the machine, and that every extension is in its list.

import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type Import, listFiles, readSource, type SourceFile } from './helpers/sources.ts';

const test = suite('conventions');
const sources = listFiles('src', '.ts')
  .filter((path) => !path.endsWith('.d.ts'))
  .map(readSource);
const product = sources.filter(({ path }) => !path.startsWith('src/build/'));

// A file imports from lower levels only, and from its own folder.
const levels: Readonly<Record<string, number>> = {
  'version.ts': 0,
  text: 0,
  diagnostics: 1,
  host: 1,
  model: 2,
  syntax: 2,
  schema: 3,
  frontends: 4,
  rules: 4,
  backends: 4,
  deploy: 5,
  fix: 5,
  pipeline: 5,
  'pipeline.ts': 5.5,
  // Reads both sides with the pipeline, and masks what it prints as reports do.
  migrate: 5.6,
  policy: 5,
  report: 5,
  commands: 6,
  'cli.ts': 7,
  'main.ts': 8,
  build: 9,
};
// What may be imported from the same level all the same.
const shared: Readonly<Record<string, string>> = {
  'src/syntax/tree.ts': 'the tree is the form in which values travel from syntax to everything else',
  'src/model/paths.ts': 'arithmetic on path names, of which there is one kind',
};

const extensionFolders = ['frontends', 'rules', 'backends'];
const lists = [...extensionFolders, 'report', 'commands'].map((folder) => `src/${folder}/index.ts`);

// Node's own modules, outside main.ts and the build.
const nodeModules: Readonly<Record<string, string>> = {
  'src/deploy/digest.ts node:crypto': 'the hash of installed files, loaded by who compares with them',
  'src/deploy/digest.ts node:module': 'loads it',
  'src/schema/templates.ts node:module': 'loads the compiler of handlebars for --templates only',
  'src/syntax/yaml-package.ts node:module': 'loads the package for files that need the whole of YAML',
  'src/report/sarif-limits.ts node:module': 'loads the compressor for a report of megabytes only',
  'src/report/sarif-limits.ts node:zlib': 'the type of the compressor',
};

// Longer than 300 lines, with the reason.
const longFiles: Readonly<Record<string, string>> = {
  'src/diagnostics/codes.ts': 'a table',
  'src/rules/index.ts': 'a list of rules',
};

function folderOf(path: string): string {
  return path.split('/')[1] ?? '';
}

function levelOf(path: string): number {
  return levels[folderOf(path)] ?? assert.unreachable(`${path} has no level`) ?? -1;
}

/** Imports of other files of src: package.json, for the version, lies outside. */
function inside({ imports }: SourceFile): (Import & { target: string })[] {
  return imports.flatMap((one) => (one.target?.startsWith('src/') ? [{ ...one, target: one.target }] : []));
}

/** The package of a bare specifier: `handlebars/runtime.js` is of `handlebars`. */
function packageOf(specifier: string): string {
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

test('every file has a level, and imports from lower ones', () => {
  const wrong = sources.flatMap((file) =>
    inside(file)
      .filter(({ target }) => folderOf(target) !== folderOf(file.path))
      .filter(({ target }) => {
        const above = levelOf(target) - levelOf(file.path);
        return target in shared ? above > 0 : above >= 0;
      })
      .map(({ target }) => `${file.path} imports ${target}`),
  );
  assert.is(wrong.join('\n'), '');
});

test('nothing imports src/build', () => {
  const wrong = product.filter((file) => inside(file).some(({ target }) => target.startsWith('src/build/')));
  assert.is(wrong.map(({ path }) => path).join('\n'), '');
});

test('an import names a file that exists, with its ending', () => {
  const paths = new Set(listFiles('src'));
  const wrong = sources.flatMap((file) =>
    inside(file)
      .filter(({ target }) => !paths.has(target) && !target.endsWith('.gen.js'))
      .map(({ target }) => `${file.path} imports ${target}`),
  );
  assert.is(wrong.join('\n'), '');
});

// An extension is what a list names: a file, or a folder by its index.ts.
for (const folder of extensionFolders) {
  const home = `src/${folder}/`;
  const index = sources.find(({ path }) => path === `${home}index.ts`);
  const files = sources.filter(({ path }) => path.startsWith(home));
  const listed = index
    ? inside(index)
        .filter((one) => !one.typeOnly)
        .map(({ target }) => target)
    : [];
  /** The folder or file of an extension, as in `src/backends/systemd/` or `src/rules/pool-missing.ts`. */
  const own = (path: string) => path.slice(0, `${home}${path.slice(home.length).split('/')[0]}`.length);
  const extensions = new Set(listed.map(own));

  test(`${folder}: no extension imports another`, () => {
    const wrong = files
      .filter(({ path }) => path !== index?.path)
      .flatMap((file) =>
        inside(file)
          .filter(({ target }) => own(target) !== own(file.path))
          .filter(
            ({ target }) => target.startsWith(home) && (extensions.has(own(target)) || isFolder(target)),
          )
          .map(({ target }) => `${file.path} imports ${target}`),
      );
    assert.is(wrong.join('\n'), '');
  });

  test(`${folder}: every file is in the list, or used by one that is`, () => {
    if (!index && folder === 'frontends') return;
    const reached = new Set<string>([`${home}index.ts`]);
    for (const path of reached) {
      const file = files.find((one) => one.path === path);
      for (const { target } of file ? inside(file) : []) if (target.startsWith(home)) reached.add(target);
    }
    const lost = files.map(({ path }) => path).filter((path) => !reached.has(path));
    assert.is(lost.join('\n'), '');
  });

  function isFolder(target: string): boolean {
    return target.slice(home.length).includes('/');
  }
}

for (const path of lists) {
  const file = sources.find((one) => one.path === path);
  if (!file) continue;
  test(`${path} is a sorted list`, () => {
    const names = /\[([\w\s,]*)\];/
      .exec(file.code)?.[1]
      ?.split(',')
      .map((name) => name.trim())
      .filter((name) => name !== '');
    assert.ok(names && names.length > 0, 'no list of names');
    assert.equal(
      names,
      names?.toSorted((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1)),
    );
  });
}

// Types cost nothing at run time; they may be imported wherever the package may.
test('each package has one importing file', () => {
  const allowed: Readonly<Record<string, RegExp>> = {
    ajv: /^src\/schema\//,
    diff: /^src\/text\/patch\.ts$/,
    'fast-xml-parser': /^src\/syntax\/xml[\w-]*\.ts$/,
    handlebars: /^src\/schema\/templates\.ts$/,
    yaml: /^src\/syntax\/yaml[\w-]*\.ts$/,
    yargs: /^src\/cli\.ts$/,
  };
  const importers = new Map<string, Set<string>>();
  for (const { path, imports } of product) {
    for (const { specifier, target, typeOnly } of imports) {
      if (target !== undefined || specifier.startsWith('node:')) continue;
      const name = packageOf(specifier);
      assert.ok(allowed[name], `${path} imports "${name}", which is not on the list`);
      assert.match(path, allowed[name] ?? /^$/, `"${name}" is not imported there`);
      if (!typeOnly) importers.set(name, (importers.get(name) ?? new Set()).add(path));
    }
  }
  for (const [name, paths] of importers) assert.is([...paths].join(' and '), [...paths][0], name);
});

test('only main.ts and the build touch the machine', () => {
  // `process` is also a word of the model: a file that uses it as a name of its own may read its `env` and `argv`.
  const always =
    /\bprocess\.(exit|exitCode|stdout|stderr|stdin|platform|pid|hrtime|memoryUsage|nextTick|on|version)\b|\bprocess\.cwd\(/;
  const unlessOwn = /\bprocess\.(env|argv|cwd)\b/;
  const own = /\bprocess\b(?!\.)/;
  const wrong = product
    .filter(({ path }) => path !== 'src/main.ts')
    .flatMap(({ path, code, imports }) => [
      ...imports
        .filter(({ specifier }) => specifier.startsWith('node:') && !(`${path} ${specifier}` in nodeModules))
        .map(({ specifier }) => `${path}: ${specifier}`),
      ...(always.test(code) || (unlessOwn.test(code) && !own.test(code)) ? [`${path}: process`] : []),
      ...(/\b(globalThis|fetch|setTimeout|setInterval)\b\s*[(.[]/.test(code) ? [`${path}: a global`] : []),
      ...(/\bDate\(\)|\bDate\.now|\bMath\.random|\bperformance\.now/.test(code)
        ? [`${path}: clock or chance`]
        : []),
      ...(/\bconsole\b/.test(code) ? [`${path}: console`] : []),
    ]);
  assert.is(wrong.join('\n'), '');
});

test('only commands and the command line write to a stream', () => {
  const allowed = /^src\/(commands\/|cli\.ts|main\.ts|host\/)/;
  const wrong = product.filter(({ path, code }) => !allowed.test(path) && /\.(stdout|stderr)\b/.test(code));
  assert.is(wrong.map(({ path }) => path).join('\n'), '');
});

test('no default exports', () => {
  const wrong = product.filter(({ code }) => /^export default\b/m.test(code));
  assert.is(wrong.map(({ path }) => path).join('\n'), '');
});

test('files are small', () => {
  const long = sources.filter(({ path, text }) => text.split('\n').length > 300 && !(path in longFiles));
  assert.is(long.map(({ path }) => path).join('\n'), '');
  const stale = Object.keys(longFiles).filter(
    (path) => !sources.some((one) => one.path === path && one.text.split('\n').length > 300),
  );
  assert.is(stale.join('\n'), '', 'no longer long');
});

test('every file says what it is', () => {
  // A rule says it in its summary.
  const silent = sources.filter(
    ({ path, text }) => !/^(#!.*\n)?\/\/ /.test(text) && !/^src\/rules\/[\s\S]*summary:/.test(path + text),
  );
  assert.is(silent.map(({ path }) => path).join('\n'), '');
});

test.run();
