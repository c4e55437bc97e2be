// The order of the project around the source: codes, templates, schemas, tests, the README, and what a clone holds.

import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fillReadme } from '../src/build/readme.ts';
import { codes } from '../src/diagnostics/codes.ts';
import { rules } from '../src/rules/index.ts';
import { listFiles, readSource } from './helpers/sources.ts';

const test = suite('project');
const read = (path: string) => readFileSync(path, 'utf8');
const sources = listFiles('src', '.ts').map(readSource);
const committed = [
  ...['src', 'test', 'templates', 'schemas', 'fixtures', '.ci', '.github'].flatMap((folder) =>
    listFiles(folder),
  ),
  ...[
    'README.md',
    'CHANGELOG.md',
    'LICENSE',
    'package.json',
    'package-lock.json',
    'biome.json',
    'tsconfig.json',
  ],
].filter((path) => existsSync(path));

test('a code belongs to one problem', () => {
  const own = rules.map((rule) => rule.code);
  const all = [...Object.keys(codes()), ...own].sort();
  assert.equal(all, [...new Set(all)]);
  for (const code of all) assert.match(code, /^GX\d{3}$/);
});

test('a name belongs to one problem', () => {
  const all = [...Object.values(codes()), ...rules].map(({ name }) => name).sort();
  assert.equal(all, [...new Set<string>(all)]);
  for (const name of all) assert.match(name, /^[a-z0-9]+(-[a-z0-9]+)*$/);
});

test('codes are written down in order, each with what it is and why it matters', () => {
  assert.equal(Object.keys(codes()), Object.keys(codes()).toSorted());
  for (const [code, { summary, why }] of Object.entries(codes())) {
    assert.match(summary, /\.$/, code);
    assert.match(why, /\.$/, code);
  }
});

test('every code is used', () => {
  const elsewhere = sources
    .filter(({ path }) => path !== 'src/diagnostics/codes.ts')
    .map(({ text }) => text)
    .join('\n');
  const unused = Object.keys(codes()).filter((code) => !elsewhere.includes(`'${code}'`));
  assert.is(unused.join(' '), '');
});

test('every code that source names exists', () => {
  const known = new Set<string>([...Object.keys(codes()), ...rules.map((rule) => rule.code)]);
  const wrong = sources.flatMap(({ path, text }) =>
    [...text.matchAll(/'(GX\d{3})'/g)]
      .map(([, code = '']) => code)
      .filter((code) => !known.has(code))
      .map((code) => `${path}: ${code}`),
  );
  assert.is(wrong.join('\n'), '');
});

test('every rule has a case that fires and one that is silent', () => {
  const missing = rules.flatMap(({ name }) =>
    ['bad', 'ok'].map((end) => `fixtures/rule-${name}-${end}`).filter((path) => !existsSync(path)),
  );
  assert.is(missing.join('\n'), '');
});

test('every template is used by a back end', () => {
  const text = sources
    .filter(({ path }) => path.startsWith('src/backends/'))
    .map((one) => one.text)
    .join('\n');
  const names = listFiles('templates', '.hbs').map((path) => path.slice('templates/'.length, -'.hbs'.length));
  assert.ok(names.length > 0);
  assert.is(names.filter((name) => !text.includes(`'${name}'`)).join('\n'), '');
});

for (const path of listFiles('schemas', '.schema.json')) {
  test(`${path} is a schema with a name and a title`, () => {
    const schema = JSON.parse(read(path));
    const ajv = new Ajv2020();
    assert.ok(ajv.validateSchema(schema), JSON.stringify(ajv.errors));
    assert.is(schema.$id, path.slice('schemas/'.length));
    assert.ok(schema.title);
    assert.ok(read(path).endsWith('\n'));
  });
}

for (const path of listFiles('test', '.test.ts')) {
  test(`${path} runs, and hides nothing`, () => {
    const { code, text } = readSource(path);
    assert.match(text, /^ *(\w+\.)?run\(\);$/m, 'never calls .run()');
    assert.not.match(code, /\.(before|after|before\.each|after\.each|only)\(/, 'hooks hide failures');
  });
}

test('no file names this machine', () => {
  const home = homedir();
  const registry = process.env.npm_config_registry ?? 'https://registry.npmjs.org/';
  const names = [
    process.cwd(),
    ...(home.length > '/root'.length ? [home] : []),
    new URL(registry).host,
  ].filter((name) => name !== 'registry.npmjs.org');
  const wrong = committed.flatMap((path) => {
    const text = read(path);
    return names.filter((name) => text.includes(name)).map((name) => `${path}: ${name}`);
  });
  assert.is(wrong.join('\n'), '');
});

test('package-lock.json resolves to no private registry', () => {
  const addresses = [...read('package-lock.json').matchAll(/"resolved": "([^"]*)"/g)].map(
    ([, address = '']) => address,
  );
  assert.equal(
    addresses.filter((address) => !address.startsWith('https://registry.npmjs.org/')),
    [],
  );
});

if (existsSync('README.md')) {
  test('the generated parts of README.md are what the code says', () => {
    assert.is(fillReadme(read('README.md')), read('README.md'), 'run npm run generate');
  });
} else {
  test.skip('the generated parts of README.md: there is no README.md', () => {});
}

test.run();
