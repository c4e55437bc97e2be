// One mistake, one finding: what would be gone if a slip were mended is told with the slip, not beside it. The files are
// read again with the slip mended, in memory; rules need not know what they may follow from.

import { fileOf } from '../diagnostics/collect.ts';
import type { Diagnostic, Note, Severity } from '../diagnostics/diagnostic.ts';
import type { Host } from '../host/host.ts';
import type { Source } from '../text/source.ts';
import { causesAmong } from './causes.ts';
import { type Candidate, compatible } from './choose.ts';
import { type Document, edit, openDocument, originalOffset, placeOf } from './document.ts';
import { overlay } from './overlay.ts';

// With more slips than these, or in larger files, each finding stands for itself.
const mostCauses = 10;
const mostRead = 4_000_000;
// Named in the finding; of the others there is the number.
const mostNamed = 2;

// Files, syntax, schemas, and the readers of job configurations.
const ofReading = /^GX(?:[012]|3[01]|4[0-3])/;

const rank: Record<Severity, number> = { info: 0, warning: 1, error: 2 };

/**
 * The findings without those that follow from a slip.
 * @param sources everything that was read
 * @param check all that is found on a host
 */
export function foldConsequences(
  diagnostics: readonly Diagnostic[],
  sources: readonly Source[],
  host: Host,
  check: (host: Host) => readonly Diagnostic[],
): Diagnostic[] {
  const causes = causesAmong(diagnostics);
  const size = sources.reduce((sum, { text }) => sum + text.length, 0);
  if (causes.length > mostCauses || causes.length * size > mostRead) return [...diagnostics];
  const opened = new Map<string, Document>();
  const follows = new Map<Diagnostic, Diagnostic[]>();
  let mended: readonly Candidate[] = [];
  let left = diagnostics.filter((one) => !causes.includes(one));
  for (const cause of causes) {
    const next = [...mended, candidate(cause)];
    if (compatible(next, (source) => placeOf(source, host)).length < next.length) continue;
    const documents = applied(next, opened, host);
    if (!documents) continue;
    const after = new Found(check(overlay(host, documents.values())), documents, host);
    // Where less can be read than before, findings are gone for that reason.
    if (after.readsLess(diagnostics)) continue;
    mended = next;
    const gone = left.filter((one) => !after.has(one));
    left = left.filter((one) => after.has(one));
    follows.set(cause, gone);
  }
  const told = new Set([...follows.values()].flat());
  return diagnostics.flatMap((one) => (told.has(one) ? [] : withConsequences(one, follows.get(one) ?? [])));
}

function candidate(diagnostic: Diagnostic): Candidate {
  return { diagnostic, fix: { title: '', edits: [], safe: true, ...diagnostic.fix }, key: '' };
}

/** The files with all the fixes; undefined where one cannot be changed. */
function applied(
  fixes: readonly Candidate[],
  opened: Map<string, Document>,
  host: Host,
): Map<string, Document> | undefined {
  const edits = fixes.flatMap(({ fix }) => fix.edits);
  const documents = new Map<string, Document>();
  for (const { source } of edits.map(({ span }) => span)) {
    const place = placeOf(source, host);
    const document = opened.get(place) ?? openDocument(source, place, host);
    if (!document) return undefined;
    opened.set(place, document);
    documents.set(place, document);
  }
  for (const [place, document] of documents) {
    const own = edits.filter(({ span }) => placeOf(span.source, host) === place);
    documents.set(
      place,
      edit(
        document,
        own.map(({ span: { start, end }, text }) => ({ start, end, text })),
      ),
    );
  }
  return documents;
}

/** What was found in mended files, by the places that the findings had before. */
class Found {
  readonly #unread: readonly Diagnostic[];
  readonly #places = new Set<string>();
  readonly #messages = new Map<string, number>();
  readonly #documents: ReadonlyMap<string, Document>;
  readonly #host: Host;

  constructor(found: readonly Diagnostic[], documents: ReadonlyMap<string, Document>, host: Host) {
    this.#documents = documents;
    this.#host = host;
    this.#unread = found.filter(({ code, severity }) => severity === 'error' && ofReading.test(code));
    for (const one of found) {
      this.#places.add(this.#before(one));
      const words = wordsOf(one);
      this.#messages.set(words, (this.#messages.get(words) ?? 0) + 1);
    }
  }

  /** True when the finding is still there, at its place or in the same words at another. */
  has(one: Diagnostic): boolean {
    return this.#places.has(placed(one, one.span?.start)) || this.#messages.has(wordsOf(one));
  }

  /** True when there are other mistakes in what is written, for which something may have been left out. */
  readsLess(before: readonly Diagnostic[]): boolean {
    const places = new Set(before.map((one) => placed(one, one.span?.start)));
    const words = new Set(before.map(wordsOf));
    return this.#unread.some((one) => !places.has(this.#before(one)) && !words.has(wordsOf(one)));
  }

  #before(one: Diagnostic): string {
    const { span } = one;
    const document = span && this.#documents.get(placeOf(span.source, this.#host));
    return placed(one, document ? originalOffset(document, span.start) : span?.start);
  }
}

function placed(one: Diagnostic, start: number | undefined): string {
  return `${one.code} ${start ?? one.message} ${fileOf(one)}`;
}

function wordsOf(one: Diagnostic): string {
  return `${one.code} ${fileOf(one)} ${one.message}`;
}

/** The finding as serious as the worst that follows from it, and with its words. */
function withConsequences(one: Diagnostic, follows: readonly Diagnostic[]): Diagnostic {
  if (follows.length === 0) return one;
  const serious = [...follows].sort((a, b) => rank[b.severity] - rank[a.severity]);
  const named = serious.slice(0, mostNamed).map(({ code, message }) => `${message} (${code})`);
  const more = follows.length - named.length;
  if (more > 0) named.push(`${more} more ${more === 1 ? 'finding follows' : 'findings follow'}`);
  const note: Note = { kind: 'why', text: `so ${named.join(', and ')}` };
  const worst = serious[0]?.severity ?? one.severity;
  const values = one.notes.findIndex(({ kind }) => kind === 'value');
  const at = values < 0 ? one.notes.length : values;
  return {
    ...one,
    severity: rank[worst] > rank[one.severity] ? worst : one.severity,
    notes: [...one.notes.slice(0, at), note, ...one.notes.slice(at)],
  };
}
