// The `uwsgi:` part of a galaxy.yml of 18.01 to 21.09, which is YAML by its looks only: repeated keys count, each in its
// turn, and a uWSGI from the Python registry has a reader of its own that keeps quotes and comments in values.

import { problem, type Report } from '../../diagnostics/diagnostic.ts';
import { type Source, type Span, span } from '../../text/source.ts';
import type { UwsgiEntry } from './uwsgi-options.ts';

export interface UwsgiBlock {
  readonly key: Span;
  /** From the key to the last line that belongs to it. */
  readonly whole: Span;
  readonly entries: readonly UwsgiEntry[];
}

/** The block as a uWSGI with libyaml reads it (of a distribution); where the other reader differs, that is reported. */
export function readUwsgiBlock(source: Source, report: Report): UwsgiBlock | undefined {
  const { text } = source;
  const start = /^(["']?)uwsgi\1[ \t]*:[ \t]*(?:#.*)?\r?$/m.exec(text);
  if (!start) return undefined;
  const entries: UwsgiEntry[] = [];
  const breaks = /\r?\n|$/g;
  let at = start.index + start[0].length;
  let end = at;
  let open: { key: string; keySpan: Span } | undefined;
  breaks.lastIndex = at;
  at = breaks.exec(text)?.[0].length ? breaks.lastIndex : text.length;
  while (at < text.length) {
    breaks.lastIndex = at;
    const match = breaks.exec(text);
    const stop = match?.index ?? text.length;
    const line = text.slice(at, stop);
    const trimmed = line.trim();
    if (trimmed !== '' && !/^[ \t]/.test(line) && !trimmed.startsWith('#')) break;
    if (trimmed !== '' && !trimmed.startsWith('#')) {
      open = readLine(source, at, line, open, entries, report);
      end = stop;
    }
    at = stop + (match?.[0].length ?? 0);
    if (match?.[0] === '') break;
  }
  const keyAt = text.indexOf('uwsgi', start.index);
  return {
    key: span(source, keyAt, keyAt + 'uwsgi'.length),
    whole: span(source, start.index, end),
    entries,
  };
}

function readLine(
  source: Source,
  at: number,
  line: string,
  open: { key: string; keySpan: Span } | undefined,
  entries: UwsgiEntry[],
  report: Report,
): { key: string; keySpan: Span } | undefined {
  const item = /^([ \t]*-[ \t]+)(.*)$/.exec(line);
  if (item && open) {
    const from = at + (item[1] as string).length;
    entries.push(entry(source, open.key, open.keySpan, from, item[2] as string, report));
    return open;
  }
  const match = /^([ \t]*)(?:"([^"]*)"|'([^']*)'|([^\s#:"'][^#:]*?))[ \t]*:(?:([ \t]+)(.*))?$/.exec(
    line.replace(/\r$/, ''),
  );
  if (!match) return open;
  const [, indent = '', double, single, plain, gap = '', value = ''] = match;
  const key = double ?? single ?? plain ?? '';
  const keyAt = at + indent.length;
  const keySpan = span(source, keyAt, keyAt + key.length);
  const words = value.replace(/^#.*/, '');
  const from = at + line.indexOf(':', indent.length + key.length) + 1 + gap.length;
  // A key alone: a list below it gives its values, and nothing is a flag.
  if (words.trim() === '') return { key, keySpan };
  const list = /^\[(.*)\][ \t]*(?:#.*)?$/.exec(value.trimEnd());
  if (list) entries.push(...listEntries(source, key, keySpan, from, list[1] ?? '', report));
  else entries.push(entry(source, key, keySpan, from, value, report));
  return { key, keySpan };
}

/** `mule: [a.py, b.py]`: for a uWSGI with libyaml the option, once for each item. */
function listEntries(
  source: Source,
  key: string,
  keySpan: Span,
  from: number,
  inner: string,
  report: Report,
): UwsgiEntry[] {
  const place = span(source, from, from + inner.length + 2);
  report(
    problem('GX174', `a uWSGI from the Python registry reads a list as one value of "${key}"`, place, {
      why: 'only a uWSGI of a distribution, which has libyaml, takes each item for itself',
      help: `write "${key}" once for each item`,
    }),
  );
  return [...inner.matchAll(/"[^"]*"|'[^']*'|[^,\s][^,]*/g)].map(({ index, 0: item }) =>
    entry(source, key, keySpan, from + 1 + index, item.trimEnd(), () => undefined),
  );
}

function entry(
  source: Source,
  key: string,
  keySpan: Span,
  from: number,
  raw: string,
  report: Report,
): UwsgiEntry {
  const written = raw.trim();
  const valueSpan = span(source, from, from + written.length);
  const value = scalar(written);
  if (value !== written && !/^if-|^end/.test(key)) {
    report(
      problem(
        'GX174',
        `a uWSGI from the Python registry reads ${JSON.stringify(written)} for "${key}"`,
        valueSpan,
        {
          why: `it keeps quotes and comments in a value; a uWSGI of a distribution reads ${JSON.stringify(value)}`,
          help: 'write the value plain, without quotes and without a comment behind it',
        },
      ),
    );
  }
  return {
    key,
    value: value === 'null' || value === '~' ? 'null' : value,
    raw: written,
    keySpan,
    valueSpan,
    place: span(source, keySpan.start, valueSpan.end),
    from: 'file',
  };
}

function scalar(text: string): string {
  const double = /^"((?:[^"\\]|\\.)*)"/.exec(text);
  if (double) return (double[1] as string).replace(/\\(["\\/])/g, '$1');
  const single = /^'((?:[^']|'')*)'/.exec(text);
  if (single) return (single[1] as string).replaceAll("''", "'");
  return text.replace(/[ \t]+#.*$/, '');
}
