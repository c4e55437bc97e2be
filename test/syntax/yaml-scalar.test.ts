// What a plain scalar is, against PyYAML's own expressions (PyYAML 6.0, resolver.py), which gxgen asks last.

import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { resolvePlain } from '../../src/syntax/yaml-scalar.ts';

const test = suite('syntax/yaml-scalar');

// In PyYAML's order, each with the characters that a text must begin with to be tried.
const resolvers: readonly (readonly [type: string, first: string, form: RegExp])[] = [
  ['bool', 'yYnNtTfFoO', /^(?:yes|Yes|YES|no|No|NO|true|True|TRUE|false|False|FALSE|on|On|ON|off|Off|OFF)$/],
  [
    'float',
    '-+0123456789.',
    /^(?:[-+]?(?:[0-9][0-9_]*)\.[0-9_]*(?:[eE][-+][0-9]+)?|\.[0-9][0-9_]*(?:[eE][-+][0-9]+)?|[-+]?[0-9][0-9_]*(?::[0-5]?[0-9])+\.[0-9_]*|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN))$/,
  ],
  [
    'int',
    '-+0123456789',
    /^(?:[-+]?0b[0-1_]+|[-+]?0[0-7_]+|[-+]?(?:0|[1-9][0-9_]*)|[-+]?0x[0-9a-fA-F_]+|[-+]?[1-9][0-9_]*(?::[0-5]?[0-9])+)$/,
  ],
  ['merge', '<', /^<<$/],
  ['null', '~nN', /^(?:~|null|Null|NULL)$/],
  [
    'timestamp',
    '0123456789',
    /^(?:[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]{4}-[0-9][0-9]?-[0-9][0-9]?(?:[Tt]|[ \t]+)[0-9][0-9]?:[0-9]{2}:[0-9]{2}(?:\.[0-9]*)?(?:[ \t]*(?:Z|[-+][0-9][0-9]?(?::[0-9]{2})?))?)$/,
  ],
  ['value', '=', /^=$/],
];

function asPython(text: string): string {
  if (text === '') return 'null';
  return resolvers.find(([, first, form]) => first.includes(text.charAt(0)) && form.test(text))?.[0] ?? 'str';
}

test('every text of up to four characters that numbers are made of', () => {
  const letters = '01579_.:-+xbeEaTZ';
  let texts = [''];
  for (let length = 0; length <= 4; length++) {
    for (const text of texts) assert.is(resolvePlain(text), asPython(text), JSON.stringify(text));
    texts = texts.flatMap((text) => [...letters].map((letter) => text + letter));
  }
});

test('longer texts', () => {
  const piece = fc.constantFrom(
    ...[
      '0',
      '1',
      '23',
      '0999',
      '.',
      '..',
      ':',
      '-',
      '--',
      '+',
      '_',
      'e+',
      'e',
      'x',
      '0x',
      '0b',
      'f',
      'T',
      'Z',
      ' ',
    ],
    ...[
      '2001-12-14',
      '21:59:43',
      '.5',
      '4c1b9f1e',
      '127.0.0.1',
      'inf',
      'nan',
      'null',
      'yes',
      'No',
      '<<',
      '=',
      '~',
    ],
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 5 }), (pieces) => {
      const text = pieces.join('');
      assert.is(resolvePlain(text), asPython(text), JSON.stringify(text));
    }),
    { numRuns: 5000 },
  );
});

test.run();
