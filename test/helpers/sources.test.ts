import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { blank, importsOf } from './sources.ts';

const test = suite('sources');

const statements: readonly [text: string, specifier: string, typeOnly: boolean][] = [
  ["import { a } from './a.ts';", './a.ts', false],
  ["import type { A } from './a.ts';", './a.ts', true],
  ["import { type A, type B } from './a.ts';", './a.ts', true],
  ["import { type A, b } from './a.ts';", './a.ts', false],
  ["import {\n  a,\n  b,\n} from './a.ts';", './a.ts', false],
  ["import a, { b } from 'yaml';", 'yaml', false],
  ["import * as a from 'yaml';", 'yaml', false],
  ["import './a.ts';", './a.ts', false],
  ["export { a } from './a.ts';", './a.ts', false],
  ["export * from './a.ts';", './a.ts', false],
  ["export type { A } from './a.ts';", './a.ts', true],
  ["const a = await import('./a.ts');", './a.ts', false],
  ["type A = typeof import('./a.ts');", './a.ts', true],
];

for (const [text, specifier, typeOnly] of statements) {
  test(text.replaceAll('\n', ' '), () => {
    const target = specifier.startsWith('.') ? 'src/x/a.ts' : undefined;
    assert.equal(importsOf('src/x/b.ts', text), [{ specifier, target, typeOnly }]);
  });
}

test('what only looks like an import', () => {
  const text =
    "// import { a } from './a.ts';\n/* import './b.ts' */\nexport const a = 'x';\nexport type B = 'c' | 'd';\n";
  assert.equal(importsOf('src/a.ts', text), []);
});

const blanked: readonly [text: string, code: string][] = [
  ["a('process.exit') // process.exit", "a('            ')                "],
  [`a(\`x \${process.pid} y\`)`, `a(\`  \${process.pid}  \`)`],
  ['a(/"process.exit/) + b', 'a(               ) + b'],
  ['const a = b / c; // d', 'const a = b / c;     '],
  ["'it\\'s' + x", "'     ' + x"],
  ['/* a\nb */ c', '    \n     c'],
];

for (const [text, code] of blanked) test(JSON.stringify(text), () => assert.is(blank(text), code));

test.run();
