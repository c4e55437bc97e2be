// From bytes to the text of a legacy INI file. Python 2 and uWSGI take bytes as they come, so a file in Latin-1 is read,
// and a byte order mark is remembered: it hides the first line from every reader.

import { problem, type Report } from '../diagnostics/diagnostic.ts';
import { makeSource, type Source, span } from '../text/source.ts';
import { decode } from './decode.ts';

export interface IniText {
  readonly source: Source;
  readonly encoding: 'utf-8' | 'latin-1';
  /** True when the file begins with a byte order mark of UTF-8, which is not in the text. */
  readonly mark: boolean;
}

const mostLines = 300_000;

/** @returns undefined when the file is too large or no text, which has been reported */
export function decodeIni(path: string, bytes: Uint8Array, report: Report): IniText | undefined {
  const mark = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  let invalid = false;
  const source = decode(path, bytes, 'ini', (one) => {
    invalid = one.code === 'GX002';
    if (!invalid) report(one);
  });
  if (source) return hasTooMany(source.text, path, report) ? undefined : { source, encoding: 'utf-8', mark };
  if (!invalid) return undefined;
  const isWide = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
  if (isWide) {
    report(
      problem('GX002', 'the file is UTF-16 text', path, {
        why: 'neither Python nor uWSGI finds a section in it',
        help: 'save the file as UTF-8',
      }),
    );
    return undefined;
  }
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
  if (hasTooMany(text, path, report)) return undefined;
  const latin = makeSource(path, text);
  const at = text.search(/[^\0-\x7f]/);
  report(
    problem('GX153', 'the file is not UTF-8, and is read as Latin-1', span(latin, at, at + 1), {
      why: 'Python 2 and uWSGI take the bytes as they are; Python 3 stops at this one',
      help: 'save the file as UTF-8, and look at its accented characters',
    }),
  );
  return { source: latin, encoding: 'latin-1', mark: false };
}

// A line costs memory in every reader; the files of people have a few thousand.
function hasTooMany(text: string, path: string, report: Report): boolean {
  let count = 0;
  for (let at = 0; at < text.length && count <= mostLines; at++) {
    const code = text.charCodeAt(at);
    if (code === 10 || code === 13) count++;
  }
  if (count <= mostLines) return false;
  report(
    problem('GX003', `the file has more than the ${mostLines} lines of INI that gxgen reads`, path, {
      help: 'check that this is the configuration file, and not data',
    }),
  );
  return true;
}

/** The bytes of the file, from its text. */
export function encodeIni({ source, encoding, mark }: IniText): Uint8Array {
  if (encoding === 'latin-1') return new Uint8Array(Buffer.from(source.text, 'latin1'));
  return new TextEncoder().encode((mark ? '\ufeff' : '') + source.text);
}
