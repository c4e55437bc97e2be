import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { documentComments, parseXml } from '../../src/syntax/xml.ts';
import { attribute, childrenNamed, firstChild, type XmlElement } from '../../src/syntax/xml-tree.ts';
import { makeSource, position, type Span } from '../../src/text/source.ts';

const test = suite('xml');

function read(text: string): { root: XmlElement | undefined; found: Diagnostic[] } {
  const found: Diagnostic[] = [];
  const root = parseXml(makeSource('job_conf.xml', text), (one) => found.push(one));
  return { root, found };
}

function parse(text: string): XmlElement {
  const { root, found } = read(text);
  assert.equal(
    found.map((one) => one.message),
    [],
  );
  if (!root) throw new Error('no root');
  return root;
}

const under = (where: Span | undefined) => where?.source.text.slice(where.start, where.end);
const names = (elements: readonly XmlElement[]) => elements.map((one) => one.name);

test('elements, attributes and text know their places', () => {
  const root = parse(
    '<?xml version="1.0"?>\r\n<job_conf>\r\n  <param id = "a&amp;b"\tx=\'1\'>\r\n  v &lt; w\r\n</param>\r\n</job_conf>',
  );
  const param = firstChild(root, 'param');
  if (!param) throw new Error('no param');
  assert.is(under(root.nameSpan), 'job_conf');
  assert.is(under(param.openSpan), '<param id = "a&amp;b"\tx=\'1\'>');
  assert.is(under(param.span), '<param id = "a&amp;b"\tx=\'1\'>\r\n  v &lt; w\r\n</param>');
  assert.is(param.text, '\n  v < w\n');
  assert.is(under(param.textSpan), 'v &lt; w');
  assert.is(attribute(param, 'id')?.value, 'a&b');
  assert.is(under(attribute(param, 'id')?.valueSpan), 'a&amp;b');
  assert.is(under(attribute(param, 'x')?.nameSpan), 'x');
  assert.is(attribute(param, 'y'), undefined);
  assert.equal(position(param.span.source, param.span.start), { line: 3, column: 3 });
});

test('text is what stands before the first child, comments left out', () => {
  assert.is(parse('<a>x<!-- c -->y<![CDATA[<&amp;]]>&#33;<b/>z</a>').text, 'xy<&amp;!');
  assert.is(parse('<a>x<?keep it?>y</a>').text, 'x');
  assert.is(parse('<a><b/>z</a>').text, '');
  assert.is(parse('<a>a\rb\r\nc</a>').text, 'a\nb\nc');
  assert.is(parse('<a/>').textSpan.start, 4);
  assert.is(parse('<a></a>').textSpan.start, 3);
});

test('attribute white space becomes spaces, but not what a reference stands for', () => {
  assert.is(attribute(parse('<a b="1\r\n2\t3\r4&#10;5&#9;"/>'), 'b')?.value, '1 2 3 4\n5\t');
});

test('names that mean something to JavaScript stay as they are', () => {
  const words = ['__proto__', 'constructor', 'prototype', 'toString', 'hasOwnProperty', 'valueOf'];
  const root = parse(`<__proto__>${words.map((one) => `<${one} ${one}="${one}"/>`).join('')}</__proto__>`);
  assert.is(root.name, '__proto__');
  assert.equal(names(root.children), words);
  for (const one of root.children) assert.is(attribute(one, one.name)?.value, one.name);
});

test('quotes in processing instructions hide nothing', () => {
  assert.equal(names(parse("<a><?x it's ?><b/><?y it's ?><c/></a>").children), ['b', 'c']);
});

test('comments belong to the element they stand in, and to the document', () => {
  const root = parse('<!-- 1 --><a><!-- 2 --><b><!-- 3 --></b><!-- 4 --><b/></a><!-- 5 -->');
  const text = (one: { text: string }) => one.text.trim();
  assert.equal(documentComments(root).map(text), ['1', '2', '3', '4', '5']);
  assert.equal(root.comments.map(text), ['2', '4']);
  assert.equal(firstChild(root, 'b')?.comments.map(text), ['3']);
  assert.is(under(root.comments[0]?.span), '<!-- 2 -->');
});

test('childrenNamed keeps the order', () => {
  const root = parse('<a><b i="1"/><c/><b i="2"/></a>');
  assert.equal(
    childrenNamed(root, 'b').map((one) => attribute(one, 'i')?.value),
    ['1', '2'],
  );
});

