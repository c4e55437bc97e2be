// Characters, names and references of XML 1.0 (fifth edition, which libxml2 and so Galaxy's lxml follow).

const START =
  ':A-Z_a-z\\u{C0}-\\u{D6}\\u{D8}-\\u{F6}\\u{F8}-\\u{2FF}\\u{370}-\\u{37D}\\u{37F}-\\u{1FFF}\\u{200C}\\u{200D}' +
  '\\u{2070}-\\u{218F}\\u{2C00}-\\u{2FEF}\\u{3001}-\\u{D7FF}\\u{F900}-\\u{FDCF}\\u{FDF0}-\\u{FFFD}\\u{10000}-\\u{EFFFF}';
const NAME = new RegExp(`[${START}][${START}.0-9\\u{B7}\\u{300}-\\u{36F}\\u{203F}\\u{2040}-]*`, 'uy');
const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters XML does not allow
  /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const REFERENCE = /&(?:#([0-9]+)|#x([0-9a-fA-F]+)|([^\s;&<#"']+));/y;

/** The five names that XML itself declares. */
const predefined: ReadonlyMap<string, string> = new Map([
  ['amp', '&'],
  ['lt', '<'],
  ['gt', '>'],
  ['quot', '"'],
  ['apos', "'"],
]);

/** Offset behind the XML name that starts at `at`; `at` itself when none does. */
export function nameEnd(text: string, at: number): number {
  let end = at;
  let code = text.charCodeAt(end);
  // Nearly every name is ASCII, where a table-free test is several times faster than the general pattern.
  while (isAsciiName(code) || (end > at && isAsciiNameRest(code))) code = text.charCodeAt(++end);
  if (!(code > 127)) return end;
  NAME.lastIndex = at;
  return NAME.test(text) ? NAME.lastIndex : at;
}

function isAsciiName(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95 || code === 58;
}

function isAsciiNameRest(code: number): boolean {
  return (code >= 48 && code <= 57) || code === 45 || code === 46;
}

/** True for the four white space characters of XML. */
export function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}

/** The first offset at or after `at` that is not white space. */
export function skipSpace(text: string, at: number): number {
  let end = at;
  while (isSpace(text.charCodeAt(end))) end++;
  return end;
}

/** Offset of the first character from `at` on that no XML document may hold, or -1. */
export function forbiddenCharacter(text: string, at: number): number {
  FORBIDDEN.lastIndex = at;
  return FORBIDDEN.exec(text)?.index ?? -1;
}

/** What stands at an `&`: `text` is undefined when the reference has no meaning, `end` is `at` when it is none at all. */
export interface Reference {
  readonly end: number;
  readonly text?: string;
  /** The entity's name, for a named reference. */
  readonly name?: string;
}

/** Reads the reference at the `&` at offset `at`. */
export function readReference(text: string, at: number): Reference {
  REFERENCE.lastIndex = at;
  const match = REFERENCE.exec(text);
  if (!match) return { end: at };
  const end = REFERENCE.lastIndex;
  const [, decimal, hexadecimal, name] = match;
  if (name !== undefined) {
    if (nameEnd(name, 0) < name.length) return { end: at };
    const known = predefined.get(name);
    return known === undefined ? { end, name } : { end, name, text: known };
  }
  const digits = decimal ?? hexadecimal ?? '';
  // More digits than any code point has, leading zeros apart: parseInt of a long run would only cost time.
  const code = Number.parseInt(digits.replace(/^0+(?=.)/, '').slice(0, 9), decimal === undefined ? 16 : 10);
  return isCharacter(code) ? { end, text: String.fromCodePoint(code) } : { end };
}

function isCharacter(code: number): boolean {
  return (
    code === 9 ||
    code === 10 ||
    code === 13 ||
    (code >= 0x20 && code <= 0xd7ff) ||
    (code >= 0xe000 && code <= 0xfffd) ||
    (code >= 0x10000 && code <= 0x10ffff)
  );
}

/** Decodes the references of character data; one without a meaning (already reported) stays as it is written. */
export function decodeReferences(raw: string): string {
  let next = raw.indexOf('&');
  if (next < 0) return raw;
  let decoded = '';
  let from = 0;
  while (next >= 0) {
    const reference = readReference(raw, next);
    const end = reference.text === undefined ? next + 1 : reference.end;
    decoded += raw.slice(from, next) + (reference.text ?? '&');
    from = end;
    next = raw.indexOf('&', end);
  }
  return decoded + raw.slice(from);
}

/** An attribute value as an XML parser gives it: white space becomes spaces, then references are decoded. */
export function decodeAttribute(raw: string): string {
  return decodeReferences(/[\t\r\n]/.test(raw) ? raw.replace(/\r\n|[\t\r\n]/g, ' ') : raw);
}
