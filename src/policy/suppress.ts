// Comments that hide a finding, with a reason:
//
//   # gxgen-disable-next-line GX460 -- the pool is made by our own runner
//   pools: [ours]   # gxgen-disable-line GX460, GX461 -- the same
//   <!-- gxgen-disable-next-line GX402: XML allows no "--" in a comment, so a colon does as well -->
//
// One that hides nothing is itself a finding.

import type { Code } from '../diagnostics/codes.ts';
import { type Details, type Diagnostic, problem, type Report } from '../diagnostics/diagnostic.ts';
import { lineStart, position, type Source, type Span, span } from '../text/source.ts';
import { type Comment, isXml, type Lines, makeLines, ownComments } from './comments.ts';
import { type Known, mayOverrule, nearCode } from './known.ts';

const verbs = ['gxgen-disable-next-line', 'gxgen-disable-line'] as const;
const form = 'write gxgen-disable-next-line GX301 -- reason';
const xmlForm = 'write gxgen-disable-next-line GX301: reason';
// An XML start tag may reach over lines, and so cover a line that has a comment of its own.
const mostNested = 8;

interface Suppression {
  readonly code: string;
  /** Of the code in the comment. */
  readonly place: Span;
  /** The places it covers. */
  readonly from: number;
  readonly to: number;
  used: boolean;
  /** It cannot work, which was told. */
  refused: boolean;
}

export interface SuppressOptions {
  readonly sources: readonly Source[];
  readonly known: () => ReadonlyMap<string, Known>;
  /** False where some findings were not looked for: then nobody can tell that a comment is useless. */
  readonly complete: boolean;
}

/** The diagnostics without those that comments hide. What is wrong with a comment is reported. */
export function suppress(
  diagnostics: readonly Diagnostic[],
  options: SuppressOptions,
  report: Report,
): Diagnostic[] {
  const byPlace = new Map<string, Suppression[]>();
  const broken = new Set(diagnostics.filter(isSyntaxError).map((one) => one.span?.source.path));
  for (const source of new Map(options.sources.map((one) => [one.path, one])).values()) {
    if (broken.has(source.path)) continue;
    const lines = makeLines(source);
    for (const comment of ownComments(source).toReversed()) {
      for (const one of read(source, comment, lines, options.known, report)) {
        const key = `${one.code}:${source.path}`;
        const list = byPlace.get(key) ?? [];
        list.push(one);
        byPlace.set(key, list);
      }
    }
  }
  if (byPlace.size === 0) return [...diagnostics];
  for (const list of byPlace.values()) list.sort((a, b) => a.from - b.from);
  const left = diagnostics.filter((one) => !isHidden(one));
  for (const one of [...byPlace.values()].flat()) if (!one.used && !one.refused) tellUnused(one);
  return left;

  function isHidden(one: Diagnostic): boolean {
    if (!one.span) return false;
    const covering = covers(byPlace.get(`${one.code}:${one.span.source.path}`) ?? [], one.span.start);
    if (!covering) return false;
    if (mayOverrule(one)) {
      covering.used = true;
      return true;
    }
    if (!covering.refused) report(refusal(covering));
    covering.refused = true;
    return false;
  }

  function tellUnused({ code, place }: Suppression): void {
    // What a target cannot express is only found by writing for it.
    if (!options.complete) return;
    report(
      problem('GX032', `no finding ${code} for this comment to hide`, place, {
        help: 'remove the code from the comment',
      }),
    );
  }
}

function isSyntaxError({ code, severity }: Diagnostic): boolean {
  return severity === 'error' && code.startsWith('GX1');
}

/** The suppression that covers an offset, among those of one code in one file, sorted by where they begin. */
function covers(list: readonly Suppression[], offset: number): Suppression | undefined {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle]?.from ?? 0) <= offset) low = middle + 1;
    else high = middle;
  }
  return list.slice(Math.max(0, low - mostNested), low).findLast((one) => offset < one.to);
}

function read(
  source: Source,
  comment: Comment,
  lines: Lines,
  known: () => ReadonlyMap<string, Known>,
  report: Report,
): Suppression[] {
  const { text } = source;
  const start = comment.start + leading(text.slice(comment.start, comment.end));
  const words = text.slice(start, comment.end).trimEnd();
  const [verb = ''] = /^[a-z-]+/.exec(words.slice(0, 100)) ?? [];
  const say = (code: Code, message: string, place: Span, details: Details) =>
    report(problem(code, message, place, details));
  const help = isXml(source) ? xmlForm : form;
  const whole = span(source, start, start + words.length);
  if (!verbs.some((one) => one === verb)) {
    const shown = verb.length > 40 ? `${verb.slice(0, 40)}...` : verb;
    say('GX030', `gxgen knows no comment "${shown}"`, span(source, start, start + verb.length), {
      help: `the comments are ${verbs.join(' and ')}`,
    });
    return [];
  }
  const { end, reason } = split(words);
  const found = [...words.slice(verb.length, end).matchAll(/[^\s,]+/g)];
  if (found.length === 0) {
    say('GX030', 'the comment does not say which finding it is to hide', whole, { help });
    return [];
  }
  if (reason === '') {
    say('GX030', 'the comment gives no reason', whole, { help });
    return [];
  }
  const sameLine = verb === 'gxgen-disable-line';
  const from = sameLine ? lineStart(source, position(source, comment.span.start).line) : lines.next(comment);
  const range = { from, to: lines.end(from) };
  return found.flatMap((match) => {
    const [written] = match;
    const at = start + verb.length + match.index;
    const place = span(source, at, at + written.length);
    const meant = known().get(written);
    if (meant?.code === written) return [{ code: written, place, ...range, used: false, refused: false }];
    const shown = written.length > 40 ? `${written.slice(0, 40)}...` : written;
    say(
      'GX031',
      `there is no finding "${shown}"${meant ? '' : nearCode(written.slice(0, 80), known())}`,
      place,
      {
        help: meant ? `write its code: ${meant.code}` : 'gxgen explain --list shows all codes',
      },
    );
    return [];
  });
}

/** Where the reason begins: behind `--` as a word, or behind a colon. */
function split(words: string): { readonly end: number; readonly reason: string } {
  const dashes = words.search(/\s--(?=\s|$)/);
  const colon = words.indexOf(':');
  const end = dashes < 0 ? colon : colon < 0 ? dashes : Math.min(dashes, colon);
  if (end < 0) return { end: words.length, reason: '' };
  return {
    end,
    reason: words
      .slice(end)
      .replace(/^\s*(?:--|:)/, '')
      .trim(),
  };
}

function refusal({ code, place }: Suppression): Diagnostic {
  return problem('GX033', `${code} cannot be hidden`, place, { help: 'mend what it says' });
}

function leading(text: string): number {
  return text.length - text.trimStart().length;
}
