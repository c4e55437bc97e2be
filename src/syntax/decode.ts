// From bytes to text: byte order marks, declared encodings, size limits. The only place where bytes become a Source.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { makeSource, type Source, span } from '../text/source.ts';

const megabyte = 1024 * 1024;
const limits = { yaml: 16, xml: 256, ini: 16 } as const;

/**
 * The text of a file, without byte order mark; undefined, and a diagnostic, when it is too large or not text in its
 * encoding. YAML must be UTF-8: PyYAML knows UTF-16, but Galaxy and Gravity open the file as UTF-8 text before.
 * INI is read as UTF-8 too: supervisord uses the encoding of its locale.
 * XML is what its byte order mark or its declaration says, UTF-8 without either.
 */
export function decode(
  path: string,
  bytes: Uint8Array,
  kind: 'yaml' | 'xml' | 'ini',
  report: Report,
): Source | undefined {
  const limit = limits[kind];
  if (bytes.length > limit * megabyte) {
    const size = (bytes.length / megabyte).toFixed(1);
    report(
      problem(
        'GX003',
        `${size} MB is more than the ${limit} MB of ${kind.toUpperCase()} that gxgen reads`,
        path,
        {
          help: 'check that this is the configuration file, and not data',
        },
      ),
    );
    return undefined;
  }
  if (kind === 'ini') return decodeUtf8(path, bytes, report);
  const mark = byteOrderMark(bytes);
  if (kind === 'yaml') {
    if (mark === undefined || mark === 'utf-8') return decodeUtf8(path, bytes, report);
    report(
      problem('GX002', `the file is ${mark.toUpperCase()} text, not UTF-8`, path, {
        why: 'Galaxy opens its YAML files as UTF-8 and stops at the first character',
        help: 'save the file as UTF-8',
      }),
    );
    return undefined;
  }
  return decodeXml(path, bytes, mark, report);
}

type Marked = 'utf-8' | 'utf-16le' | 'utf-16be';

function byteOrderMark(bytes: Uint8Array): Marked | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return 'utf-8';
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  if (first === 0xfe && second === 0xff) return 'utf-16be';
  return undefined;
}

function decodeXml(
  path: string,
  bytes: Uint8Array,
  mark: Marked | undefined,
  report: Report,
): Source | undefined {
  const family = mark ?? unmarkedUtf16(bytes);
  const declared = declaredEncoding(bytes, family);
  const label = declared?.toLowerCase();
  const fail = (message: string, help: string) => {
    report(problem('GX002', message, path, { help }));
    return undefined;
  };
  if (family !== undefined && family !== 'utf-8') {
    if (
      label !== undefined &&
      !label.startsWith('utf-16') &&
      label !== 'ucs-2' &&
      label !== 'iso-10646-ucs-2'
    )
      return fail(
        `the file declares "${declared}" but is ${family.toUpperCase()} text`,
        'correct the declaration',
      );
    return decodeAs(path, bytes, family, report);
  }
  if (label === undefined || label === 'utf-8' || label === 'utf8') return decodeUtf8(path, bytes, report);
  if (mark === 'utf-8' || /^(?:utf-16|utf-32|ucs-|iso-10646)/.test(label))
    return fail(`the file declares "${declared}" but is not "${declared}" text`, 'correct the declaration');
  if (/^(?:iso-8859-1|iso_8859-1|latin-?1|l1)$/.test(label)) return makeSource(path, latin1(bytes));
  if (/^(?:us-)?ascii$/.test(label) && bytes.some((byte) => byte > 0x7f))
    return fail(`the file declares "${declared}" but is not "${declared}" text`, 'correct the declaration');
  return decodeAs(path, bytes, label, report);
}

function unmarkedUtf16(bytes: Uint8Array): Marked | undefined {
  const [a, b, c, d] = bytes;
  if (a === 0x3c && b === 0 && c === 0x3f && d === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0 && d === 0x3f) return 'utf-16be';
  return undefined;
}

// The declaration is ASCII in every encoding that is read here, apart from the zero bytes of UTF-16.
function declaredEncoding(bytes: Uint8Array, family: Marked | undefined): string | undefined {
  const head = bytes.subarray(family === 'utf-8' ? 3 : 0, 1024);
  const text = new TextDecoder(family ?? 'latin1').decode(head);
  return /^<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']/.exec(text)?.[1];
}

function decodeAs(path: string, bytes: Uint8Array, label: string, report: Report): Source | undefined {
  let decoder: InstanceType<typeof TextDecoder>;
  try {
    decoder = new TextDecoder(label, { fatal: true });
  } catch {
    report(
      problem('GX002', `the file declares the encoding "${label}", which gxgen does not know`, path, {
        help: 'save the file as UTF-8',
      }),
    );
    return undefined;
  }
  if (decoder.encoding === 'windows-1252') return makeSource(path, windows1252(bytes));
  try {
    return makeSource(path, decoder.decode(bytes));
  } catch {
    report(
      problem('GX002', `the file is not "${label}" text`, path, {
        help: 'save the file as UTF-8, and let its declaration say so',
      }),
    );
    return undefined;
  }
}

// To TextDecoder the label `iso-8859-1` means windows-1252, and in Node 20 `windows-1252` means Latin-1: they differ
// from 0x80 to 0x9F, so both are read here.
function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
}

const from0x80 =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

function windows1252(bytes: Uint8Array): string {
  return latin1(bytes).replace(/[\x80-\x9f]/g, (character) =>
    from0x80.charAt(character.charCodeAt(0) - 0x80),
  );
}

function decodeUtf8(path: string, bytes: Uint8Array, report: Report): Source | undefined {
  try {
    return makeSource(path, new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    reportInvalidByte(path, bytes, report);
    return undefined;
  }
}

// TextDecoder does not say where it failed. Writing the text with replacement characters back to bytes differs from
// the file for the first time at the fault.
function reportInvalidByte(path: string, bytes: Uint8Array, report: Report): void {
  const start = byteOrderMark(bytes) === 'utf-8' ? 3 : 0;
  const text = new TextDecoder('utf-8').decode(bytes);
  const again = new TextEncoder().encode(text);
  let at = 0;
  while (start + at < bytes.length && bytes[start + at] === again[at]) at++;
  const before = new TextDecoder('utf-8').decode(bytes.subarray(0, start + at), { stream: true });
  const byte = bytes[start + at];
  const source = makeSource(path, text);
  const cut = byte === undefined;
  const hex = cut ? '' : byte.toString(16).toUpperCase().padStart(2, '0');
  const latin = cut || byte < 0xa0 ? '' : ` ("${String.fromCharCode(byte)}" in Latin-1)`;
  report(
    problem(
      'GX002',
      cut ? 'the file ends inside a UTF-8 character' : `byte 0x${hex}${latin} is not UTF-8`,
      span(source, before.length, Math.min(before.length + 1, text.length)),
      { help: 'save the file as UTF-8' },
    ),
  );
}
