import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { decode } from '../../src/syntax/decode.ts';
import { position } from '../../src/text/source.ts';

const test = suite('decode');

function run(bytes: Uint8Array, kind: 'yaml' | 'xml') {
  const found: Diagnostic[] = [];
  const source = decode('galaxy.yml', bytes, kind, (one) => found.push(one));
  const [first] = found;
  assert.ok(found.length <= 1);
  const at = first?.span && position(first.span.source, first.span.start);
  return { text: source?.text, problem: first && `${first.code} ${first.message}`, at };
}

const utf16le = (text: string) => Buffer.from(text, 'utf16le');
const utf16be = (text: string) => utf16le(text).swap16();
const xml = (encoding: string, body = '<a>é</a>') => `<?xml version="1.0" encoding="${encoding}"?>${body}`;

const good: [name: string, bytes: Uint8Array, kind: 'yaml' | 'xml', text: string][] = [
  ['UTF-8', Buffer.from('a: é😀'), 'yaml', 'a: é😀'],
  ['nothing', Buffer.from(''), 'yaml', ''],
  ['UTF-8 with a byte order mark', Buffer.from('\ufeffa: 1'), 'yaml', 'a: 1'],
  ['a second byte order mark is text', Buffer.from('\ufeff\ufeffa'), 'yaml', '\ufeffa'],
  ['XML without declaration', Buffer.from('<a>é</a>'), 'xml', '<a>é</a>'],
  ['XML in UTF-8', Buffer.from(xml('UTF-8')), 'xml', xml('UTF-8')],
  ['XML in UTF-8 with a byte order mark', Buffer.from(`\ufeff${xml('utf-8')}`), 'xml', xml('utf-8')],
  ['XML in Latin-1', Buffer.from(xml('ISO-8859-1'), 'latin1'), 'xml', xml('ISO-8859-1')],
  [
    'the bytes 0x80 to 0x9F of Latin-1',
    Buffer.from(xml('latin1', '\x85'), 'latin1'),
    'xml',
    xml('latin1', '\x85'),
  ],
  [
    'XML in Windows-1252',
    Buffer.concat([Buffer.from(xml('windows-1252', '')), Buffer.from([0x80])]),
    'xml',
    `${xml('windows-1252', '')}€`,
  ],
  ['XML in ASCII', Buffer.from(xml('us-ascii', '<a/>')), 'xml', xml('us-ascii', '<a/>')],
  [
    'XML in Latin-9',
    Buffer.concat([Buffer.from(xml('ISO-8859-15', '')), Buffer.from([0xa4])]),
    'xml',
    `${xml('ISO-8859-15', '')}€`,
  ],
  ['XML in UTF-16LE with a byte order mark', utf16le(`\ufeff${xml('UTF-16')}`), 'xml', xml('UTF-16')],
  ['XML in UTF-16BE with a byte order mark', utf16be(`\ufeff${xml('UTF-16')}`), 'xml', xml('UTF-16')],
  ['XML in UTF-16LE without one', utf16le(xml('UTF-16')), 'xml', xml('UTF-16')],
];

for (const [name, bytes, kind, text] of good) {
  test(name, () => assert.equal(run(bytes, kind), { text, problem: undefined, at: undefined }));
}

const bad: [
  name: string,
  bytes: Uint8Array,
  kind: 'yaml' | 'xml',
  problem: string,
  line?: number,
  column?: number,
][] = [
  [
    'a Latin-1 byte',
    Buffer.from('a: 1\r\nbc: d\xe9f\n', 'latin1'),
    'yaml',
    'GX002 byte 0xE9 ("é" in Latin-1) is not UTF-8',
    2,
    6,
  ],
  [
    'after a byte order mark',
    Buffer.from('\xef\xbb\xbfa\xff', 'latin1'),
    'yaml',
    'GX002 byte 0xFF ("ÿ" in Latin-1) is not UTF-8',
    1,
    2,
  ],
  [
    'after characters outside the basic plane',
    Buffer.concat([Buffer.from('😀\ufffd\n'), Buffer.from([0x80])]),
    'yaml',
    'GX002 byte 0x80 is not UTF-8',
    2,
    1,
  ],
  [
    'a surrogate',
    Buffer.from([0x61, 0xed, 0xa0, 0x80]),
    'yaml',
    'GX002 byte 0xED ("í" in Latin-1) is not UTF-8',
    1,
    2,
  ],
  [
    'a character cut off',
    Buffer.from('é').subarray(0, 1),
    'yaml',
    'GX002 byte 0xC3 ("Ã" in Latin-1) is not UTF-8',
    1,
    1,
  ],
  [
    'a character cut off at a byte of the replacement',
    Buffer.from([0x61, 0xef, 0xbf]),
    'yaml',
    'GX002 the file ends inside a UTF-8 character',
    1,
    2,
  ],
  ['YAML in UTF-16', utf16le('\ufeffa: 1'), 'yaml', 'GX002 the file is UTF-16LE text, not UTF-8'],
  [
    'XML that is not what it declares',
    Buffer.from(xml('UTF-16')),
    'xml',
    'GX002 the file declares "UTF-16" but is not "UTF-16" text',
  ],
  [
    'XML in UTF-16 that declares UTF-8',
    utf16le(`\ufeff${xml('UTF-8')}`),
    'xml',
    'GX002 the file declares "UTF-8" but is UTF-16LE text',
  ],
  [
    'a mark of UTF-8 and another declaration',
    Buffer.from(`\ufeff${xml('latin1')}`),
    'xml',
    'GX002 the file declares "latin1" but is not "latin1" text',
  ],
  [
    'an unknown encoding',
    Buffer.from(xml('klingon')),
    'xml',
    'GX002 the file declares the encoding "klingon", which gxgen does not know',
  ],
  [
    'bytes that the encoding lacks',
    Buffer.concat([Buffer.from(xml('euc-jp', '')), Buffer.from([0xff])]),
    'xml',
    'GX002 the file is not "euc-jp" text',
  ],
  [
    'XML without declaration in Latin-1',
    Buffer.from('<a>\n é</a>', 'latin1'),
    'xml',
    'GX002 byte 0xE9 ("é" in Latin-1) is not UTF-8',
    2,
    2,
  ],
  [
    '17 MB of YAML',
    Buffer.alloc(17 * 1024 * 1024),
    'yaml',
    'GX003 17.0 MB is more than the 16 MB of YAML that gxgen reads',
  ],
];

for (const [name, bytes, kind, problem, line, column] of bad) {
  test(name, () => {
    const at = line === undefined ? undefined : { line, column };
    assert.equal(run(bytes, kind), { text: undefined, problem, at });
  });
}

test('16 MB of YAML and 17 MB of XML are read', () => {
  assert.is(run(Buffer.alloc(16 * 1024 * 1024, 0x20), 'yaml').problem, undefined);
  assert.is(run(Buffer.alloc(17 * 1024 * 1024, 0x20), 'xml').problem, undefined);
});

test.run();
