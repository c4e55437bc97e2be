// `%` in the values of an INI file, as Python's two parsers expand it.

/** Or why Python refuses to give the option. */
export type Interpolated =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly message: string };

type Lookup = (name: string) => string | undefined;

// Of both parsers.
const deepest = 10;
// Values that name each other grow without bound; no value of people comes near it.
const longest = 1_000_000;

const tooLong: Interpolated = { ok: false, message: 'the values that name each other never end' };

/** `ConfigParser` of Python 2.7: nothing happens unless `%(` is in it, and then all of it is a format. */
export function interpolate2(value: string, lookup: Lookup): Interpolated {
  let text = value;
  for (let depth = 0; depth < deepest; depth++) {
    if (!text.includes('%(')) return { ok: true, text };
    const once = format2(text, lookup);
    if (!once.ok) return once;
    text = once.text;
  }
  return text.includes('%(') ? tooLong : { ok: true, text };
}

const form2 = /%(?:%|\(([^()]*)\)([-+ #0]*)(\d{0,3})(?:\.(\d{0,3}))?([sr%]))/y;

function format2(text: string, lookup: Lookup): Interpolated {
  const parts: string[] = [];
  let length = 0;
  let done = 0;
  for (let at = text.indexOf('%'); at >= 0; at = text.indexOf('%', done)) {
    form2.lastIndex = at;
    const match = form2.exec(text);
    if (!match) return { ok: false, message: single };
    const [whole, name, flags = '', width = '', precision, kind] = match;
    let value = '%';
    if (name !== undefined) {
      const found = lookup(name);
      if (found === undefined) return { ok: false, message: unknownName(name) };
      const given = kind === '%' ? '%' : kind === 'r' ? quoted(found) : found;
      // The precision counts for text alone.
      const cut = precision === undefined || kind === '%' ? given : given.slice(0, Number(precision));
      value = flags.includes('-') ? cut.padEnd(Number(width)) : cut.padStart(Number(width));
    }
    parts.push(text.slice(done, at), value);
    length += value.length + at - done;
    if (length > longest) return tooLong;
    done = at + whole.length;
  }
  return { ok: true, text: parts.join('') + text.slice(done) };
}

// As Python 2 writes a string, for the characters that configurations have.
function quoted(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\t', '\\t');
  if (text.includes("'") && !text.includes('"')) return `"${escaped}"`;
  return `'${escaped.replaceAll("'", "\\'")}'`;
}

/** `BasicInterpolation` of Python 3: a `%` is `%%` or begins `%(name)s`, or the option cannot be read. */
export function interpolate3(value: string, lookup: Lookup): Interpolated {
  const parts: string[] = [];
  let length = 0;
  let failure: string | undefined;
  const put = (text: string) => {
    parts.push(text);
    length += text.length;
    if (length > longest) failure = 'the values that name each other never end';
  };
  const some = (text: string, depth: number): void => {
    if (depth > deepest) failure = 'the values that name each other never end';
    let done = 0;
    // A name may expand to nothing, so steps are counted as well.
    for (let at = text.indexOf('%'); at >= 0 && failure === undefined; at = text.indexOf('%', done)) {
      put(text.slice(done, at));
      length++;
      const close = text[at + 1] === '(' ? text.indexOf(')s', at + 2) : -1;
      if (text[at + 1] === '%') {
        put('%');
        done = at + 2;
        continue;
      }
      const name = text.slice(at + 2, close);
      if (close < at + 3 || name.includes(')')) {
        failure = single;
        return;
      }
      const found = lookup(name);
      if (found === undefined) {
        failure = unknownName(name);
        return;
      }
      done = close + 2;
      if (found.includes('%')) some(found, depth + 1);
      else put(found);
    }
    if (failure === undefined) put(text.slice(done));
  };
  some(value, 1);
  return failure === undefined ? { ok: true, text: parts.join('') } : { ok: false, message: failure };
}

// Without what follows: it may be a part of a password.
const single = 'a "%" is neither "%%" nor the beginning of "%(name)s"';

function unknownName(name: string): string {
  return `no option is called "${name}"`;
}