// [document, code, marked text, label text]
const marks: [string, string, string, string?][] = [
  ['<a url="http://x/?a=1&b=2"/>', 'GX141', '&'],
  ['<a b="1" b="2"/>', 'GX143', 'b', 'b'],
  ['<a><b></a>', 'GX142', '</a>', 'b'],
  ['<a><b></c></a>', 'GX142', '</c>', 'b'],
  ['<a><b>', 'GX142', 'b', ''],
  ['<a>&nbsp;</a>', 'GX145', '&nbsp;'],
  ['<a><!-- x -- y --></a>', 'GX148', '--', '<!--'],
  ['<a/><b/>', 'GX149', '<b'],
  ['<a/>junk', 'GX149', 'j'],
  ['<!DOCTYPE a SYSTEM "file:///etc/passwd"><a/>', 'GX146', '<!DOCTYPE'],
  ['\n<?xml version="1.0"?><a/>', 'GX150', '<?xml'],
  ['<a b="x>\n<c d="y"/>\n</a>', 'GX140', '"'],
  ['<a b=1/>', 'GX140', 'b'],
  ['<a b="1"c="2"/>', 'GX140', 'c'],
  ['<a\n  <b/></a>', 'GX140', '<a', '<'],
  ['<a>\u0001</a>', 'GX144', '\u0001'],
  ['<p:a/>', 'GX151', 'p:a'],
  ['<a>x < y</a>', 'GX141', '<'],
];
for (const [text, code, marked, label] of marks) {
  test(`points at the mistake in ${JSON.stringify(text)}`, () => {
    const { found } = read(text);
    assert.is(found.length, 1);
    assert.is(found[0]?.code, code);
    assert.is(under(found[0]?.span), marked);
    assert.is(under(found[0]?.labels[0]?.span), label);
  });
}

test('goes on after mistakes that leave the structure clear', () => {
  const { root, found } = read('<a b="x&y" c="&nope;"><d e="1" e="2"/><!-- - -- -->t & u</a>');
  assert.equal(
    found.map((one) => one.code),
    ['GX141', 'GX145', 'GX143', 'GX148', 'GX141'],
  );
  assert.is(root && attribute(root, 'b')?.value, 'x&y');
  assert.is(root && attribute(root, 'c')?.value, '&nope;');
  assert.equal(
    root?.children[0]?.attributes.map((one) => one.value),
    ['1'],
  );
});

test('the fix of an unescaped character is its reference', () => {
  const [one] = read('<a b="x&y"/>').found;
  assert.is(one?.fix?.edits[0]?.text, '&amp;');
  assert.is(under(one?.fix?.edits[0]?.span), '&');
  assert.is(one?.fix?.safe, true);
});

test('a hundred levels are read, a hundred and one are not', () => {
  const nest = (depth: number) => '<a>'.repeat(depth) + '</a>'.repeat(depth);
  assert.is(read(nest(100)).found.length, 0);
  assert.equal(
    read(nest(101)).found.map((one) => one.code),
    ['GX147'],
  );
  assert.is(read(`${'<a>'.repeat(100)}<b/>${'</a>'.repeat(100)}`).found[0]?.code, 'GX147');
});

test('stops after a hundred problems', () => {
  assert.is(read(`<a>${'&'.repeat(5000)}</a>`).found.length, 100);
});

// Shapes whose naive handling is quadratic or worse. The limit is generous: quadratic would take minutes.
const big = 200_000;
const hostile: Record<string, () => string> = {
  'references in text': () => `<a>${'&amp;'.repeat(big)}</a>`,
  'elements with references apart': () => `<a>${'<b>&lt;</b>'.repeat(big)}</a>`,
  'elements without references': () => `<a>${'<b>x</b>'.repeat(big)}</a>`,
  'attributes in one tag': () => `<a ${Array.from({ length: big }, (_, i) => `a${i}="1"`).join(' ')}/>`,
  'one attribute many times': () => `<a ${'a="1" '.repeat(big)}/>`,
  comments: () => `<a>${'<!-- x -->'.repeat(big)}</a>`,
  'comments between elements': () => `<a>${'<!-- x --><b/>'.repeat(big)}</a>`,
  instructions: () => `<a>${'<?p x?>'.repeat(big)}</a>`,
  'unclosed comments': () => `<a>${'<!--'.repeat(big)}`,
  'unclosed CDATA': () => `<a>${'<![CDATA['.repeat(big)}`,
  'CDATA sections': () => `<a>${'<![CDATA[]]>'.repeat(big)}</a>`,
  'unclosed quotes': () => `<a b="${'<'.repeat(big)}`,
  'quotes in turn': () => `<a ${`b='"' c="'" `.repeat(big)}/>`,
  'spaces in a tag': () => `<a ${' '.repeat(5 * big)}/>`,
  'a long name': () => `<${'a'.repeat(5 * big)}/>`,
  'a long reference': () => `<a>&#${'0'.repeat(5 * big)}65;</a>`,
  'ampersands and no semicolon': () => `<a>${'&a'.repeat(big)}</a>`,
  'tags that never close': () => '<a b="1" '.repeat(big),
  'a bomb of entities': () =>
    `<!DOCTYPE a [<!ENTITY x "${'y'.repeat(100)}">${'<!ENTITY z "&x;&x;">'.repeat(big)}]><a>&z;</a>`,
  'end tags': () => `<a>${'</b>'.repeat(big)}`,
  'open tags': () => '<a>'.repeat(big),
};
for (const [name, make] of Object.entries(hostile)) {
  test(`hostile: ${name}`, () => {
    const text = make();
    const started = performance.now();
    const { root } = read(text);
    if (root) {
      for (const one of root.children) one.attributes;
      root.comments;
      root.text;
      root.textSpan;
    }
    const took = performance.now() - started;
    assert.ok(took < 5000, `took ${took} ms`);
  });
}

test.run();
