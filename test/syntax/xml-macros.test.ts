import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { parseXml } from '../../src/syntax/xml.ts';
import { expandMacros } from '../../src/syntax/xml-macros.ts';
import { attribute, type XmlElement } from '../../src/syntax/xml-tree.ts';
import { makeSource, type Span } from '../../src/text/source.ts';

const test = suite('xml macros');

type Files = Record<string, string>;

function expand(files: Files | string): { tree: XmlElement; found: Diagnostic[] } {
  const texts: Files = typeof files === 'string' ? { 'job_conf.xml': files } : files;
  const found: Diagnostic[] = [];
  const report = (one: Diagnostic) => found.push(one);
  const roots = new Map<string, XmlElement | undefined>();
  const read = (path: string) => {
    const text = texts[path];
    if (!roots.has(path))
      roots.set(path, text === undefined ? undefined : parseXml(makeSource(path, text), report));
    return roots.get(path);
  };
  const root = read('job_conf.xml');
  if (!root) throw new Error('the file itself is not right');
  return { tree: expandMacros(root, report, read), found };
}

const codes = (found: readonly Diagnostic[]) => found.map((one) => one.code);
const under = (where: Span | undefined) => where?.source.text.slice(where.start, where.end);

type Shape = [name: string, attributes: [string, string][], text: string, children: Shape[]];
function shape(element: XmlElement): Shape {
  const attributes = element.attributes.map(({ name, value }): [string, string] => [name, value]);
  attributes.sort(([a], [b]) => (a < b ? -1 : 1));
  return [element.name, attributes, element.text, element.children.map(shape)];
}

// What galaxy-util 26.1.2 (`galaxy.util.xml_macros.load`) made of generated files: the tree, "error", or "loop" where it
// never ended.
const recorded = JSON.parse(readFileSync('test/syntax/xml-macros.json', 'utf8')) as {
  files: Files;
  galaxy: Shape | 'error' | 'loop';
}[];
for (const [index, { files, galaxy }] of recorded.entries()) {
  test(`does what Galaxy does, ${index}: ${typeof galaxy === 'string' ? galaxy : 'tree'}`, () => {
    const { tree, found } = expand(files);
    if (typeof galaxy === 'string') assert.ok(found.length > 0);
    else {
      assert.equal(codes(found), []);
      assert.equal(shape(tree), galaxy);
    }
  });
}

const cluster = `<job_conf>
  <macros>
    <token name="@PARTITION@">main</token>
    <xml name="cluster" tokens="id" token_cores="1">
      <destination id="@ID@" runner="slurm">
        <param id="nativeSpecification">-p @PARTITION@ -c @CORES@</param>
        <yield/>
      </destination>
    </xml>
  </macros>
  <destinations>
    <expand macro="cluster" id="small"/>
    <expand macro="cluster" id="large" cores="16"><env id="X">1</env></expand>
  </destinations>
</job_conf>`;

test('copies know where they are defined and where they are expanded', () => {
  const { tree, found } = expand(cluster);
  assert.equal(codes(found), []);
  const [small, large] = tree.children[1]?.children ?? [];
  assert.is(small && attribute(small, 'id')?.value, 'small');
  assert.is(small?.children[0]?.text, '-p main -c 1');
  assert.is(large?.children[0]?.text, '-p main -c 16');
  assert.is(large?.children[1]?.name, 'env');
  assert.is(under(small?.openSpan), '<destination id="@ID@" runner="slurm">');
  assert.equal(small?.expandedAt.map(under), ['<expand macro="cluster" id="small"/>']);
  assert.equal(large?.children[0]?.expandedAt.map(under), ['<expand macro="cluster" id="large" cores="16">']);
  assert.equal(large?.children[1]?.expandedAt, []);
  assert.equal(tree.children[0]?.children, []);
});

test('a file without macros is not copied', () => {
  const root = parseXml(makeSource('a', '<a><b/></a>'), () => {});
  if (!root) throw new Error('no root');
  assert.is(
    expandMacros(
      root,
      () => {},
      () => undefined,
    ),
    root,
  );
});

// [what, file, code, marked text]
const wrong: [string, string | Files, string, string?][] = [
  ['an orphan', '<a><handlers><expand macro="x"/></handlers></a>', 'GX430', 'expand'],
  ['an orphan beside empty macros', '<a><macros/><expand macro="x"/></a>', 'GX430', 'expand'],
  ['an unknown macro', '<a><macros><xml name="hand"/></macros><expand macro="hnad"/></a>', 'GX431', 'hnad'],
  ['no macro', '<a><macros><xml name="x"/></macros><expand/></a>', 'GX433', 'expand'],
  ['a macro without a name', '<a><macros><xml/><xml name="x"/></macros></a>', 'GX433', 'xml'],
  ['a token without a name', '<a><macros><token/><xml name="x"/></macros></a>', 'GX433', 'token'],
  ['a token in itself', '<a><macros><token name="@X@">a@X@</token></macros></a>', 'GX433', 'token'],
  [
    'a missing parameter',
    '<a><macros><xml name="x" tokens="id"/></macros><expand macro="x"/></a>',
    'GX433',
    'expand',
  ],
  [
    'no such yield',
    '<a><macros><xml name="x"/></macros><expand macro="x"><token name="y"/></expand></a>',
    'GX433',
    'token',
  ],
  [
    'a cycle',
    '<a><macros><xml name="x"><b><expand macro="x"/></b></xml></macros><expand macro="x"/></a>',
    'GX432',
    'expand',
  ],
  [
    'a cycle Galaxy never leaves',
    '<a><macros><xml name="x"><expand macro="x"/></xml></macros><expand macro="x"/></a>',
    'GX432',
    'expand',
  ],
  ['an import without a path', '<a><macros><import/><xml name="x"/></macros></a>', 'GX433', 'import'],
  [
    'imports in a circle',
    {
      'job_conf.xml': '<a><macros><import>m</import></macros></a>',
      m: '<macros><import>n</import></macros>',
      n: '<macros><import>m</import></macros>',
    },
    'GX432',
    'm',
  ],
];
for (const [what, files, code, marked] of wrong) {
  test(`reports ${what}`, () => {
    const { found } = expand(files);
    assert.equal(codes(found), [code]);
    assert.is(under(found[0]?.span), marked);
    assert.ok(found[0]?.help);
  });
}

test('what an import that cannot be read may define is not called undefined', () => {
  const { found } = expand('<a><macros><import>gone.xml</import></macros><expand macro="x"/></a>');
  assert.equal(codes(found), []);
});

test('an import may be read twice, and the last definition counts', () => {
  const { tree, found } = expand({
    'job_conf.xml':
      '<a><macros><import>m</import><import>m</import><xml name="x"><c/></xml></macros><expand macro="x"/><expand macro="y"/></a>',
    m: '<macros><xml name="x"><b/></xml><xml name="y"><d/></xml></macros>',
  });
  assert.equal(codes(found), []);
  assert.equal(
    tree.children.map((one) => one.name),
    ['macros', 'c', 'd'],
  );
});

test('suggests the macro that was meant', () => {
  const { found } = expand('<a><macros><xml name="cluster"/></macros><expand macro="clutser"/></a>');
  assert.match(found[0]?.message ?? '', 'did you mean "cluster"?');
});

const doubling = (body: (n: number) => string) => Array.from({ length: 60 }, (_, n) => body(n)).join('');
const wide = 2000;
const bombs: Record<string, () => string | Files> = {
  'macros that double': () =>
    `<a><macros>${doubling((n) => `<xml name="m${n}"><b><expand macro="m${n + 1}"/><expand macro="m${n + 1}"/></b></xml>`)}<xml name="m60"/></macros><expand macro="m0"/></a>`,
  'macros that double without an element': () =>
    `<a><macros>${doubling((n) => `<xml name="m${n}"><expand macro="m${n + 1}"/><expand macro="m${n + 1}"/></xml>`)}<xml name="m60"/></macros><expand macro="m0"/></a>`,
  'tokens that double': () =>
    `<a><macros>${doubling((n) => `<token name="@T${n}@">@T${n + 1}@@T${n + 1}@</token>`)}<token name="@T60@">x</token></macros><b>@T0@</b></a>`,
  'yields that double': () =>
    `<a><macros>${doubling((n) => `<xml name="m${n}"><b><yield/><yield/></b></xml>`)}</macros>${doubling((n) => `<expand macro="m${n}">`)}<c/>${'</expand>'.repeat(60)}</a>`,
  'a chain of macros': () =>
    `<a><macros>${Array.from({ length: wide }, (_, n) => `<xml name="m${n}"><b><expand macro="m${n + 1}"/></b></xml>`).join('')}<xml name="m${wide}"/></macros><expand macro="m0"/></a>`,
  'a chain without an element': () =>
    `<a><macros>${Array.from({ length: wide }, (_, n) => `<xml name="m${n}"><expand macro="m${n + 1}"/></xml>`).join('')}<xml name="m${wide}"/></macros><expand macro="m0"/></a>`,
  'many tokens': () =>
    `<a><macros>${Array.from({ length: 2 * wide }, (_, n) => `<token name="@T${n}@">${n}</token>`).join('')}</macros>${'<b/>'.repeat(20_000)}</a>`,
  'many tokens in many elements': () =>
    `<a><macros>${Array.from({ length: wide }, (_, n) => `<token name="@T${n}@">${n}</token>`).join('')}</macros>${'<b c="@" d="@T"/>'.repeat(100_000)}</a>`,
  'many parameters': () =>
    `<a><macros><xml name="m" ${Array.from({ length: wide }, (_, n) => `token_t${n}="${n}"`).join(' ')}/></macros>${'<expand macro="m"/>'.repeat(200_000)}</a>`,
  'imports that double': () => ({
    'job_conf.xml': '<a><macros><import>0</import></macros></a>',
    ...Object.fromEntries(
      Array.from({ length: 50 }, (_, n) => [
        n,
        `<macros><import>${n + 1}</import><import>${n + 1}</import></macros>`,
      ]),
    ),
    50: '<macros/>',
  }),
  'a chain of imports': () => ({
    'job_conf.xml': '<a><macros><import>0</import></macros></a>',
    ...Object.fromEntries(
      Array.from({ length: 500 }, (_, n) => [n, `<macros><import>${n + 1}</import></macros>`]),
    ),
    500: '<macros/>',
  }),
};
for (const [name, make] of Object.entries(bombs)) {
  test(`bounded: ${name}`, () => {
    const files = make();
    const started = performance.now();
    const { found } = expand(files);
    const took = performance.now() - started;
    assert.is(found.length, 1);
    assert.ok(
      codes(found)[0] === 'GX434' || (name.includes('imports') && codes(found)[0] === 'GX432'),
      codes(found)[0],
    );
    assert.ok(took < 10_000, `took ${took} ms`);
  });
}

test('undefined macros are reported a hundred times at most', () => {
  const { found } = expand(`<a><macros><xml name="x"/></macros>${'<expand macro="no"/>'.repeat(5000)}</a>`);
  assert.is(found.length, 100);
});

test.run();
